import { median } from '../preprocessing/median.ts'
import { firstComponent, spatialVelocity } from './spatial.ts'

/** From the P wave's onset to the QRS complex: the longest PR interval that is looked for. */
const LONGEST_PR_S = 0.32
/** Changes between stretches of this length: a P wave is quick for it, a U wave or the end of a T wave is not. */
const STRETCH_S = 0.016
/** The slope of the QRS complex itself reaches so far before its onset. */
const QRS_MARGIN_S = 0.018
/** Share of the greatest velocity that is still P wave, and how long it may fall below: at the top, or between two humps. */
const SHARE = 0.2
const LONGEST_PAUSE_S = 0.034
/** What noise reaches at times, in units of its quiet half. */
const NOISE_PEAK = 2.2
/** No P wave lasts longer or less. */
const [SHORTEST_S, LONGEST_S] = [0.035, 0.17]
const NOISE_FACTOR = 4
const SMALLEST_MV = 0.03
/**
 * Fibrillation makes waves before the QRS complex too, but not the same before every beat: least median likeness, and
 * the one that is asked for where the rhythm is as irregular as in fibrillation.
 */
const LEAST_LIKENESS = 0.5
const LIKENESS_IF_IRREGULAR = 0.92
/** Median change from one RR interval to the next, as a share of the interval. */
const IRREGULAR = 0.07

export interface PWave {
  onset: number
  offset: number
}

export interface PSearch {
  /** Independent leads of the median beat, zero at the QRS onset, mV. */
  leads: readonly Float64Array[]
  /** Sample of the QRS onset. */
  qrsOnset: number
  /** Sample at which the previous beat's T wave ends, by the rhythm. */
  previousEnd: number
  noiseMv: number
  rateHz: number
  /** The leads of the recording, and where its beats begin. */
  recording: readonly Float32Array[]
  starts: readonly number[]
}

/**
 * The P wave over all leads: the quickest stretch before the QRS complex by the spatial velocity, from where it first
 * rises above a share of its maximum to where it last falls below.
 *
 * @returns null where no wave stands out of the noise, or not the same one before most beats
 */
export function findPWave({ leads, qrsOnset, previousEnd, noiseMv, rateHz, recording, starts }: PSearch): PWave | null {
  const to = Math.floor(qrsOnset - QRS_MARGIN_S * rateHz)
  const from = Math.ceil(Math.max(2 * STRETCH_S * rateHz, previousEnd, qrsOnset - LONGEST_PR_S * rateHz))
  if (to - from < SHORTEST_S * rateHz) return null
  const velocity = spatialVelocity(leads, rateHz, STRETCH_S)
  let top = from
  for (let i = from; i <= to; i += 1) if (velocity[i]! > velocity[top]!) top = i
  const quiet = median(
    velocity
      .subarray(from, to + 1)
      .toSorted()
      .subarray(0, Math.max(4, (to - from) >> 2)),
  )
  const limit = Math.max(quiet + SHARE * (velocity[top]! - quiet), NOISE_PEAK * quiet)
  const span = { from: reach(velocity, top, from, limit, rateHz), to: reach(velocity, top, to, limit, rateHz) }
  const length = span.to - span.from
  if (length < SHORTEST_S * rateHz || length > LONGEST_S * rateHz) return null
  const level = leads.map((lead) => withoutLine(lead, Math.round(span.from), Math.round(span.to)))
  const { wave, weights } = firstComponent(level, Math.round(span.from), Math.round(span.to))
  const height = wave
    .subarray(Math.round(span.from), Math.round(span.to))
    .reduce((most, value) => Math.max(most, value), 0)
  if (height < Math.max(SMALLEST_MV, NOISE_FACTOR * noiseMv)) return null
  const asked = irregularity(starts) > IRREGULAR ? LIKENESS_IF_IRREGULAR : LEAST_LIKENESS
  if (likeness(wave, weights, span, recording, starts) < asked) return null
  return { onset: span.from, offset: span.to }
}

/** From the top towards the bound, to where the velocity falls below the limit for longer than a pause. */
function reach(velocity: Float64Array, top: number, bound: number, limit: number, rateHz: number): number {
  const step = bound < top ? -1 : 1
  const longest = Math.round(LONGEST_PAUSE_S * rateHz)
  let last = top
  for (let i = top; step * (bound - i) >= 0 && step * (i - last) <= longest; i += step)
    if (velocity[i]! > limit) last = i
  const [above, below] = [velocity[last]!, velocity[last + step]!]
  return above > below && last !== bound ? last + step * Math.min(1, (above - limit) / (above - below)) : last
}

/** The values less the straight line between those at both ends of the span. */
function withoutLine(values: Float64Array, from: number, to: number): Float64Array {
  const [a, b] = [values[from]!, values[to]!]
  return values.map((value, i) => value - a - ((b - a) * (i - from)) / Math.max(1, to - from))
}

function irregularity(starts: readonly number[]): number {
  const intervals = starts.slice(1).map((start, k) => start - starts[k]!)
  return median(intervals.slice(1).map((interval, k) => Math.abs(interval - intervals[k]!))) / median(intervals)
}

/** Median over beats of the correlation of the single beat with the median one within the wave. */
function likeness(
  wave: Float64Array,
  weights: readonly number[],
  span: { from: number; to: number },
  recording: readonly Float32Array[],
  starts: readonly number[],
): number {
  const [from, to] = [Math.round(span.from), Math.round(span.to)]
  return median(
    starts.map((start) => {
      const single = new Float64Array(wave.length)
      for (const [k, lead] of recording.entries()) {
        for (let i = from; i <= to; i += 1) single[i]! += weights[k]! * lead[start + i]!
      }
      const standing = withoutLine(single, from, to)
      let [dot, a, b] = [0, 0, 0]
      for (let i = from; i <= to; i += 1) {
        dot += standing[i]! * wave[i]!
        a += standing[i]! ** 2
        b += wave[i]! ** 2
      }
      return dot / Math.sqrt(Math.max(a * b, 1e-12))
    }),
  )
}
