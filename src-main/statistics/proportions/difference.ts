import { requireCount, requireLevel } from '../checks.ts'
import { requireSuccesses, wilsonInterval } from './interval.ts'

export interface ProportionDifference {
  /** First minus second. */
  difference: number
  interval: [number, number]
}

/** Cells of a paired 2 × 2 table: cases where both, only the first, only the second, or neither was right. */
export interface PairedCounts {
  both: number
  firstOnly: number
  secondOnly: number
  neither: number
}

/**
 * Difference of two independent shares with Newcombe's score interval (square-and-add of the Wilson limits).
 *
 * @throws AppError `statistics/bad-count`, `statistics/bad-parameter`
 * @see Newcombe, Stat Med 1998;17:873–890, method 10
 */
export function independentDifference(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  { level = 0.95 } = {},
): ProportionDifference {
  requireSuccesses(x1, n1)
  requireSuccesses(x2, n2)
  const p1 = x1 / n1
  const p2 = x2 / n2
  const [lower1, upper1] = wilsonInterval(x1, n1, { level })
  const [lower2, upper2] = wilsonInterval(x2, n2, { level })
  const difference = p1 - p2
  return {
    difference,
    interval: [difference - Math.hypot(p1 - lower1, upper2 - p2), difference + Math.hypot(upper1 - p1, p2 - lower2)],
  }
}

/**
 * Difference of two shares of the same cases, square-and-add with the correlation φ and no continuity correction.
 * Where a margin is empty φ is not defined and taken as 0, as Newcombe does.
 *
 * @throws AppError `statistics/bad-count`, `statistics/bad-parameter`
 * @see Newcombe, Stat Med 1998;17:2635–2650, method 8
 */
export function pairedDifference(counts: PairedCounts, { level = 0.95 } = {}): ProportionDifference {
  const { both, firstOnly, secondOnly, neither } = counts
  for (const [name, count] of Object.entries(counts)) requireCount(count, name)
  requireLevel(level)
  const n = both + firstOnly + secondOnly + neither
  requireCount(n, 'the number of pairs', 1)
  const first = both + firstOnly
  const second = both + secondOnly
  const [lower1, upper1] = wilsonInterval(first, n, { level })
  const [lower2, upper2] = wilsonInterval(second, n, { level })
  const p1 = first / n
  const p2 = second / n
  const margins = Math.sqrt(first * (n - first) * second * (n - second))
  const phi = margins === 0 ? 0 : (both * neither - firstOnly * secondOnly) / margins
  const combine = (a: number, b: number): number => Math.sqrt(Math.max(a * a - 2 * phi * a * b + b * b, 0))
  const difference = (firstOnly - secondOnly) / n
  return {
    difference,
    interval: [difference - combine(p1 - lower1, upper2 - p2), difference + combine(upper1 - p1, p2 - lower2)],
  }
}
