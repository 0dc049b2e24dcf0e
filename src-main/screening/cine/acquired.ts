import { PREPARED_FRAMES, PREPARED_SIZE } from '../../cmr/prepare.ts'
import { drawText, GLYPH_HEIGHT } from './font.ts'
import { cubicTaps, upscale } from './upscale.ts'

/** Burned into real cines, so that no copy of their pixels is taken for a generated one, nor the other way round. */
export const ACQUIRED_LABEL = 'Acquired image'

/** A real cine that carries its label in every frame. */
export interface LabelledFrames {
  frames: 50
  width: number
  height: number
  /** 8-bit grey, frame-major, row-major. */
  pixels: Uint8Array
}

const FACTOR = 5
const LARGE = PREPARED_SIZE * FACTOR
const TEXT_SCALE = 2
const MARGIN = 3

/**
 * Enlarges a real cine as a generated one is enlarged, to 480 × 480, and writes its label into the upper left corner.
 *
 * @param cine [50, 96, 96] in [0, 1]
 */
export function labelAcquired(cine: Float32Array): LabelledFrames {
  const taps = cubicTaps(PREPARED_SIZE, FACTOR)
  const text = drawText(ACQUIRED_LABEL, TEXT_SCALE)
  const pixels = new Uint8ClampedArray(PREPARED_FRAMES * LARGE * LARGE)
  const small = PREPARED_SIZE * PREPARED_SIZE
  for (let frame = 0; frame < PREPARED_FRAMES; frame++) {
    const target = pixels.subarray(frame * LARGE * LARGE, (frame + 1) * LARGE * LARGE)
    upscale(cine.subarray(frame * small, (frame + 1) * small), taps, target)
    for (let y = 0; y < GLYPH_HEIGHT * TEXT_SCALE + 2 * MARGIN; y++) {
      for (let x = 0; x < text.width + 2 * MARGIN; x++) {
        const [inkX, inkY] = [x - MARGIN, y - MARGIN]
        const inside = inkX >= 0 && inkX < text.width && inkY >= 0 && inkY < text.height
        const at = y * LARGE + x
        target[at] = inside && text.ink[inkY * text.width + inkX] ? 255 : target[at]! >> 2
      }
    }
  }
  return { frames: PREPARED_FRAMES, width: LARGE, height: LARGE, pixels: new Uint8Array(pixels.buffer) }
}
