import { median, medianInPlace } from '../preprocessing/median.ts'
import type { WorkingLeads } from './working-leads.ts'

/** How far the R peak may lie from the middle of the sharp part of a beat. */
const REACH_S = 0.07
const BASELINE_REACH_S = 0.2
/** No lead counts for more than this at one moment, in units of its own typical QRS power. */
const CLIP = 1.5

/**
 * Moves each beat to its R peak: the largest deflection of the leads together within 70 ms, refined by a parabola.
 *
 * Each lead counts by its deflection from the median around the beat, squared, in units of its typical QRS height, so
 * that leads with small complexes take part and an artefact in one lead decides nothing.
 *
 * @param weights  trust in each lead
 * @param beats    in working samples
 * @returns        in samples of the recording; without beats that the start or end of the recording cuts in two
 */
export function placeOnR(
  { leads, rateHz, factor }: WorkingLeads,
  weights: readonly number[],
  beats: readonly number[],
): number[] {
  const reach = Math.round(REACH_S * rateHz)
  const baselineReach = Math.round(BASELINE_REACH_S * rateHz)
  const length = leads[0]?.length ?? 0
  const stretch = (beat: number): Float64Array =>
    new Float64Array(Math.min(length, beat + reach + 1) - Math.max(0, beat - reach))
  const powers = beats.map(stretch)
  const deflections = beats.map(stretch)
  const scratch = new Float64Array(2 * baselineReach + 1)
  for (const [k, lead] of leads.entries()) {
    const weight = weights[k]!
    if (weight === 0) continue
    const highest = beats.map((beat, n) => {
      const baseline = baselineAround(lead, beat, baselineReach, scratch)
      return deflect(lead, Math.max(0, beat - reach), baseline, deflections[n]!)
    })
    const typical = median(highest)
    for (const [n, values] of deflections.entries()) addPower(powers[n]!, values, weight, typical)
  }
  return beats.flatMap((beat, n) => {
    const power = powers[n]!
    let best = 0
    for (let i = 1; i < power.length; i += 1) if (power[i]! > power[best]!) best = i
    const at = Math.max(0, beat - reach) + best
    if (at === 0 || at === length - 1) return []
    // A working sample is the mean of `factor` samples: its time is their middle.
    return [Math.max(0, Math.round((at + vertex(power, best)) * factor + (factor - 1) / 2))]
  })
}

/** Median of the lead around a beat, as far as the lead goes. */
function baselineAround(lead: Float64Array, beat: number, reach: number, scratch: Float64Array): number {
  const from = Math.max(0, beat - reach)
  const to = Math.min(lead.length, beat + reach + 1)
  for (let i = from; i < to; i += 1) scratch[i - from] = lead[i]!
  return medianInPlace(scratch.subarray(0, to - from))
}

/** Writes |lead − baseline| from a sample on, and gives the largest. */
function deflect(lead: Float64Array, from: number, baseline: number, values: Float64Array): number {
  let highest = 0
  for (let i = 0; i < values.length; i += 1) {
    const value = Math.abs(lead[from + i]! - baseline)
    values[i] = value
    if (value > highest) highest = value
  }
  return highest
}

function addPower(power: Float64Array, values: Float64Array, weight: number, typical: number): void {
  for (let i = 0; i < values.length; i += 1) power[i]! += weight * Math.min(CLIP, (values[i]! / typical) ** 2)
}

/** Where between its neighbours the parabola through a maximum has its top, −½ … ½. */
function vertex(values: Float64Array, i: number): number {
  const [before, at, after] = [values[i - 1], values[i]!, values[i + 1]]
  if (before === undefined || after === undefined) return 0
  const curvature = before - 2 * at + after
  return curvature < 0 ? (before - after) / (2 * curvature) : 0
}
