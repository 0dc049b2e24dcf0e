import { multiplyHigh, philox4x32 } from '../random/philox.ts'
import { refuse } from './checks.ts'

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
      philox4x32(this.#counter, this.#key, this.#words)
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
