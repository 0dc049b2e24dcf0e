/**
 * Philox4x32-10, the counter-based generator behind every seeded random number here.
 *
 * @see Salmon JK et al., Parallel random numbers: as easy as 1, 2, 3, SC11; known answers from Random123's kat_vectors
 */
const MULTIPLIER_0 = 0xd2511f53
const MULTIPLIER_1 = 0xcd9e8d57
const WEYL_0 = 0x9e3779b9
const WEYL_1 = 0xbb67ae85
const ROUNDS = 10

/**
 * One block.
 *
 * @param counter four unsigned 32-bit words
 * @param key     two unsigned 32-bit words
 * @param output  receives four unsigned 32-bit words at `offset`
 */
export function philox4x32(counter: ArrayLike<number>, key: ArrayLike<number>, output: Uint32Array, offset = 0): void {
  let c0 = counter[0]!
  let c1 = counter[1]!
  let c2 = counter[2]!
  let c3 = counter[3]!
  let k0 = key[0]!
  let k1 = key[1]!
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0)
    const low0 = Math.imul(MULTIPLIER_0, c0)
    const high1 = multiplyHigh(MULTIPLIER_1, c2)
    const low1 = Math.imul(MULTIPLIER_1, c2)
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1 >>> 0
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0 >>> 0
    k0 = (k0 + WEYL_0) >>> 0
    k1 = (k1 + WEYL_1) >>> 0
  }
  output[offset] = c0
  output[offset + 1] = c1
  output[offset + 2] = c2
  output[offset + 3] = c3
}

/** Upper 32 bits of a 32 × 32 bit product, in halves that stay below 2^53. */
export function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16
  const aLow = a & 0xffff
  const bHigh = b >>> 16
  const bLow = b & 0xffff
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  const carry = (middle & 0xffff) + aLow * bHigh
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0
}
