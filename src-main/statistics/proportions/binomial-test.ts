import { refuse } from '../checks.ts'
import { binomialLowerTail, binomialProbability, binomialUpperTail } from '../distributions.ts'
import { requireSuccesses } from './interval.ts'

export interface BinomialTest {
  estimate: number
  /** Sum of the probabilities that do not exceed that of the observed count (the rule of R and SciPy). */
  pTwoSided: number
  pGreater: number
  pLess: number
}

/**
 * Exact test of a share against `p0`.
 *
 * @throws AppError `statistics/bad-count`, `statistics/not-probability`
 */
export function binomialTest(x: number, n: number, p0 = 0.5): BinomialTest {
  requireSuccesses(x, n)
  if (!(p0 >= 0 && p0 <= 1)) refuse('not-probability', `p0 = ${p0} is not in [0, 1]`)
  return {
    estimate: x / n,
    pTwoSided: twoSided(x, n, p0),
    pGreater: binomialUpperTail(x, n, p0),
    pLess: binomialLowerTail(x, n, p0),
  }
}

export interface Equivalence {
  /** Larger of the two; below α the share is shown to lie between the margins. */
  p: number
  /** Against the share being at or below the lower margin. */
  pLower: number
  /** Against the share being at or above the upper margin. */
  pUpper: number
}

/**
 * Two one-sided exact tests that a share lies strictly between two margins.
 *
 * @throws AppError `statistics/bad-count`, `statistics/bad-parameter` unless 0 ≤ lower < upper ≤ 1
 * @see Schuirmann, J Pharmacokinet Biopharm 1987;15:657–680
 */
export function binomialEquivalence(x: number, n: number, margins: readonly [number, number]): Equivalence {
  requireSuccesses(x, n)
  const [lower, upper] = margins
  if (!(lower >= 0 && upper <= 1 && lower < upper)) {
    refuse('bad-parameter', `the margins ${lower} and ${upper} do not bound a range in [0, 1]`)
  }
  const pLower = binomialUpperTail(x, n, lower)
  const pUpper = binomialLowerTail(x, n, upper)
  return { p: Math.max(pLower, pUpper), pLower, pUpper }
}

function twoSided(x: number, n: number, p0: number): number {
  const observed = binomialProbability(x, n, p0)
  // R's relative slack: counts as likely as the observed one count in spite of rounding.
  const limit = observed * (1 + 1e-7)
  const mode = p0 * n
  if (x === mode) return 1
  if (p0 === 0 || p0 === 1) return observed > 0 ? 1 : 0
  if (x < mode) {
    const mirrored = firstAtMost(Math.ceil(mode), n, limit, n, p0)
    return Math.min(1, binomialLowerTail(x, n, p0) + binomialUpperTail(mirrored, n, p0))
  }
  const mirrored = lastAtMost(0, Math.floor(mode), limit, n, p0)
  return Math.min(1, binomialUpperTail(x, n, p0) + binomialLowerTail(mirrored, n, p0))
}

/** Smallest k in [from, to] with a probability of at most `limit`, or to + 1; the probabilities fall with k. */
function firstAtMost(from: number, to: number, limit: number, n: number, p0: number): number {
  let low = from
  let high = to + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (binomialProbability(middle, n, p0) <= limit) high = middle
    else low = middle + 1
  }
  return low
}

/** Largest k in [from, to] with a probability of at most `limit`, or from − 1; the probabilities rise with k. */
function lastAtMost(from: number, to: number, limit: number, n: number, p0: number): number {
  let low = from - 1
  let high = to
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (binomialProbability(middle, n, p0) <= limit) low = middle
    else high = middle - 1
  }
  return low
}
