import { spatialVelocity } from './spatial.ts'

/** Changes between stretches of this length tell a QRS complex from the slower waves. */
const STRETCH_S = 0.004
/** The complex lies within this time of its R peak. */
const LONGEST_BEFORE_S = 0.13
const LONGEST_AFTER_S = 0.17
/** Share of the greatest spatial velocity that is still QRS. */
const ONSET_SHARE = 0.04
const OFFSET_SHARE = 0.055
/** What noise reaches at times, in units of its quietest stretch. */
const NOISE_PEAK = 2
/** The velocity must stay below the limit for so long: notches and slurs inside a complex do not. */
const QUIET_S = 0.018

export interface Span {
  from: number
  to: number
}

/**
 * Onset and offset of the QRS complex over all leads: where the spatial velocity first rises above, and last falls
 * below, a small share of its maximum or the noise, whichever is more.
 *
 * @param leads   the independent leads of a median beat, mV
 * @param rIndex  sample of its R peak
 * @returns       samples; the end one is the first sample behind the complex
 */
export function qrsEnds(leads: readonly Float64Array[], rIndex: number, rateHz: number): Span {
  const velocity = spatialVelocity(leads, rateHz, STRETCH_S)
  const [first, last] = [
    Math.max(1, rIndex - Math.round(LONGEST_BEFORE_S * rateHz)),
    Math.min(velocity.length - 2, rIndex + Math.round(LONGEST_AFTER_S * rateHz)),
  ]
  let greatest = 0
  for (let i = first; i <= last; i += 1) greatest = Math.max(greatest, velocity[i]!)
  const quiet = Math.round(QUIET_S * rateHz)
  const before = lowest(velocity, first, rIndex, quiet)
  const behind = lowest(velocity, rIndex, last, quiet)
  const onsetLimit = Math.max(ONSET_SHARE * greatest, NOISE_PEAK * before)
  const offsetLimit = Math.max(OFFSET_SHARE * greatest, NOISE_PEAK * behind)
  let from = rIndex
  for (let still = 0, i = rIndex; i >= first && still < quiet; i -= 1) {
    if (velocity[i]! > onsetLimit) [from, still] = [i, 0]
    else still += 1
  }
  let to = rIndex
  for (let still = 0, i = rIndex; i <= last && still < quiet; i += 1) {
    if (velocity[i]! > offsetLimit) [to, still] = [i, 0]
    else still += 1
  }
  return { from: crossing(velocity, from, -1, onsetLimit), to: crossing(velocity, to, 1, offsetLimit) }
}

/** Smallest mean velocity of any stretch of `length` samples: what noise and slow waves have. */
function lowest(velocity: Float64Array, from: number, to: number, length: number): number {
  let least = Infinity
  for (let i = from; i + length <= to; i += 1) {
    let sum = 0
    for (let j = i; j < i + length; j += 1) sum += velocity[j]!
    least = Math.min(least, sum / length)
  }
  return Number.isFinite(least) ? least : 0
}

/** Where between sample `i`, above the limit, and its neighbour, below it, the limit is crossed. */
function crossing(velocity: Float64Array, i: number, step: -1 | 1, limit: number): number {
  const [above, below] = [velocity[i]!, velocity[i + step]!]
  return above > below ? i + step * Math.min(1, Math.max(0, (above - limit) / (above - below))) : i
}
