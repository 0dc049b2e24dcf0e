import { requireCount, requireLevel, requireNumbers, requireSameLength, type Values } from '../checks.ts'
import { normalQuantile, studentTwoSided } from '../distributions.ts'
import { around, sumOfProducts } from '../moments.ts'
import { midranks, tieSizes } from '../order.ts'

export interface Correlation {
  /** Null when either list does not vary; so for the others. */
  pearson: number | null
  /** Infinite for a perfect line; null with fewer than 3 pairs. */
  t: number | null
  df: number
  p: number | null
  /** Fisher's z; null with fewer than 4 pairs. */
  interval: [number, number] | null
  spearman: number | null
  kendallTauB: number | null
}

/** Pearson's r, or null when either list does not vary. @throws AppError `statistics/empty`, `ragged`, `not-finite`. */
export function pearson(x: Values, y: Values): number | null {
  requirePairs(x, y)
  const spread = Math.sqrt(sumOfProducts(x, x)) * Math.sqrt(sumOfProducts(y, y))
  return spread === 0 ? null : Math.max(-1, Math.min(1, sumOfProducts(x, y) / spread))
}

/** Pearson's r of the midranks. @throws AppError as {@link pearson}. */
export function spearman(x: Values, y: Values): number | null {
  requirePairs(x, y)
  return pearson(midranks(x), midranks(y))
}

/**
 * Kendall's τ-b, which corrects for ties.
 *
 * @throws AppError as {@link pearson}
 * @see Kendall, Biometrika 1945;33:239–251
 */
export function kendallTauB(x: Values, y: Values): number | null {
  requirePairs(x, y)
  let balance = 0
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) balance += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!)
  }
  const pairs = (x.length * (x.length - 1)) / 2
  const tied = (values: Values): number => tieSizes(values).reduce((total, size) => total + (size * (size - 1)) / 2, 0)
  const scale = Math.sqrt((pairs - tied(x)) * (pairs - tied(y)))
  return scale === 0 ? null : balance / scale
}

/** All correlations with Pearson's test and interval. @throws AppError as {@link pearson}, `statistics/bad-count`, `bad-parameter`. */
export function correlation(x: Values, y: Values, { level = 0.95 } = {}): Correlation {
  requireLevel(level)
  const r = pearson(x, y)
  requireCount(x.length, 'the number of pairs', 2)
  const df = x.length - 2
  const t = r === null || df === 0 ? null : r * Math.sqrt(df / (1 - r * r))
  return {
    pearson: r,
    t,
    df,
    p: t === null ? null : studentTwoSided(t, df),
    interval: r === null ? null : fisherInterval(r, x.length, level),
    spearman: spearman(x, y),
    kendallTauB: kendallTauB(x, y),
  }
}

/** Interval of a correlation by Fisher's z; null with fewer than 4 pairs. */
export function fisherInterval(r: number, n: number, level: number): [number, number] | null {
  if (n < 4) return null
  const [lower, upper] = around(Math.atanh(r), normalQuantile((1 + level) / 2) / Math.sqrt(n - 3))
  return [Math.tanh(lower), Math.tanh(upper)]
}

function requirePairs(x: Values, y: Values): void {
  requireNumbers(x, 'x')
  requireNumbers(y, 'y')
  requireSameLength(x, y, 'x and y')
}
