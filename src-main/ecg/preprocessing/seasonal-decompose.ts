import { centredMovingAverage } from './moving-average.ts'

export interface SeasonalDecomposition {
  trend: Float64Array
  /** Mean of x − trend at each phase, centred to zero mean over one period, repeated to the length of x. */
  seasonal: Float64Array
  /** x − trend − seasonal. */
  residual: Float64Array
}

/**
 * Classical additive decomposition x = trend + seasonal + residual.
 *
 * @param x       at least two whole periods
 * @param period  in samples
 * @param options.extrapolateTrend  0 (default) leaves the undefined ends of the trend NaN; n > 0 extends each end by the
 *                least-squares line through its n + 1 nearest defined values. As in statsmodels, the last defined value
 *                itself takes no part in the lines.
 * @throws RangeError when x is shorter than two periods
 * @see statsmodels 0.15 `seasonal_decompose(model='additive', two_sided=True)`
 */
export function seasonalDecompose(
  x: Float32Array | Float64Array,
  period: number,
  options: { extrapolateTrend?: number } = {},
): SeasonalDecomposition {
  if (x.length < 2 * period) {
    throw new RangeError(`${x.length} samples are fewer than two periods of ${period}`)
  }
  const trend = centredMovingAverage(x, period)
  const extrapolate = options.extrapolateTrend ?? 0
  if (extrapolate > 0) extrapolateEnds(trend, extrapolate + 1)

  const phases = meanByPhase(x, trend, period)
  const seasonal = new Float64Array(x.length)
  const residual = new Float64Array(x.length)
  for (let i = 0; i < x.length; i += 1) {
    seasonal[i] = phases[i % period]!
    residual[i] = x[i]! - trend[i]! - seasonal[i]!
  }
  return { trend, seasonal, residual }
}

function meanByPhase(x: Float32Array | Float64Array, trend: Float64Array, period: number): Float64Array {
  const means = new Float64Array(period)
  for (let phase = 0; phase < period; phase += 1) {
    let sum = 0
    let count = 0
    for (let i = phase; i < x.length; i += period) {
      if (Number.isNaN(trend[i]!)) continue
      sum += x[i]! - trend[i]!
      count += 1
    }
    means[phase] = sum / count
  }
  const overall = means.reduce((sum, mean) => sum + mean, 0) / period
  return means.map((mean) => mean - overall)
}

function extrapolateEnds(trend: Float64Array, points: number): void {
  const first = trend.findIndex((value) => !Number.isNaN(value))
  const last = trend.findLastIndex((value) => !Number.isNaN(value))
  const front = fitLine(trend, first, Math.min(first + points, last))
  const back = fitLine(trend, Math.max(first, last - points), last)
  for (let i = 0; i < first; i += 1) trend[i] = front.intercept + front.slope * i
  for (let i = last + 1; i < trend.length; i += 1) trend[i] = back.intercept + back.slope * i
}

/** Least-squares line through (i, values[i]) for from ≤ i < to. */
function fitLine(values: Float64Array, from: number, to: number): { slope: number; intercept: number } {
  const count = to - from
  const meanIndex = (from + to - 1) / 2
  const meanValue = values.subarray(from, to).reduce((sum, value) => sum + value, 0) / count
  let covariance = 0
  let variance = 0
  for (let i = from; i < to; i += 1) {
    covariance += (i - meanIndex) * (values[i]! - meanValue)
    variance += (i - meanIndex) ** 2
  }
  const slope = variance > 0 ? covariance / variance : 0
  return { slope, intercept: meanValue - slope * meanIndex }
}
