import type { Arm } from '../../../src-preload/contract/study-protocol.ts'
import { williamsDesign } from '../../statistics/design/williams.ts'
import type { RandomStream } from './random-stream.ts'

/** All orders in which the arms of a stage may be read: a Williams design, or the arm itself where there is one. */
export function ordersOf(arms: readonly Arm[]): Arm[][] {
  if (arms.length === 1) return [[...arms]]
  return williamsDesign(arms.length).map((sequence) => sequence.map((index) => arms[index]!))
}

/**
 * Which order each reader follows with one case: permuted blocks over the readers, a fresh block for every case.
 *
 * Balanced: each order is used by equally many readers (or one more). Unpredictable: since no block runs over two
 * cases, what a reader saw so far tells nothing about the next case, whatever the reader remembers.
 *
 * @returns `[reader] → order`
 */
export function dealOrders(orders: readonly Arm[][], readers: number, random: RandomStream): Arm[][] {
  const deck: Arm[][] = []
  while (deck.length < readers) deck.push(...random.shuffled(orders))
  return random.shuffled(deck.slice(0, readers))
}
