import { median } from '../preprocessing/median.ts'
import type { WorkingLeads } from './working-leads.ts'

/** Long enough to hold a beat of the slowest rhythm, 30 beats per minute. */
const BLOCK_S = 2
/** Slopes are differences of neighbouring 20 ms: steep for a QRS complex, flat for P and T waves. */
const SLOPE_S = 0.02
const SMOOTHING_S = 0.05
/** A lead that never changes by more than this within 20 ms has no QRS complex, mV. */
const SMALLEST_SLOPE_MV = 0.005
/** No single lead counts for more than this many of its own typical QRS slopes: an artefact in one lead is no beat. */
const CLIP = 1.5
/** Steepest over median slope: below LOW a lead is noise, above HIGH it shows every beat clearly. */
const [LOW_CONTRAST, HIGH_CONTRAST] = [5, 15]
const LEAST_WEIGHT = 0.02

export interface QrsFeature {
  /** About 1 in a QRS complex, near 0 between; one value per working sample. */
  values: Float64Array
  /** Trust in each lead, 0 … 1. */
  weights: number[]
}

/**
 * Agreement of the leads that something as steep as their QRS complexes happens: the weighted mean over leads of
 * |slope| in units of the lead's own typical QRS slope, clipped, smoothed twice over 50 ms.
 */
export function qrsFeature({ leads, rateHz }: WorkingLeads): QrsFeature {
  const length = leads[0]?.length ?? 0
  const sum = new Float64Array(length)
  const reach = Math.max(1, Math.round(SLOPE_S * rateHz))
  const block = Math.round(BLOCK_S * rateHz)
  let total = 0
  const weights = leads.map((lead) => {
    const slope = absoluteSlope(lead, reach)
    const steepest = median(blockMaxima(slope, block))
    if (!(steepest >= SMALLEST_SLOPE_MV)) return 0
    const contrast = steepest / Math.max(median(slope), 1e-9)
    const trust = (contrast - LOW_CONTRAST) / (HIGH_CONTRAST - LOW_CONTRAST)
    const weight = Math.min(1, Math.max(LEAST_WEIGHT, trust))
    for (let i = 0; i < length; i += 1) sum[i]! += weight * Math.min(CLIP, slope[i]! / steepest)
    total += weight
    return weight
  })
  if (total > 0) for (let i = 0; i < length; i += 1) sum[i]! /= total
  const width = Math.max(1, Math.round(SMOOTHING_S * rateHz)) | 1
  return { values: smooth(smooth(sum, width), width), weights }
}

/** Largest value of each block; a remainder shorter than a block belongs to the block before it. */
export function blockMaxima(values: Float64Array, block: number): Float64Array {
  const count = Math.max(1, Math.floor(values.length / block))
  const maxima = new Float64Array(count)
  for (let i = 0; i < values.length; i += 1) {
    const k = Math.min(count - 1, Math.floor(i / block))
    if (values[i]! > maxima[k]!) maxima[k] = values[i]!
  }
  return maxima
}

/** |mean of the `reach` samples after i − mean of the `reach` samples before i|; 0 where they leave the lead. */
function absoluteSlope(lead: Float64Array, reach: number): Float64Array {
  const slope = new Float64Array(lead.length)
  let difference = 0
  for (let j = 1; j <= reach; j += 1) difference += (lead[reach + j] ?? 0) - (lead[reach - j] ?? 0)
  for (let i = reach; i < lead.length - reach; i += 1) {
    slope[i] = Math.abs(difference) / reach
    difference += lead[i + reach + 1]! - lead[i + 1]! - lead[i]! + lead[i - reach]!
  }
  return slope
}

/** Centred moving average of odd width; the ends average what there is. */
function smooth(x: Float64Array, width: number): Float64Array {
  const half = width >> 1
  const y = new Float64Array(x.length)
  let sum = 0
  for (let i = 0; i < Math.min(half, x.length); i += 1) sum += x[i]!
  for (let i = 0; i < x.length; i += 1) {
    if (i + half < x.length) sum += x[i + half]!
    if (i - half > 0) sum -= x[i - half - 1]!
    const first = Math.max(0, i - half)
    const last = Math.min(x.length - 1, i + half)
    y[i] = sum / (last - first + 1)
  }
  return y
}
