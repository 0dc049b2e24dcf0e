import { philox4x32 } from '../../random/philox.ts'

/**
 * The word stream of a pack's noise: key (seed, stream), counter (block, 0, 0, 0) from block 0 on.
 *
 * @returns `count` unsigned 32-bit words
 */
export function philoxWords(seed: number, stream: number, count: number): Uint32Array {
  const blocks = Math.ceil(count / 4)
  const words = new Uint32Array(4 * blocks)
  for (let block = 0; block < blocks; block++) philox4x32([block, 0, 0, 0], [seed, stream], words, 4 * block)
  return words.subarray(0, count)
}
