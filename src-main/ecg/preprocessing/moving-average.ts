/**
 * Centred moving average over one period, by cumulative sum: O(N) for any period.
 *
 * Odd period P: P weights 1/P. Even P: P + 1 weights [½, 1, …, 1, ½]/P, so that the window stays centred on a sample.
 * The first and last ⌊P/2⌋ values, where the window leaves the signal, are NaN.
 *
 * The sums run over x − x[0], so a large constant (an electrode offset) costs no precision.
 *
 * @param x       samples, finite; at least 2⌊P/2⌋ + 1 of them, else every value is NaN
 * @param period  in samples, a positive integer
 * @see statsmodels `seasonal_decompose(x, period).trend` (two-sided filter)
 */
export function centredMovingAverage(x: Float32Array | Float64Array, period: number): Float64Array {
  const length = x.length
  const half = Math.floor(period / 2)
  if (!Number.isInteger(period) || period < 1) throw new RangeError(`a period of ${period} samples has no average`)
  const trend = new Float64Array(length).fill(NaN)
  if (length < 2 * half + 1) return trend
  const sums = new Float64Array(length + 1)
  const offset = x[0]!
  let sum = 0
  for (let i = 0; i < length; i += 1) {
    sum += x[i]! - offset
    sums[i + 1] = sum
  }
  const share = 1 / period
  if (period % 2 === 0) {
    for (let i = half; i < length - half; i += 1) {
      const ends = 0.5 * (x[i - half]! + x[i + half]!) - offset
      trend[i] = (sums[i + half + 1]! - sums[i - half]! - ends) * share + offset
    }
  } else {
    for (let i = half; i < length - half; i += 1) trend[i] = (sums[i + half + 1]! - sums[i - half]!) * share + offset
  }
  return trend
}

/** Fills the undefined ends of a trend with the nearest defined value, in place. */
export function holdEnds(trend: Float64Array): Float64Array {
  let first = 0
  while (first < trend.length && Number.isNaN(trend[first]!)) first += 1
  if (first === trend.length) return trend
  let last = trend.length - 1
  while (Number.isNaN(trend[last]!)) last -= 1
  trend.fill(trend[first]!, 0, first)
  trend.fill(trend[last]!, last + 1)
  return trend
}
