import { refuse } from '../checks.ts'
import { mean } from '../moments.ts'
import { imageError, peakSignalToNoise } from './error.ts'
import type { GreyImage } from './image.ts'
import { type Ssim, ssim, type SsimOptions } from './ssim.ts'

export interface VideoSimilarity {
  /** Mean SSIM of each frame pair. */
  perFrame: number[]
  meanOverFrames: number
  meanSquaredError: number
  /** From the mean squared error of all frames together, which weighs a bad frame rightly; Infinity if identical. */
  peakSignalToNoiseDb: number
}

/**
 * SSIM of images with several channels: each channel by itself, then their mean.
 *
 * @throws AppError `statistics/empty`, `statistics/ragged` for different numbers of channels, and those of `ssim`
 */
export function multichannelSsim(
  a: readonly GreyImage[],
  b: readonly GreyImage[],
  options: SsimOptions,
): { mean: number; channels: Ssim[] } {
  requirePairs(a, b, 'channels')
  const channels = a.map((channel, k) => ssim(channel, b[k]!, options))
  return { mean: mean(channels.map((channel) => channel.mean)), channels }
}

/**
 * Likeness of two cines, frame by frame.
 *
 * @throws AppError `statistics/empty`, `statistics/ragged` for different numbers of frames, and those of `ssim`
 */
export function videoSimilarity(
  a: readonly GreyImage[],
  b: readonly GreyImage[],
  options: SsimOptions,
): VideoSimilarity {
  requirePairs(a, b, 'frames')
  const perFrame = a.map((frame, k) => ssim(frame, b[k]!, options).mean)
  const meanSquaredError = mean(a.map((frame, k) => imageError(frame, b[k]!).meanSquaredError))
  return {
    perFrame,
    meanOverFrames: mean(perFrame),
    meanSquaredError,
    peakSignalToNoiseDb: peakSignalToNoise(meanSquaredError, options.dataRange),
  }
}

function requirePairs(a: readonly GreyImage[], b: readonly GreyImage[], things: string): void {
  if (a.length === 0) refuse('empty', `there are no ${things} to compare`)
  if (a.length !== b.length) refuse('ragged', `${a.length} and ${b.length} ${things}; they must pair up`)
}
