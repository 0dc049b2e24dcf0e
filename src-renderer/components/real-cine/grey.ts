/** Share of the pixels that may be whiter than white: a few bright vessels would make all else dark. */
const CLIPPED = 0.005
const LEVELS = 256

/** The 16-bit value that is shown white. */
export function brightPoint(pixels: Uint16Array): number {
  const counts = new Uint32Array(LEVELS)
  for (const value of pixels) counts[value >> 8]!++
  let left = pixels.length * CLIPPED
  for (let level = LEVELS - 1; level > 0; level--) {
    left -= counts[level]!
    if (left < 0) return level * LEVELS + LEVELS - 1
  }
  return LEVELS - 1
}

/** @param target RGBA of as many pixels, as in an ImageData */
export function toGrey(pixels: Uint16Array, white: number, target: Uint32Array): void {
  const scale = 255 / white
  for (let index = 0; index < pixels.length; index++) {
    target[index] = 0xff000000 | (Math.min(255, Math.round(pixels[index]! * scale)) * 0x010101)
  }
}
