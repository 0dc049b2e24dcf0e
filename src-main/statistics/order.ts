import type { Values } from './checks.ts'

/** Positions of the values from the smallest to the largest; equal values keep their order. */
export function sortedOrder(values: Values): Uint32Array {
  return Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b)
}

/** Ranks from 1; tied values share the mean of their ranks. */
export function midranks(values: Values): Float64Array {
  const order = sortedOrder(values)
  const ranks = new Float64Array(values.length)
  for (let start = 0; start < order.length;) {
    let end = start + 1
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2
    start = end
  }
  return ranks
}

/** Sizes of the groups of equal values. */
export function tieSizes(values: Values): number[] {
  const sorted = Float64Array.from(values).sort()
  const sizes: number[] = []
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) sizes[sizes.length - 1]!++
    else sizes.push(1)
  }
  return sizes
}
