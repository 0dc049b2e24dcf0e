import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { LeadName } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { LeadQuality, LeadReason } from '../../../src-preload/contract/quality.ts'
import type { EcgWaveform } from '../recording.ts'
import { median } from '../preprocessing/median.ts'
import { isClearlyQuiet, measureSeconds } from './lead-seconds.ts'
import { leadMoments, type LeadMoments } from './moments.ts'

/** A lead whose samples deviate less than this (standard deviation) is not connected, mV. */
export const FLAT_DEVIATION_MV = 0.002

/** Muscle noise and mains hum: well above clean recordings (up to 0.02 mV); what hides P waves and more, mV. */
const NOISE_MV = { limited: 0.05, fail: 0.2 }
const WANDER_MV = { limited: 1, fail: 4 }
/** A slow rhythm may stand still for more than a second in a simulated or strongly smoothed recording. */
const STILL_S = { limited: 2, fail: 5 }
/** Only rails of an amplifier hold a value this large for several samples; the top of a T wave does not reach it. */
const RAIL_MV = 3
const RAIL_S = 0.008
const CLIPPED_S = { limited: 0.05, fail: 0.5 }

/**
 * What is wrong with each lead of a window.
 *
 * - flat (fail): standard deviation below 2 µV
 * - missing: any NaN or infinite sample (fail); exactly the same value for 2 s (limited) or 5 s (fail) and more
 * - clipped: its highest or lowest value, of 3 mV or more, held for 8 ms and more, 0.05 s (limited) or 0.5 s (fail) in all
 * - noise: muscle noise or mains hum above 0.05 mV (limited) or 0.2 mV (fail) in most seconds
 * - baseline: it ranges over more than 1 mV (limited) or 4 mV (fail)
 *
 * @param leadsMv  12 leads in canonical order, of one length
 * @param moments  of these leads
 */
export function assessLeads(
  leadsMv: readonly Float32Array[],
  rateHz: number,
  moments: readonly LeadMoments[] = leadsMv.map(leadMoments),
): LeadQuality[] {
  return LEAD_NAMES.map((name, k) => {
    const found = findingsOf(leadsMv[k]!, moments[k]!, rateHz)
    const verdict = found.some((each) => each.verdict === 'fail') ? 'fail' : found.length > 0 ? 'limited' : 'pass'
    return { name, verdict, reasons: found.map(({ reason }) => reason) }
  })
}

/**
 * Refuses leads that hold nothing in the whole recording: flat, or not a number for more than half of it.
 *
 * @param moments  of all leads of the recording, in canonical order
 * @throws AppError `quality/lead-flat` naming all such leads
 */
export function requireSignal(
  { leadsMv }: EcgWaveform,
  moments: readonly LeadMoments[] = LEAD_NAMES.map((name) => leadMoments(leadsMv[name])),
): void {
  const empty = LEAD_NAMES.filter((name, k) => {
    const { count, variance } = moments[k]!
    return count < leadsMv[name].length / 2 || !(variance >= FLAT_DEVIATION_MV ** 2)
  })
  if (empty.length > 0) throw flatLeads(empty)
}

/** The refusal of leads without signal. */
export const flatLeads = (names: readonly LeadName[]): AppError =>
  new AppError(
    'quality/lead-flat',
    `No signal in ${names.join(', ')}: flat, blank or not a number. Check the electrodes and cables and record the ECG again.`,
  )

interface Finding {
  reason: LeadReason
  verdict: 'limited' | 'fail'
}

function findingsOf(lead: Float32Array, { count, variance, lowest, highest }: LeadMoments, rateHz: number): Finding[] {
  if (count < lead.length) return [{ reason: 'missing', verdict: 'fail' }]
  if (variance < FLAT_DEVIATION_MV ** 2) return [{ reason: 'flat', verdict: 'fail' }]

  const rails = [lowest, highest].filter((value) => Math.abs(value) >= RAIL_MV)
  return [
    ...judge('missing', longestStill(lead, Math.ceil(STILL_S.limited * rateHz)) / rateHz, STILL_S),
    ...judge('clipped', rails.length > 0 ? samplesOnRails(lead, rails, rateHz) / rateHz : 0, CLIPPED_S),
    ...noiseAndBaseline(lead, rateHz),
  ]
}

function noiseAndBaseline(lead: Float32Array, rateHz: number): Finding[] {
  if (isClearlyQuiet(lead, rateHz, { limitMv: NOISE_MV.limited, rangeMv: WANDER_MV.limited })) return []
  const seconds = measureSeconds(lead, rateHz, false)
  const baseline = seconds.map(({ baselineMv }) => baselineMv)
  return [
    ...judge('noise', median(seconds.map(({ noiseMv }) => noiseMv)), NOISE_MV),
    ...judge('baseline', Math.max(...baseline) - Math.min(...baseline), WANDER_MV),
  ]
}

function judge(reason: LeadReason, value: number, { limited, fail }: { limited: number; fail: number }): Finding[] {
  return value >= limited ? [{ reason, verdict: value >= fail ? 'fail' : 'limited' }] : []
}

/** Samples for which one value is held, where it is for `least` and more; else 0. */
function longestStill(lead: Float32Array, least: number): number {
  // So long a run covers two neighbours of a coarse grid: elsewhere nothing needs to be counted.
  const step = Math.max(1, least >> 1)
  let longest = 0
  for (let i = 0; i + step < lead.length; i += step) {
    if (lead[i] !== lead[i + step]) continue
    let [from, to] = [i, i]
    while (from > 0 && lead[from - 1] === lead[i]) from -= 1
    while (to + 1 < lead.length && lead[to + 1] === lead[i]) to += 1
    longest = Math.max(longest, to - from + 1)
    i = Math.max(i, to - step)
  }
  return longest >= least ? longest : 0
}

/** Samples in long runs at the lowest or the highest value. */
function samplesOnRails(lead: Float32Array, rails: readonly number[], rateHz: number): number {
  const least = Math.max(3, RAIL_S * rateHz)
  let onRails = 0
  for (let i = 0; i < lead.length;) {
    const value = lead[i]!
    let end = i + 1
    while (end < lead.length && lead[end] === value) end += 1
    if (end - i >= least && rails.includes(value)) onRails += end - i
    i = end
  }
  return onRails
}
