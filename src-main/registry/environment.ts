import { randomBytes } from 'node:crypto'

/** A moment as the audit trail keeps it. */
export interface Moment {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly utcMs: number
  /** Minutes that local time is ahead of UTC. */
  readonly offsetMinutes: number
}

/** Clock and randomness of the registry, handed in so that tests own both. */
export interface RegistryEnvironment {
  now(): Moment
  /** Minutes that local time is ahead of UTC at another moment: half of the year it may be another hour. */
  offsetMinutesAt(utcMs: number): number
  /** Never goes back, whatever is done to the clock on the wall; starts anew with the process. */
  monotonicMs(): number
  randomBytes(length: number): Buffer
}

export const systemEnvironment: RegistryEnvironment = {
  now() {
    const date = new Date()
    return { utcMs: date.getTime(), offsetMinutes: -date.getTimezoneOffset() }
  },
  offsetMinutesAt: (utcMs) => -new Date(utcMs).getTimezoneOffset(),
  monotonicMs: () => performance.now(),
  randomBytes: (length) => randomBytes(length),
}

/**
 * An identifier that sorts by the time it was made, so that inserts of a large registry go to one end of each index.
 *
 * @param utcMs  the moment that it says, where the caller has asked the clock already
 * @see RFC 9562, section 5.7 (UUID version 7)
 */
export function newIdentifier(environment: RegistryEnvironment, utcMs = environment.now().utcMs): string {
  const bytes = environment.randomBytes(16)
  bytes.writeUIntBE(utcMs, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
