import { imageError } from '../statistics/images/error.ts'
import type { GreyImage } from '../statistics/images/image.ts'
import { videoSimilarity } from '../statistics/images/similarity.ts'
import { wangSsim } from '../statistics/images/ssim.ts'
import { PREPARED_FRAMES, PREPARED_SIZE } from './prepare.ts'

/** How alike two cines are. */
export interface Likeness {
  /** Mean structural similarity of each pair of frames (Wang 2004). */
  ssimPerFrame: number[]
  ssim: number
  /** Null for cines without any difference. */
  psnrDb: number | null
  meanAbsoluteError: number
  rootMeanSquaredError: number
}

/**
 * @param real, generated  [50, 96, 96] in [0, 1], frame by frame at the same place of the cycle
 * @see models: metrics are computed on [0, 1], so the data range is 1
 */
export function likeness(real: Float32Array, generated: Float32Array): Likeness {
  const a = framesOf(real)
  const b = framesOf(generated)
  const video = videoSimilarity(a, b, { ...wangSsim, dataRange: 1 })
  const errors = a.map((frame, index) => imageError(frame, b[index]!).meanAbsoluteError)
  return {
    ssimPerFrame: video.perFrame,
    ssim: video.meanOverFrames,
    psnrDb: Number.isFinite(video.peakSignalToNoiseDb) ? video.peakSignalToNoiseDb : null,
    meanAbsoluteError: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    rootMeanSquaredError: Math.sqrt(video.meanSquaredError),
  }
}

/** Mean structural similarity of the frames of two stretches of equal length, in [0, 1]. */
export function meanSsim(a: readonly GreyImage[], b: readonly GreyImage[]): number {
  return videoSimilarity(a, b, { ...wangSsim, dataRange: 1 }).meanOverFrames
}

/** Ten frames of a cine, evenly through the cycle. @param cine [50, 96, 96] in [0, 1] */
export const everyFifthFrame = (cine: Float32Array): GreyImage[] => framesOf(cine).filter((_, frame) => frame % 5 === 0)

function framesOf(cine: Float32Array): GreyImage[] {
  const pixels = PREPARED_SIZE * PREPARED_SIZE
  return Array.from({ length: PREPARED_FRAMES }, (_, frame) => ({
    rows: PREPARED_SIZE,
    columns: PREPARED_SIZE,
    pixels: cine.subarray(frame * pixels, (frame + 1) * pixels),
  }))
}
