import { medianInPlace } from '../preprocessing/median.ts'

/** What one second of one lead looks like; the window is chosen and the leads are judged by these. */
export interface LeadSecond {
  /** Median size of what muscle noise and mains hum add: bends within 8 ms, in mV. */
  noiseMv: number
  /** Median value: where the baseline lies, in mV. */
  baselineMv: number
}

/** Sums of the finite samples of one second: those of several seconds add up. */
export interface SecondSums {
  sum: number
  sumOfSquares: number
  count: number
}

/** Distance of the samples that the noise measure compares. */
const BEND_S = 0.004
/** How densely a second is looked at: enough for a median, a fraction of the work. */
const NOISE_STEP_S = 0.005
const BASELINE_STEP_S = 0.02

/**
 * Measures every second of one lead; a remainder counts as a second where `remainder` says so. Medians leave the QRS
 * complexes out of the noise, as they fill less than half of any second. Non-finite samples are left out.
 *
 * @param lead  mV
 */
export function measureSeconds(lead: Float32Array, rateHz: number, remainder: boolean): LeadSecond[] {
  const scratch = scratchFor(rateHz)
  return secondsOf(lead, rateHz, remainder).map(([from, to]) => ({
    noiseMv: medianOrZero(bends(lead, from, to, rateHz, scratch)),
    baselineMv: medianOrZero(levels(lead, from, to, rateHz, scratch)),
  }))
}

/**
 * Whether the noise of most full seconds is certainly less than `limitMv` and all their baselines lie within
 * `rangeMv`. Counting what lies below is far cheaper than to find the medians, and says enough of a clean lead.
 *
 * @returns false also where only the measurement can tell
 */
export function isClearlyQuiet(
  lead: Float32Array,
  rateHz: number,
  { limitMv, rangeMv }: { limitMv: number; rangeMv: number },
): boolean {
  const seconds = secondsOf(lead, rateHz, false)
  if (seconds.length === 0) return false
  const centre = medianOrZero(levels(lead, ...seconds[0]!, rateHz, scratchFor(rateHz)))
  let quiet = 0
  for (const [from, to] of seconds) {
    if (!staysNear(lead, from, to, rateHz, centre, 0.499 * rangeMv)) return false
    if (bendsLess(lead, from, to, rateHz, limitMv)) quiet += 1
  }
  return quiet > seconds.length / 2
}

/** Sums of every second of one lead, a remainder included. */
export const sumSeconds = (lead: Float32Array, rateHz: number): SecondSums[] =>
  secondsOf(lead, rateHz, true).map(([from, to]) => sumSecond(lead, from, to))

function secondsOf(lead: Float32Array, rateHz: number, remainder: boolean): [from: number, to: number][] {
  const seconds: [number, number][] = []
  for (let s = 0; ; s += 1) {
    const from = Math.round(s * rateHz)
    const to = Math.round((s + 1) * rateHz)
    if (from >= lead.length || (to > lead.length && !remainder)) return seconds
    seconds.push([from, Math.min(to, lead.length)])
  }
}

const scratchFor = (rateHz: number): Float64Array => new Float64Array(Math.ceil(rateHz) + 1)

const medianOrZero = (values: Float64Array): number => (values.length > 0 ? medianInPlace(values) : 0)

/** Sizes of the bends in a second, in mV, in the scratch. */
function bends(lead: Float32Array, from: number, to: number, rateHz: number, scratch: Float64Array): Float64Array {
  const reach = Math.max(1, Math.round(BEND_S * rateHz))
  const step = Math.max(1, Math.floor(NOISE_STEP_S * rateHz))
  const end = Math.min(to, lead.length - reach)
  let found = 0
  for (let i = Math.max(reach, from); i < end; i += step) {
    const bend = lead[i]! - (lead[i - reach]! + lead[i + reach]!) / 2
    // NaN and the infinities alone do not cancel.
    if (bend - bend === 0) scratch[found++] = Math.abs(bend)
  }
  return scratch.subarray(0, found)
}

/** Samples of a second at some distance from each other, in mV, in the scratch. */
function levels(lead: Float32Array, from: number, to: number, rateHz: number, scratch: Float64Array): Float64Array {
  const step = Math.max(1, Math.floor(BASELINE_STEP_S * rateHz))
  let found = 0
  for (let i = from; i < to; i += step) {
    const value = lead[i]!
    if (value - value === 0) scratch[found++] = value
  }
  return scratch.subarray(0, found)
}

/** Whether more than half of the bends of a second are smaller than `limitMv`; stops as soon as they are. */
function bendsLess(lead: Float32Array, from: number, to: number, rateHz: number, limitMv: number): boolean {
  const reach = Math.max(1, Math.round(BEND_S * rateHz))
  const step = Math.max(1, Math.floor(NOISE_STEP_S * rateHz))
  const first = Math.max(reach, from)
  const end = Math.min(to, lead.length - reach)
  const enough = Math.ceil((end - first) / step) / 2 + 1
  let less = 0
  for (let i = first; i < end; i += step) {
    if (!(Math.abs(lead[i]! - (lead[i - reach]! + lead[i + reach]!) / 2) < limitMv)) continue
    less += 1
    if (less >= enough) return true
  }
  return false
}

/** Whether more than half of the samples of a second lie within `reachMv` of a level; stops as soon as they do. */
function staysNear(
  lead: Float32Array,
  from: number,
  to: number,
  rateHz: number,
  levelMv: number,
  reachMv: number,
): boolean {
  const step = Math.max(1, Math.floor(BASELINE_STEP_S * rateHz))
  const enough = Math.ceil((to - from) / step) / 2 + 1
  let near = 0
  for (let i = from; i < to; i += step) {
    if (!(Math.abs(lead[i]! - levelMv) < reachMv)) continue
    near += 1
    if (near >= enough) return true
  }
  return false
}

function sumSecond(lead: Float32Array, from: number, to: number): SecondSums {
  let sum = 0
  let sumOfSquares = 0
  let count = 0
  for (let i = from; i < to; i += 1) {
    const value = lead[i]!
    if (value - value !== 0) continue
    sum += value
    sumOfSquares += value * value
    count += 1
  }
  return { sum, sumOfSquares, count }
}
