/** A seed from the whole range of unsigned 32-bit integers. */
export function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!
}
