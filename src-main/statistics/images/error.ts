import { type GreyImage, requireAlike, requireDataRange } from './image.ts'

export interface ImageError {
  meanSquaredError: number
  rootMeanSquaredError: number
  meanAbsoluteError: number
  /** RMSE over the root mean square of the first image; null when that is black. */
  normalisedByEuclidean: number | null
  /** RMSE over the range of the first image; null when that is flat. */
  normalisedByRange: number | null
}

/** Differences of the second image from the first (the reference). @throws AppError `statistics/empty`, `ragged`, `not-finite`. */
export function imageError(reference: GreyImage, image: GreyImage): ImageError {
  requireAlike(reference, image)
  let squares = 0
  let absolute = 0
  let power = 0
  let lowest = Infinity
  let highest = -Infinity
  const n = reference.pixels.length
  for (let i = 0; i < n; i++) {
    const value = reference.pixels[i]!
    const difference = image.pixels[i]! - value
    squares += difference * difference
    absolute += Math.abs(difference)
    power += value * value
    lowest = Math.min(lowest, value)
    highest = Math.max(highest, value)
  }
  const rmse = Math.sqrt(squares / n)
  return {
    meanSquaredError: squares / n,
    rootMeanSquaredError: rmse,
    meanAbsoluteError: absolute / n,
    normalisedByEuclidean: power === 0 ? null : rmse / Math.sqrt(power / n),
    normalisedByRange: highest === lowest ? null : rmse / (highest - lowest),
  }
}

/**
 * Peak signal-to-noise ratio in dB; Infinity for identical images.
 *
 * @param dataRange  largest minus smallest possible value, 255 for 8-bit images
 * @throws AppError `statistics/bad-parameter`
 */
export function peakSignalToNoise(meanSquaredError: number, dataRange: number): number {
  requireDataRange(dataRange)
  return 10 * Math.log10(dataRange ** 2 / meanSquaredError)
}
