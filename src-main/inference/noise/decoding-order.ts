import { philoxWords } from './philox.ts'
import { ORDER_STREAM } from './streams.ts'

/**
 * The permutation in which a seed decodes its tokens: Fisher–Yates from the end, one word a swap, word 0 first.
 *
 * `floor(word · (i + 1) / 2^32)` is exact in float64 (the product stays below 2^53), so every language gets the same
 * order.
 */
export function decodingOrder(seed: number, tokens: number): Int32Array {
  const order = Int32Array.from({ length: tokens }, (_, token) => token)
  const words = philoxWords(seed, ORDER_STREAM, Math.max(0, tokens - 1))
  for (let last = tokens - 1, word = 0; last > 0; last--, word++) {
    const other = Math.floor((words[word]! * (last + 1)) / 0x100000000)
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  return order
}
