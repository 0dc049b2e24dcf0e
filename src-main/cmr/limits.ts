import { AppError } from '../../src-preload/contract/errors.ts'

const MAX_PIXELS = 64n * 2n ** 20n
const MAX_BYTES = 512n * 2n ** 20n
const MAX_FRAMES = 4096n

/** What is left of the pixels that one choice of files may hold, over all its images. */
export interface PixelBudget {
  pixels: bigint
}

export const pixelBudget = (): PixelBudget => ({ pixels: MAX_PIXELS })

/**
 * Checks declared dimensions before anything is allocated by them: the product is exact, whatever a header says.
 *
 * @param bytesPerPixel  as stored, all samples of a pixel
 * @param budget         is reduced by the pixels of this image
 * @returns pixels over all frames
 * @throws AppError `format/too-large`, `format/malformed` for a dimension that is no positive whole number
 */
export function takePixels(
  { rows, columns, frames }: { rows: number; columns: number; frames: number },
  bytesPerPixel: number,
  budget: PixelBudget,
): number {
  for (const value of [rows, columns, frames]) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new AppError('format/malformed', `The image declares ${rows} rows, ${columns} columns, ${frames} frames.`)
  }
  const pixels = BigInt(rows) * BigInt(columns) * BigInt(frames)
  const bytes = pixels * BigInt(Math.max(bytesPerPixel, Float32Array.BYTES_PER_ELEMENT))
  if (pixels > budget.pixels || bytes > MAX_BYTES || BigInt(frames) > MAX_FRAMES) {
    throw new AppError(
      'format/too-large',
      `The images declare ${columns} × ${rows} pixels in ${frames} frames; at most ${MAX_FRAMES} frames and ${MAX_PIXELS} ` +
        'pixels are read at once. Choose one series.',
    )
  }
  budget.pixels -= pixels
  return Number(pixels)
}
