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
  const scratch = new Float64Array(Math.ceil(rateHz) + 1)
  return secondsOf(lead, rateHz, remainder).map(([from, to]) => measureSecond(lead, from, to, rateHz, scratch))
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

function measureSecond(
  lead: Float32Array,
  from: number,
  to: number,
  rateHz: number,
  scratch: Float64Array,
): LeadSecond {
  const reach = Math.max(1, Math.round(BEND_S * rateHz))
  const noiseStep = Math.max(1, Math.floor(NOISE_STEP_S * rateHz))
  const end = Math.min(to, lead.length - reach)
  let found = 0
  for (let i = Math.max(reach, from); i < end; i += noiseStep) {
    const bend = lead[i]! - (lead[i - reach]! + lead[i + reach]!) / 2
    // NaN and the infinities alone do not cancel.
    if (bend - bend === 0) scratch[found++] = Math.abs(bend)
  }
  const noiseMv = found > 0 ? medianInPlace(scratch.subarray(0, found)) : 0

  const baselineStep = Math.max(1, Math.floor(BASELINE_STEP_S * rateHz))
  found = 0
  for (let i = from; i < to; i += baselineStep) {
    const value = lead[i]!
    if (value - value === 0) scratch[found++] = value
  }
  return { noiseMv, baselineMv: found > 0 ? medianInPlace(scratch.subarray(0, found)) : 0 }
}

function sumSecond(lead: Float32Array, from: number, to: number): SecondSums {
  let [sum, sumOfSquares, count] = [0, 0, 0]
  for (let i = from; i < to; i += 1) {
    const value = lead[i]!
    if (value - value !== 0) continue
    sum += value
    sumOfSquares += value * value
    count += 1
  }
  return { sum, sumOfSquares, count }
}
