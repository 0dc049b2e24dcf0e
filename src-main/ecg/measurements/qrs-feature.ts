import { median, mostAreBelow } from '../preprocessing/median.ts'
import type { WorkingLeads } from './working-leads.ts'

/** Long enough to hold a beat of the slowest rhythm, 30 beats per minute. */
const BLOCK_S = 2
/** Bends compare three neighbouring stretches of this length: sharp in a QRS complex, slight in P and T waves. */
const BEND_S = 0.02
const SMOOTHING_S = 0.05
/** A lead that never bends by more than this has no QRS complex, mV. */
const SMALLEST_BEND_MV = 0.005
/** No single lead counts for more than this many of its own typical QRS bends: an artefact in one lead is no beat. */
const CLIP = 1.5
/** Sharpest over median bend: below LOW a lead is noise, above HIGH it shows every beat clearly. */
const [LOW_CONTRAST, HIGH_CONTRAST] = [5, 15]
const LEAST_WEIGHT = 0.02

export interface QrsFeature {
  /** About 1 in a QRS complex, near 0 between; one value per working sample. */
  values: Float64Array
  /** Trust in each lead, 0 … 1. */
  weights: number[]
}

/**
 * Agreement of the leads that something as sharp as their QRS complexes happens: the weighted mean over leads of
 * |bend| in units of the lead's own typical QRS bend, clipped, smoothed twice over 50 ms.
 */
export function qrsFeature({ leads, rateHz }: WorkingLeads): QrsFeature {
  const length = leads[0]?.length ?? 0
  const sum = new Float64Array(length)
  const width = Math.max(1, Math.round(BEND_S * rateHz)) | 1
  const block = Math.round(BLOCK_S * rateHz)
  let total = 0
  const bend = new Float64Array(length)
  const sums = new Float64Array(length + 1)
  const weights = leads.map((lead) => {
    absoluteBend(lead, width, sums, bend)
    const sharpest = median(blockMaxima(bend, block))
    if (!(sharpest >= SMALLEST_BEND_MV)) return 0
    const weight = trustIn(bend, sharpest)
    for (let i = 0; i < length; i += 1) sum[i]! += weight * Math.min(CLIP, bend[i]! / sharpest)
    total += weight
    return weight
  })
  if (total > 0) for (let i = 0; i < length; i += 1) sum[i]! /= total
  const span = Math.max(1, Math.round(SMOOTHING_S * rateHz)) | 1
  return { values: smooth(smooth(sum, span), span), weights }
}

/** How clearly a lead shows its beats, 0.02 … 1. */
function trustIn(bend: Float64Array, sharpest: number): number {
  // Most leads show every beat clearly; to see that needs no median. The margin is that of rounding.
  if (mostAreBelow(bend, (sharpest / HIGH_CONTRAST) * (1 - 1e-9))) return 1
  const contrast = sharpest / Math.max(median(bend), 1e-9)
  const trust = (contrast - LOW_CONTRAST) / (HIGH_CONTRAST - LOW_CONTRAST)
  return Math.min(1, Math.max(LEAST_WEIGHT, trust))
}

/** Largest value of each block; a remainder shorter than a block belongs to the block before it. */
export function blockMaxima(values: Float64Array, block: number): Float64Array {
  const count = Math.max(1, Math.floor(values.length / block))
  const maxima = new Float64Array(count)
  for (let k = 0; k < count; k += 1) {
    const end = k === count - 1 ? values.length : (k + 1) * block
    let highest = 0
    for (let i = k * block; i < end; i += 1) if (values[i]! > highest) highest = values[i]!
    maxima[k] = highest
  }
  return maxima
}

/**
 * |mean before − 2 · mean at i + mean after| over three neighbouring stretches of `width` samples (odd); 0 where they
 * leave the lead.
 *
 * @param sums  scratch of lead.length + 1, of which the first stays 0
 * @param bend  receives the result; its ends stay 0
 */
function absoluteBend(lead: Float64Array, width: number, sums: Float64Array, bend: Float64Array): void {
  let sum = 0
  for (let i = 0; i < lead.length; i += 1) {
    sum += lead[i]!
    sums[i + 1] = sum
  }
  const half = width >> 1
  const reach = half + width
  for (let i = reach; i < lead.length - reach; i += 1) {
    const left = sums[i - half]!
    const right = sums[i + half + 1]!
    bend[i] = Math.abs(sums[i + reach + 1]! - 3 * right + 3 * left - sums[i - reach]!) / width
  }
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
