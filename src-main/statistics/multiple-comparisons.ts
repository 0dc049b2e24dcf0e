import { requireProbabilities, type Values } from './checks.ts'
import { sortedOrder } from './order.ts'

export type Adjustment = 'bonferroni' | 'holm' | 'hochberg' | 'hommel' | 'benjamini-hochberg' | 'benjamini-yekutieli'

/**
 * p values adjusted for their number, in the order given.
 *
 * @throws AppError `statistics/empty`, `not-finite`, `not-probability`
 * @see Holm 1979; Hochberg 1988; Hommel 1988; Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001; Wright 1992
 */
export function adjustPValues(p: Values, method: Adjustment): number[] {
  requireProbabilities(p, 'the p values')
  const order = sortedOrder(p)
  const sorted = Array.from(order, (i) => p[i]!)
  const adjusted = adjustSorted(sorted, method)
  const result = new Array<number>(p.length)
  for (const [rank, position] of order.entries()) result[position] = Math.min(1, adjusted[rank]!)
  return result
}

function adjustSorted(sorted: number[], method: Adjustment): number[] {
  const m = sorted.length
  const harmonic = sorted.reduce((sum, _, i) => sum + 1 / (i + 1), 0)
  switch (method) {
    case 'bonferroni':
      return sorted.map((p) => m * p)
    case 'holm':
      return rising(sorted.map((p, i) => (m - i) * p))
    case 'hochberg':
      return falling(sorted.map((p, i) => (m - i) * p))
    case 'benjamini-hochberg':
      return falling(sorted.map((p, i) => (m / (i + 1)) * p))
    case 'benjamini-yekutieli':
      return falling(sorted.map((p, i) => ((harmonic * m) / (i + 1)) * p))
    case 'hommel':
      return hommel(sorted)
    default:
      return method satisfies never
  }
}

/** For every subset size the Simes test; the adjusted value is the largest that a p value needs (Wright 1992). */
function hommel(sorted: number[]): number[] {
  const m = sorted.length
  let adjusted = sorted.map(() => Math.min(...sorted.map((p, i) => (m * p) / (i + 1))))
  for (let size = m - 1; size >= 2; size--) {
    const simes = Math.min(...sorted.slice(m - size + 1).map((p, k) => (size * p) / (k + 2)))
    const here = sorted.map((p, i) => (i <= m - size ? Math.min(size * p, simes) : 0))
    const last = here[m - size]!
    adjusted = adjusted.map((value, i) => Math.max(value, i <= m - size ? here[i]! : last))
  }
  return adjusted.map((value, i) => Math.max(value, sorted[i]!))
}

/** Each value at least as large as those before it. */
function rising(values: number[]): number[] {
  let largest = 0
  return values.map((value) => (largest = Math.max(largest, value)))
}

/** Each value at most as large as those after it. */
function falling(values: number[]): number[] {
  let smallest = Infinity
  return values
    .toReversed()
    .map((value) => (smallest = Math.min(smallest, value)))
    .toReversed()
}
