import { refuse, requireLevel, requireNumbers, type Values } from '../checks.ts'
import { normalCumulative, normalQuantile } from '../distributions.ts'
import { mean, sampleVariance } from '../moments.ts'
import { sortedQuantile } from '../quantile.ts'
import { Philox } from '../random.ts'

/** Positions (from 0) of the cases drawn in one round. */
export type Resample = ArrayLike<number>

export interface Bootstrap {
  estimate: number
  /** In round order. */
  replicates: Float64Array
  /** Spread of the replicates (n − 1); null for a single round. */
  standardError: number | null
  /** Mean of the replicates − estimate. */
  bias: number
  /** Quantiles of type 7. */
  percentileInterval: [number, number]
  bca: BiasCorrectedInterval | null
}

export interface BiasCorrectedInterval {
  z0: number
  acceleration: number
  /** Quantile levels after the correction. */
  adjustedLevels: [number, number]
  interval: [number, number]
}

/**
 * Bootstrap of a statistic of one sample over given resamples.
 *
 * `bca` is null where it is undefined: all replicates on one side of the estimate, or a jackknife without spread.
 *
 * @throws AppError `statistics/empty`, `not-finite`, `bad-resample` for a position outside the sample, `bad-parameter`
 * @see Efron & Tibshirani, An Introduction to the Bootstrap (1993), 13–14
 */
export function bootstrap(
  values: Values,
  statistic: (sample: Float64Array) => number,
  resamples: readonly Resample[],
  { level = 0.95 } = {},
): Bootstrap {
  requireNumbers(values, 'the sample')
  requireLevel(level)
  if (resamples.length === 0) refuse('empty', 'there are no resamples')
  const sample = Float64Array.from(values)
  const estimate = statistic(sample)
  const replicates = Float64Array.from(resamples, (resample) => statistic(draw(sample, resample)))
  requireNumbers(replicates, 'the replicates of the statistic')
  const sorted = Float64Array.from(replicates).sort()
  const tail = (1 - level) / 2
  return {
    estimate,
    replicates,
    standardError: replicates.length < 2 ? null : Math.sqrt(sampleVariance(replicates)),
    bias: mean(replicates) - estimate,
    percentileInterval: [sortedQuantile(sorted, tail), sortedQuantile(sorted, 1 - tail)],
    bca: biasCorrected(sorted, estimate, jackknife(sample, statistic), level),
  }
}

/** Independent draws with replacement. @throws AppError `statistics/bad-parameter` for a bad seed. */
export function randomResamples(n: number, rounds: number, seed: number): Uint32Array[] {
  const random = new Philox(seed)
  return Array.from({ length: rounds }, () => Uint32Array.from({ length: n }, () => random.below(n)))
}

/**
 * All nⁿ resamples of a small sample.
 *
 * @throws AppError `statistics/too-large` beyond seven values (823,543 resamples)
 */
export function allResamples(n: number): Uint32Array[] {
  if (n > 7) refuse('too-large', `${n} values have ${n}^${n} resamples; full enumeration stops at 7`)
  return Array.from({ length: n ** n }, (_, code) =>
    Uint32Array.from({ length: n }, (__, digit) => Math.floor(code / n ** digit) % n),
  )
}

/** BCa interval from sorted replicates and the leave-one-out estimates; null where undefined. */
export function biasCorrected(
  sorted: Float64Array,
  estimate: number,
  leaveOneOut: Float64Array,
  level: number,
): BiasCorrectedInterval | null {
  let below = 0
  let equal = 0
  for (const replicate of sorted) {
    if (replicate < estimate) below++
    else if (replicate === estimate) equal++
  }
  const z0 = normalQuantile((below + equal / 2) / sorted.length)
  const center = mean(leaveOneOut)
  let squares = 0
  let cubes = 0
  for (const value of leaveOneOut) {
    squares += (center - value) ** 2
    cubes += (center - value) ** 3
  }
  if (!Number.isFinite(z0) || !(squares > 0)) return null
  const acceleration = cubes / (6 * squares ** 1.5)
  const adjust = (tail: number): number => {
    const z = z0 + normalQuantile(tail)
    return normalCumulative(z0 + z / (1 - acceleration * z))
  }
  const adjustedLevels: [number, number] = [adjust((1 - level) / 2), adjust((1 + level) / 2)]
  return {
    z0,
    acceleration,
    adjustedLevels,
    interval: [sortedQuantile(sorted, adjustedLevels[0]), sortedQuantile(sorted, adjustedLevels[1])],
  }
}

function jackknife(sample: Float64Array, statistic: (sample: Float64Array) => number): Float64Array {
  if (sample.length < 2) return new Float64Array(0)
  return sample.map((_, left) => statistic(sample.filter((__, i) => i !== left)))
}

function draw(sample: Float64Array, resample: Resample): Float64Array {
  return Float64Array.from({ length: resample.length }, (_, i) => {
    const value = sample[resample[i]!]
    return (
      value ??
      refuse('bad-resample', `a resample names position ${resample[i]}, the sample has ${sample.length} values`)
    )
  })
}
