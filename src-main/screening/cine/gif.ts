import { GIFEncoder } from 'gifenc/dist/gifenc.esm.js'
import { GENERATED_MARK } from '../../../src-preload/contract/screening.ts'
import { ACQUIRED_LABEL, type LabelledFrames } from './acquired.ts'
import type { MarkedFrames } from './mark.ts'

/** Viewers play a delay of less than two hundredths of a second as a tenth. */
const SHORTEST_DELAY_CS = 2

/** More than eyes tell apart on a screen, and a third smaller than 256, whose last bit is noise. */
const GREY_BITS = 7
const GREY_PALETTE = Array.from({ length: 2 ** GREY_BITS }, (_, index) => {
  const grey = Math.round((index * 255) / (2 ** GREY_BITS - 1))
  return [grey, grey, grey]
})

/**
 * Encodes a marked cine as an endless animated GIF; the mark stands in the file's comment too.
 *
 * @param cycleMs one heart beat, from the ECG's R–R interval, which the file keeps to a hundredth of a second: where
 *   50 frames would slow a heart down that beats faster than 60 a minute, some of them are left out
 */
export function encodeGif(cine: MarkedFrames, cycleMs: number): Uint8Array {
  return encode(cine, cycleMs, GENERATED_MARK)
}

/** A real cine with its own label as an endless animated GIF; the label stands in the file's comment too. */
export function encodeAcquiredGif(cine: LabelledFrames, beatMs: number): Uint8Array {
  return encode(cine, beatMs, ACQUIRED_LABEL)
}

function encode({ frames, width, height, pixels }: LabelledFrames, cycleMs: number, comment: string): Uint8Array {
  const encoder = GIFEncoder()
  for (const [place, { frame, delayCs }] of gifFrames(frames, cycleMs).entries()) {
    const image = pixels.slice(frame * width * height, (frame + 1) * width * height)
    for (let index = 0; index < image.length; index++) image[index] = image[index]! >> (8 - GREY_BITS)
    const first = place === 0
    encoder.writeFrame(image, width, height, {
      ...(first && { palette: GREY_PALETTE, repeat: 0 }),
      delay: delayCs * 10,
      colorDepth: GREY_BITS,
    })
  }
  writeComment(encoder.stream, comment)
  encoder.finish()
  return encoder.bytes()
}

/** A comment extension (GIF89a, section 24) of one sub-block. */
function writeComment(stream: { writeByte(byte: number): void }, text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  for (const byte of [0x21, 0xfe, bytes.length, ...bytes, 0]) stream.writeByte(byte)
}

/** Which frames are shown, evenly over the cycle, and for how many hundredths of a second: at least two, in sum the cycle. */
export function gifFrames(frames: number, cycleMs: number): { frame: number; delayCs: number }[] {
  const cycleCs = Math.max(SHORTEST_DELAY_CS, Math.round(cycleMs / 10))
  const count = Math.min(frames, Math.floor(cycleCs / SHORTEST_DELAY_CS))
  return Array.from({ length: count }, (_, place) => ({
    frame: Math.floor((place * frames) / count),
    delayCs: Math.floor(((place + 1) * cycleCs) / count) - Math.floor((place * cycleCs) / count),
  }))
}
