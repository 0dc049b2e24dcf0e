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

/** A call to the system's generator costs as much as fifty identifiers are worth, so one fills many. Keys never come from here. */
const IDENTIFIERS_A_CALL = 64
const RANDOM_BYTES = 10
const drawn = new WeakMap<RegistryEnvironment, { bytes: Buffer; used: number }>()

/**
 * An identifier that sorts by the time it was made, so that inserts of a large registry go to one end of each index.
 *
 * @param utcMs  the moment that it says, where the caller has asked the clock already
 * @see RFC 9562, section 5.7 (UUID version 7)
 */
export function newIdentifier(environment: RegistryEnvironment, utcMs = environment.now().utcMs): string {
  let pool = drawn.get(environment)
  if (!pool || pool.used === pool.bytes.length) {
    pool = { bytes: environment.randomBytes(IDENTIFIERS_A_CALL * RANDOM_BYTES), used: 0 }
    drawn.set(environment, pool)
  }
  const random = pool.bytes.subarray(pool.used, (pool.used += RANDOM_BYTES))
  random[0] = (random[0]! & 0x0f) | 0x70
  random[2] = (random[2]! & 0x3f) | 0x80
  const [time, rest] = [utcMs.toString(16).padStart(12, '0'), random.toString('hex')]
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`
}
