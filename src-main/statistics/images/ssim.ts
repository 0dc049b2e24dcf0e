import { refuse } from '../checks.ts'
import { type GreyImage, requireAlike, requireDataRange } from './image.ts'

export type SsimWindow =
  | { shape: 'uniform'; size: number }
  /** Truncated at 3.5 σ: 11 × 11 for σ = 1.5. */
  | { shape: 'gaussian'; sigma: number }

export interface SsimOptions {
  /** Largest minus smallest possible value. */
  dataRange: number
  window: SsimWindow
  /** Covariances with N/(N − 1) (N pixels of the window) or with 1/N. */
  covariance: 'sample' | 'population'
  k1?: number
  k2?: number
}

export interface Ssim {
  /** Over the pixels whose window lies inside the image. */
  mean: number
  /** Per pixel, row after row; the border sees the image mirrored (d c b a | a b c d | d c b a). */
  map: Float64Array
}

/** Wang's settings: Gaussian window σ 1.5, population covariance, K₁ 0.01, K₂ 0.03. */
export const wangSsim = { window: { shape: 'gaussian', sigma: 1.5 }, covariance: 'population' } as const

/**
 * Structural similarity of two grey images.
 *
 * @throws AppError `statistics/ragged`, `not-finite`, `bad-parameter` for an even or too large window or a bad range
 * @see Wang, Bovik, Sheikh & Simoncelli, IEEE Trans Image Process 2004;13:600–612
 */
export function ssim(a: GreyImage, b: GreyImage, options: SsimOptions): Ssim {
  const { dataRange, window, covariance, k1 = 0.01, k2 = 0.03 } = options
  requireAlike(a, b)
  requireDataRange(dataRange)
  const kernel = windowKernel(window)
  const { rows, columns } = a
  if (kernel.length > Math.min(rows, columns)) {
    refuse('bad-parameter', `a window of ${kernel.length} pixels does not fit into an image of ${rows} × ${columns}`)
  }
  const n = kernel.length ** 2
  const scale = covariance === 'sample' ? n / (n - 1) : 1
  const c1 = (k1 * dataRange) ** 2
  const c2 = (k2 * dataRange) ** 2
  const filter = (value: (i: number) => number): Float64Array =>
    smooth(
      Float64Array.from({ length: rows * columns }, (_, i) => value(i)),
      rows,
      columns,
      kernel,
    )
  const meanA = filter((i) => a.pixels[i]!)
  const meanB = filter((i) => b.pixels[i]!)
  const squareA = filter((i) => a.pixels[i]! ** 2)
  const squareB = filter((i) => b.pixels[i]! ** 2)
  const product = filter((i) => a.pixels[i]! * b.pixels[i]!)
  const map = meanA.map((ma, i) => {
    const mb = meanB[i]!
    const varianceA = scale * (squareA[i]! - ma * ma)
    const varianceB = scale * (squareB[i]! - mb * mb)
    const joint = scale * (product[i]! - ma * mb)
    return ((2 * ma * mb + c1) * (2 * joint + c2)) / ((ma * ma + mb * mb + c1) * (varianceA + varianceB + c2))
  })
  return { mean: meanInside(map, rows, columns, (kernel.length - 1) / 2), map }
}

function windowKernel(window: SsimWindow): Float64Array {
  if (window.shape === 'uniform') {
    if (!Number.isInteger(window.size) || window.size < 3 || window.size % 2 === 0) {
      refuse('bad-parameter', `a window of ${window.size} pixels has no middle; give an odd number from 3`)
    }
    return new Float64Array(window.size).fill(1 / window.size)
  }
  if (!(window.sigma > 0)) refuse('bad-parameter', `a Gaussian window with σ = ${window.sigma} is not possible`)
  const radius = Math.floor(3.5 * window.sigma + 0.5)
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * window.sigma ** 2)),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

/** Separable filter with half-sample mirroring at the border. */
function smooth(values: Float64Array, rows: number, columns: number, kernel: Float64Array): Float64Array {
  const acrossRows = new Float64Array(values.length)
  const result = new Float64Array(values.length)
  for (let x = 0; x < columns; x++) filterLine(values, acrossRows, x, columns, rows, kernel)
  for (let y = 0; y < rows; y++) filterLine(acrossRows, result, y * columns, 1, columns, kernel)
  return result
}

function filterLine(
  from: Float64Array,
  to: Float64Array,
  start: number,
  step: number,
  length: number,
  kernel: Float64Array,
): void {
  const radius = (kernel.length - 1) / 2
  for (let i = 0; i < length; i++) {
    let total = 0
    for (let k = 0; k < kernel.length; k++) {
      const j = i + k - radius
      const mirrored = j < 0 ? -j - 1 : j >= length ? 2 * length - 1 - j : j
      total += kernel[k]! * from[start + mirrored * step]!
    }
    to[start + i * step] = total
  }
}

function meanInside(map: Float64Array, rows: number, columns: number, border: number): number {
  let total = 0
  for (let y = border; y < rows - border; y++)
    for (let x = border; x < columns - border; x++) total += map[y * columns + x]!
  return total / ((rows - 2 * border) * (columns - 2 * border))
}
