import type { EcgWaveform } from '../recording.ts'
import { median, smallest } from '../preprocessing/median.ts'
import { blockMaxima, qrsFeature } from './qrs-feature.ts'
import { placeOnR } from './place-on-r.ts'
import { independentLeads, toWorkingLeads, type WorkingLeads } from './working-leads.ts'

/** Two beats are never closer: 300 beats per minute. */
const REFRACTORY_S = 0.2
/** Within this time of a beat a bump of less than half its height is its T wave. */
const T_WAVE_S = 0.36
const T_WAVE_RATIO = 0.5
/** Share of the local beat height that makes a beat, and that makes one where a beat is missing. */
const THRESHOLD = 0.35
const SEARCH_BACK_THRESHOLD = 0.25
const SEARCH_BACK_GAP = 1.66
/** Beats this many times higher than the quarter of the signal that is lowest are no chance of noise. */
const LEAST_CONTRAST = 2.5
const LEVEL_BLOCK_S = 2
/** A QRS complex changes for longer; the edge of a calibration pulse, with exactly flat signal around it, does not. */
const SHORTEST_QRS_S = 0.035
const STILL_MV = 1e-5

export interface DetectedBeats {
  /** R peaks as sample indices at the recording's own rate, ascending. */
  peaks: number[]
  /** Where all leads jump at once and then stand still: edges of a calibration pulse, switched leads. */
  steps: number[]
}

/**
 * R peaks of a 12-lead recording: for each QRS complex the moment at which the leads together are farthest from their
 * baseline. Pacemaker spikes, tall T waves and artefacts in a minority of leads are passed over.
 *
 * @returns sample indices at the recording's own rate, ascending; empty where no beats stand out
 */
export const detectRPeaks = (waveform: EcgWaveform): number[] => detectBeats(waveform).peaks

/** As {@link detectRPeaks}, with the steps that were taken for no beats. */
export const detectBeats = (waveform: EcgWaveform): DetectedBeats =>
  detectBeatsInLeads(independentLeads(waveform), waveform.rateHz)

/**
 * As {@link detectRPeaks}, for any leads that a file happens to have.
 *
 * @param leadsMv  one or more leads of one length, mV; non-finite samples are allowed
 */
export function detectBeatsInLeads(leadsMv: readonly Float32Array[], rateHz: number): DetectedBeats {
  const working = toWorkingLeads(leadsMv, rateHz)
  const { values, weights } = qrsFeature(working)
  if (values.length < working.rateHz) return { peaks: [], steps: [] }
  const levels = localLevels(values, working.rateHz)
  const first = pickBeats(values, levels, working.rateHz)
  if (!standOut(values, first)) return { peaks: [], steps: [] }
  const beats = searchBack(values, levels, first, working.rateHz)
  const isStep = beats.map((beat) => standsStill(working, beat))
  return {
    peaks: placeOnR(
      working,
      weights,
      beats.filter((_, k) => !isStep[k]),
    ),
    steps: beats.filter((_, k) => isStep[k]).map((beat) => beat * working.factor),
  }
}

/** Whether all leads stand exactly still around a beat but for a moment: a calibration pulse or a switched lead. */
function standsStill({ leads, rateHz }: WorkingLeads, beat: number): boolean {
  const reach = Math.round(0.08 * rateHz)
  let moving = 0
  for (let i = Math.max(1, beat - reach); i <= beat + reach; i += 1) {
    if (leads.some((lead) => Math.abs(lead[i]! - lead[i - 1]!) > STILL_MV)) moving += 1
  }
  return moving < SHORTEST_QRS_S * rateHz
}

/** Typical beat height around each 2 s block: median of seven blocks, never far below that of the whole recording. */
function localLevels(values: Float64Array, rateHz: number): (i: number) => number {
  const block = Math.round(LEVEL_BLOCK_S * rateHz)
  const maxima = blockMaxima(values, block)
  const overall = median(maxima)
  const levels = Float64Array.from(maxima, (_, k) =>
    Math.max(0.5 * overall, median(maxima.subarray(Math.max(0, k - 3), k + 4))),
  )
  return (i) => levels[Math.min(levels.length - 1, Math.floor(i / block))]!
}

function pickBeats(values: Float64Array, levels: (i: number) => number, rateHz: number): number[] {
  const refractory = REFRACTORY_S * rateHz
  const beats: number[] = []
  for (let i = 1; i < values.length - 1; i += 1) {
    const height = values[i]!
    if (height < values[i - 1]! || height <= values[i + 1]! || height < THRESHOLD * levels(i)) continue
    const previous = beats.at(-1)
    if (previous === undefined || i - previous > T_WAVE_S * rateHz) beats.push(i)
    else if (i - previous < refractory) {
      if (height > values[previous]!) beats[beats.length - 1] = i
    } else if (height >= T_WAVE_RATIO * values[previous]!) beats.push(i)
  }
  return beats
}

/** Whether the beats rise above the rest of the signal as beats do and noise does not. */
function standOut(values: Float64Array, beats: readonly number[]): boolean {
  if (beats.length === 0) return false
  const quiet = smallest(values.slice(), values.length >> 2)
  return median(beats.map((i) => values[i]!)) > LEAST_CONTRAST * quiet
}

/** Adds the highest bump of every gap that is too long for the rhythm, if there is one that could be a small beat. */
function searchBack(
  values: Float64Array,
  levels: (i: number) => number,
  beats: readonly number[],
  rateHz: number,
): number[] {
  if (beats.length < 3) return [...beats]
  const typical = median(beats.slice(1).map((beat, k) => beat - beats[k]!))
  const margin = Math.round(Math.max(T_WAVE_S * rateHz, 0.4 * typical))
  const found: number[] = []
  for (const [k, beat] of beats.entries()) {
    const next = beats[k + 1]
    found.push(beat)
    if (next === undefined || next - beat < SEARCH_BACK_GAP * typical) continue
    let best = -1
    for (let i = beat + margin; i <= next - margin; i += 1) if (best < 0 || values[i]! > values[best]!) best = i
    if (best >= 0 && values[best]! >= SEARCH_BACK_THRESHOLD * levels(best)) found.push(best)
  }
  return found
}
