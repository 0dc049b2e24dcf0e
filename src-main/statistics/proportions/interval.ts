import { refuse, requireCount, requireLevel } from '../checks.ts'
import { betaQuantile, normalQuantile } from '../distributions.ts'

/** A share with its interval; both null where the denominator is zero. */
export interface Proportion {
  numerator: number
  denominator: number
  estimate: number | null
  wilson: [number, number] | null
  clopperPearson: [number, number] | null
}

/**
 * Score interval without continuity correction.
 *
 * @param x      successes, 0 … n
 * @param n      trials, at least 1
 * @throws AppError `statistics/bad-count`, `statistics/bad-parameter`
 * @see Wilson, JASA 1927;22:209–212; Newcombe, Stat Med 1998;17:857–872, method 3
 */
export function wilsonInterval(x: number, n: number, { level = 0.95 } = {}): [number, number] {
  requireSuccesses(x, n)
  requireLevel(level)
  const z2 = normalQuantile((1 + level) / 2) ** 2
  const p = x / n
  const center = p + z2 / (2 * n)
  const half = Math.sqrt(z2 * ((p * (1 - p)) / n + z2 / (4 * n * n)))
  const scale = 1 + z2 / n
  return [x === 0 ? 0 : (center - half) / scale, x === n ? 1 : (center + half) / scale]
}

/**
 * Exact interval from the two one-sided binomial tests.
 *
 * @throws AppError `statistics/bad-count`, `statistics/bad-parameter`
 * @see Clopper & Pearson, Biometrika 1934;26:404–413
 */
export function clopperPearsonInterval(x: number, n: number, { level = 0.95 } = {}): [number, number] {
  requireSuccesses(x, n)
  requireLevel(level)
  const tail = (1 - level) / 2
  return [x === 0 ? 0 : betaQuantile(tail, x, n - x + 1), x === n ? 1 : betaQuantile(1 - tail, x + 1, n - x)]
}

/** A proportion with both intervals; undefined (null) for a denominator of zero. @throws AppError `statistics/bad-count`. */
export function proportion(numerator: number, denominator: number, { level = 0.95 } = {}): Proportion {
  requireLevel(level)
  requireCount(numerator, 'the numerator')
  requireCount(denominator, 'the denominator')
  if (denominator === 0 && numerator === 0) {
    return { numerator, denominator, estimate: null, wilson: null, clopperPearson: null }
  }
  return {
    numerator,
    denominator,
    estimate: numerator / denominator,
    wilson: wilsonInterval(numerator, denominator, { level }),
    clopperPearson: clopperPearsonInterval(numerator, denominator, { level }),
  }
}

/** @throws AppError `statistics/bad-count` unless x of n is possible and n is at least 1. */
export function requireSuccesses(x: number, n: number): void {
  requireCount(n, 'the number of trials', 1)
  requireCount(x, 'the number of successes')
  if (x > n) refuse('bad-count', `${x} successes out of ${n} trials are impossible`)
}
