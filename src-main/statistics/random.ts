import { refuse } from './checks.ts'

const MULTIPLIER_0 = 0xd2511f53
const MULTIPLIER_1 = 0xcd9e8d57
const WEYL_0 = 0x9e3779b9
const WEYL_1 = 0xbb67ae85

/** One Philox4x32-10 block: four 32-bit words from a 128-bit counter and a 64-bit key. */
export function philoxBlock(counter: Uint32Array, key: Uint32Array, out: Uint32Array): void {
  let c0 = counter[0]!
  let c1 = counter[1]!
  let c2 = counter[2]!
  let c3 = counter[3]!
  let k0 = key[0]!
  let k1 = key[1]!
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0)
    const high1 = multiplyHigh(MULTIPLIER_1, c2)
    const low0 = Math.imul(MULTIPLIER_0, c0)
    const low1 = Math.imul(MULTIPLIER_1, c2)
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1 >>> 0
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0 >>> 0
    k0 = (k0 + WEYL_0) >>> 0
    k1 = (k1 + WEYL_1) >>> 0
  }
  out[0] = c0
  out[1] = c1
  out[2] = c2
  out[3] = c3
}

/**
 * Seeded random numbers that are the same on every machine: the counter-based generator Philox4x32-10.
 * For resampling and simulation, never for allocation, which needs unpredictable numbers.
 *
 * @see Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC 2011)
 */
export class Philox {
  readonly #key: Uint32Array
  readonly #counter: Uint32Array
  readonly #words = new Uint32Array(4)
  #used = 4

  /**
   * @param seed    a whole number of up to 2^53 − 1
   * @param stream  independent sequences under one seed
   * @throws AppError `statistics/bad-parameter`
   */
  constructor(seed: number, stream = 0) {
    if (!Number.isSafeInteger(seed) || seed < 0)
      refuse('bad-parameter', `the seed ${seed} is not a whole number from 0`)
    this.#key = Uint32Array.of(seed >>> 0, Math.floor(seed / 2 ** 32))
    this.#counter = Uint32Array.of(0, 0, stream >>> 0, 0)
  }

  /** Uniform on 0 … 2^32 − 1. */
  word(): number {
    if (this.#used === 4) {
      philoxBlock(this.#counter, this.#key, this.#words)
      this.#counter[0] = (this.#counter[0]! + 1) >>> 0
      if (this.#counter[0] === 0) this.#counter[1] = (this.#counter[1]! + 1) >>> 0
      this.#used = 0
    }
    return this.#words[this.#used++]!
  }

  /** Uniform on [0, 1) with 53 random bits. */
  uniform(): number {
    return ((this.word() >>> 5) * 2 ** 26 + (this.word() >>> 6)) / 2 ** 53
  }

  /** Uniform on 0 … n − 1 without modulo bias (Lemire's rejection). */
  below(n: number): number {
    const threshold = (2 ** 32 - n) % n
    for (;;) {
      const word = this.word()
      if (Math.imul(word, n) >>> 0 >= threshold) return multiplyHigh(word, n)
    }
  }

  /** Standard normal (Box–Muller, one value of each pair). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform())
  }

  /** A random order of 0 … n − 1 (Fisher–Yates). */
  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i)
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const kept = order[i]!
      order[i] = order[j]!
      order[j] = kept
    }
    return order
  }
}

/** The upper 32 bits of a 32 × 32 bit product, from 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const cross = aHigh * bLow + ((aLow * bLow) >>> 16)
  const middle = aLow * bHigh + (cross & 0xffff)
  return (aHigh * bHigh + (cross >>> 16) + (middle >>> 16)) >>> 0
}
