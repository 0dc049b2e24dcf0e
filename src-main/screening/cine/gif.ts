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
 * @param cycleMs one heart beat, from the ECG's R–R interval. All 50 frames are kept; as GIF delays are whole
 *   hundredths of a second and shorter ones than two are not honoured, a beat plays in 1 s or longer
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
  const delays = gifDelaysCs(frames, cycleMs)
  for (let frame = 0; frame < frames; frame++) {
    const image = pixels.slice(frame * width * height, (frame + 1) * width * height)
    for (let index = 0; index < image.length; index++) image[index] = image[index]! >> (8 - GREY_BITS)
    const first = frame === 0
    encoder.writeFrame(image, width, height, {
      ...(first && { palette: GREY_PALETTE, repeat: 0 }),
      delay: delays[frame]! * 10,
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

/** Delays in hundredths of a second that add to the cycle, each at least two. */
export function gifDelaysCs(frames: number, cycleMs: number): number[] {
  const cycleCs = Math.max(frames * SHORTEST_DELAY_CS, cycleMs / 10)
  return Array.from(
    { length: frames },
    (_, frame) => Math.round(((frame + 1) * cycleCs) / frames) - Math.round((frame * cycleCs) / frames),
  )
}
