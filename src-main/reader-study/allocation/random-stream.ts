import { createCipheriv, createHash, type Cipheriv } from 'node:crypto'

const CHUNK = Buffer.alloc(4096)

/**
 * Unpredictable to whoever lacks the seed, the same for whoever has it: the AES-256-CTR key stream of
 * SHA-256(seed, purpose). The seed comes from the system's generator and is exported with the study.
 */
export class RandomStream {
  readonly #cipher: Cipheriv
  #chunk = Buffer.alloc(0)
  #used = 0

  /**
   * @param seed     32 bytes
   * @param purpose  keeps streams of one seed apart, so that a reader's order does not hang on another reader's
   */
  constructor(seed: Uint8Array, purpose: string) {
    if (seed.length !== 32) throw new RangeError(`a seed has 32 bytes, not ${seed.length}`)
    const key = createHash('sha256').update('cardionets-allocation/1\0').update(seed).update(purpose).digest()
    this.#cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  }

  bytes(count: number): Buffer {
    const out = Buffer.alloc(count)
    for (let i = 0; i < count; i++) {
      if (this.#used === this.#chunk.length) {
        this.#chunk = this.#cipher.update(CHUNK)
        this.#used = 0
      }
      out[i] = this.#chunk[this.#used++]!
    }
    return out
  }

  /** Uniform on 0 … n − 1; values that would favour small results are thrown away. */
  below(n: number): number {
    const limit = 2 ** 32 - (2 ** 32 % n)
    for (;;) {
      const word = this.bytes(4).readUInt32LE()
      if (word < limit) return word % n
    }
  }

  /** A new list in random order (Fisher–Yates). */
  shuffled<T>(list: readonly T[]): T[] {
    const out = [...list]
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      ;[out[i], out[j]] = [out[j]!, out[i]!]
    }
    return out
  }

  /** 128 random bits as a name that says nothing. */
  name(): string {
    return this.bytes(16).toString('hex')
  }
}
