import { AppError } from '../../../src-preload/contract/errors.ts'
import type { RandomStream } from './random-stream.ts'

const MOST_SWAPS = 200_000

/**
 * A random order of the cases for each pass of one reader through a stage, such that two reads of a case have at least
 * `distance` other reads between them.
 *
 * Passes after the first are drawn at random and mended by random swaps, which keeps every order that fulfils the rule
 * possible.
 *
 * @returns `[pass][position] → case`
 * @throws AppError `study/distance-too-large`
 */
export function readingOrders(
  cases: readonly number[],
  passes: number,
  distance: number,
  random: RandomStream,
): number[][] {
  const orders: number[][] = []
  for (let pass = 0; pass < passes; pass++) {
    const before = orders.at(-1)
    const order = random.shuffled(cases)
    if (before) keepApart(before, order, distance, random)
    orders.push(order)
  }
  return orders
}

/** Swaps within `order` until each case stands far enough from its place in the pass before. */
function keepApart(before: readonly number[], order: number[], distance: number, random: RandomStream): void {
  const left = new Map(before.map((one, position) => [one, before.length - 1 - position]))
  const tooNear = (position: number): boolean => left.get(order[position]!)! + position < distance
  for (let swaps = 0; swaps < MOST_SWAPS; swaps++) {
    const near = order.findIndex((_, position) => tooNear(position))
    if (near === -1) return
    const other = random.below(order.length)
    ;[order[near], order[other]] = [order[other]!, order[near]!]
  }
  throw new AppError(
    'study/distance-too-large',
    `No order of ${order.length} cases was found with ${distance} reads between two reads of a case. Choose a smaller distance.`,
  )
}
