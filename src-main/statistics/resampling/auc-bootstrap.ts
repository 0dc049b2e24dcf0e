import { refuse, requireCount, requireLevel, requireTwoClasses, type Values } from '../checks.ts'
import { sampleVariance } from '../moments.ts'
import { sortedQuantile } from '../quantile.ts'
import { Philox } from '../random.ts'
import type { Resample } from './bootstrap.ts'
import { drawCounts, weightedAuc } from './weighted-auc.ts'

export interface BootstrapAreas {
  /** Areas of the data themselves, per score. */
  auc: number[]
  /** `[score][round]`, rounds that lack a class left out. */
  replicates: Float64Array[]
  /** Rounds without one of the classes; their area is undefined. */
  undefinedRounds: number
}

export interface BootstrapInterval {
  estimate: number
  replicates: Float64Array
  /** Null with fewer than two defined rounds. */
  standardError: number | null
  interval: [number, number]
}

/**
 * Areas of several scores of the same cases over given resamples of the cases, which all scores share.
 *
 * @throws AppError as `auc`; `statistics/bad-resample`
 */
export function aucOverResamples(
  truth: Values,
  scores: readonly Values[],
  resamples: readonly Resample[],
): BootstrapAreas {
  const rounds = resamples.map((resample) => drawCounts(resample, truth.length))
  return collect(truth, scores, rounds.length, (round) => rounds[round]!)
}

/**
 * Case bootstrap of the areas of several scores (readers, conditions, models) of the same cases.
 *
 * @param stratified  draw diseased and normal cases separately (default), so that both group sizes stay
 * @throws AppError as `auc`; `statistics/bad-count`, `statistics/bad-parameter`
 */
export function aucCaseBootstrap(
  truth: Values,
  scores: readonly Values[],
  { rounds = 10_000, seed = 1, stratified = true } = {},
): BootstrapAreas {
  requireTwoClasses(truth)
  requireCount(rounds, 'the number of rounds', 1)
  const random = new Philox(seed)
  const positions = Uint32Array.from({ length: truth.length }, (_, i) => i)
  const strata = stratified ? [0, 1].map((group) => positions.filter((i) => truth[i] === group)) : [positions]
  const counts = new Uint16Array(truth.length)
  return collect(truth, scores, rounds, () => {
    counts.fill(0)
    for (const stratum of strata)
      for (let k = 0; k < stratum.length; k++) counts[stratum[random.below(stratum.length)]!]!++
    return counts
  })
}

/**
 * Percentile interval of any combination of the areas, for example a difference of two means over readers.
 *
 * @param combine  from the areas of one round (or of the data) to one number
 * @throws AppError `statistics/empty` when no round was defined, `statistics/bad-parameter`
 */
export function bootstrapInterval(
  areas: BootstrapAreas,
  combine: (auc: Float64Array) => number,
  { level = 0.95 } = {},
): BootstrapInterval {
  requireLevel(level)
  const rounds = areas.replicates[0]?.length ?? 0
  if (rounds === 0) refuse('empty', 'no resample holds both classes')
  const one = new Float64Array(areas.auc.length)
  const replicates = Float64Array.from({ length: rounds }, (_, round) => {
    for (let s = 0; s < one.length; s++) one[s] = areas.replicates[s]![round]!
    return combine(one)
  })
  const sorted = Float64Array.from(replicates).sort()
  const tail = (1 - level) / 2
  return {
    estimate: combine(Float64Array.from(areas.auc)),
    replicates,
    standardError: rounds < 2 ? null : Math.sqrt(sampleVariance(replicates)),
    interval: [sortedQuantile(sorted, tail), sortedQuantile(sorted, 1 - tail)],
  }
}

function collect(
  truth: Values,
  scores: readonly Values[],
  rounds: number,
  drawn: (round: number) => Uint16Array,
): BootstrapAreas {
  if (scores.length === 0) refuse('empty', 'there are no scores to resample')
  const areas = scores.map((score) => weightedAuc(truth, score))
  const replicates = scores.map(() => new Float64Array(rounds))
  let defined = 0
  for (let round = 0; round < rounds; round++) {
    const counts = drawn(round)
    for (const [s, area] of areas.entries()) replicates[s]![defined] = area(counts)
    if (!Number.isNaN(replicates[0]![defined])) defined++
  }
  const once = new Uint16Array(truth.length).fill(1)
  return {
    auc: areas.map((area) => area(once)),
    replicates: replicates.map((values) => values.slice(0, defined)),
    undefinedRounds: rounds - defined,
  }
}
