import { centredMovingAverage, holdEnds } from './moving-average.ts'

/** Heart rates outside this range, in beats per minute, set the period of the nearest bound. */
export const TREND_RATE_RANGE_BPM = [30, 220] as const

/**
 * One beat in samples at 500 Hz, rounded down: the period of the seasonal decomposition.
 *
 * @param heartRateBpm  finite; clamped to 30–220
 * @returns 136 … 1000
 */
export function beatPeriodSamples(heartRateBpm: number): number {
  const [lowest, highest] = TREND_RATE_RANGE_BPM
  return Math.trunc(30_000 / Math.min(highest, Math.max(lowest, heartRateBpm)))
}

/**
 * Subtracts the baseline of one lead: the moving average over one beat, whose undefined ends take the nearest defined
 * value. Only the trend of the additive decomposition is removed, the beat itself stays.
 *
 * @param x       samples at 500 Hz; longer than one period
 * @param period  from {@link beatPeriodSamples}
 */
export function removeTrend(x: Float32Array | Float64Array, period: number): Float64Array {
  const trend = holdEnds(centredMovingAverage(x, period))
  return trend.map((value, i) => x[i]! - value)
}
