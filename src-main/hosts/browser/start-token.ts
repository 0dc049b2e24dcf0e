import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits as a value that is safe in an address and in a cookie. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Compares two secrets in a time that depends on neither; unequal lengths are hidden by hashing both. */
export function equalSecrets(given: string, expected: string): boolean {
  const digest = (value: string): Buffer => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

/** Start tokens: each opens the door once. */
export class StartTokens {
  readonly #unused = new Set<string>()

  create(): string {
    const token = randomSecret()
    this.#unused.add(token)
    return token
  }

  /** @returns whether the token was one of ours and unused; it is used up by this call */
  redeem(given: string): boolean {
    let found: string | undefined
    // No early exit: the time must not tell which token was nearest.
    for (const token of this.#unused) if (equalSecrets(given, token)) found = token
    if (found === undefined) return false
    this.#unused.delete(found)
    return true
  }
}
