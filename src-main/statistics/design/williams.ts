import { requireCount } from '../checks.ts'

/**
 * Orders of n treatments in which every treatment stands in every position equally often and follows every other one
 * equally often: n sequences for an even n, 2n for an odd n (six for three treatments).
 *
 * @returns  `[sequence][position]`, treatments numbered from 0
 * @throws AppError `statistics/bad-count` below 2
 * @see Williams, Aust J Sci Res A 1949;2:149–168
 */
export function williamsDesign(treatments: number): number[][] {
  requireCount(treatments, 'the number of treatments', 2)
  // 0, 1, n − 1, 2, n − 2, …: neighbours differ by every amount once.
  const first = Array.from({ length: treatments }, (_, position) =>
    position % 2 === 1 ? (position + 1) / 2 : (treatments - position / 2) % treatments,
  )
  const square = first.map((_, shift) => first.map((treatment) => (treatment + shift) % treatments))
  return treatments % 2 === 0 ? square : [...square, ...square.map((sequence) => sequence.toReversed())]
}

/** Cyclic Latin square: every treatment once in every position. @throws AppError `statistics/bad-count` below 1. */
export function latinSquare(treatments: number): number[][] {
  requireCount(treatments, 'the number of treatments', 1)
  return Array.from({ length: treatments }, (_, row) =>
    Array.from({ length: treatments }, (__, column) => (row + column) % treatments),
  )
}
