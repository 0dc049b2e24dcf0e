import { refuse, requireNumbers, type Values } from '../checks.ts'
import { mean, sum } from '../moments.ts'

export interface ExactPermutation {
  /** Observed value: mean difference, or difference of means. */
  statistic: number
  /** Arrangements at least as extreme as the observed one in either direction. */
  extreme: number
  arrangements: number
  pTwoSided: number
  pGreater: number
  pLess: number
}

/** Sums that differ by less than this share of the largest are the same number but for rounding. */
const SLACK = 1e-9

/**
 * Exact sign-flip test of paired differences by full enumeration: the statistic is their sum.
 *
 * @throws AppError `statistics/empty`, `not-finite`, `too-large` beyond 24 differences (use {@link signFlipTest})
 * @see Fisher, The Design of Experiments (1935), 21
 */
export function signFlipExact(differences: Values): ExactPermutation {
  requireNumbers(differences, 'the differences')
  const n = differences.length
  if (n > 24) refuse('too-large', `${n} differences have 2^${n} sign patterns; full enumeration stops at 24`)
  const sums = new Float64Array(2 ** n)
  // Each further difference doubles the list: once added, once taken away.
  for (let i = 0, length = 1; i < n; i++, length *= 2) {
    const value = differences[i]!
    for (let k = 0; k < length; k++) {
      sums[length + k] = sums[k]! - value
      sums[k] = sums[k]! + value
    }
  }
  const scale = Array.from(differences).reduce((total, value) => total + Math.abs(value), 0)
  return compare(sums, sum(differences), scale, mean(differences))
}

/**
 * Exact two-sample permutation test of the difference of means by full enumeration.
 *
 * @throws AppError `statistics/empty`, `not-finite`, `too-large` beyond 5 million splits
 */
export function twoSampleExact(x: Values, y: Values): ExactPermutation {
  requireNumbers(x, 'x')
  requireNumbers(y, 'y')
  const pooled = [...Array.from(x), ...Array.from(y)]
  const splits = choose(pooled.length, x.length)
  if (splits > 5e6)
    refuse('too-large', `${splits} splits of ${pooled.length} values; full enumeration stops at 5 million`)
  const center = mean(pooled)
  const centred = pooled.map((value) => value - center)
  const sums = new Float64Array(splits)
  let found = 0
  const pick = (from: number, left: number, total: number): void => {
    if (left === 0) {
      sums[found++] = total
      return
    }
    for (let i = from; i <= centred.length - left; i++) pick(i + 1, left - 1, total + centred[i]!)
  }
  pick(0, x.length, 0)
  const scale = centred.reduce((total, value) => total + Math.abs(value), 0)
  return compare(sums, sum(centred.slice(0, x.length)), scale, mean(x) - mean(y))
}

/** @internal Counts the arrangements whose statistic is as extreme as the observed one. */
export function compare(statistics: Float64Array, observed: number, scale: number, shown: number): ExactPermutation {
  const slack = SLACK * Math.max(scale, Number.MIN_VALUE)
  let extreme = 0
  let greater = 0
  let less = 0
  for (const value of statistics) {
    if (Math.abs(value) >= Math.abs(observed) - slack) extreme++
    if (value >= observed - slack) greater++
    if (value <= observed + slack) less++
  }
  const arrangements = statistics.length
  return {
    statistic: shown,
    extreme,
    arrangements,
    pTwoSided: extreme / arrangements,
    pGreater: greater / arrangements,
    pLess: less / arrangements,
  }
}

function choose(n: number, k: number): number {
  let result = 1
  for (let i = 1; i <= k; i++) result = Math.round((result * (n - k + i)) / i)
  return result
}
