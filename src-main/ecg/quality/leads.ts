import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { LeadName, Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgWaveform } from '../recording.ts'
import { median } from '../preprocessing/median.ts'
import { measureSeconds } from './lead-seconds.ts'
import { leadMoments } from './moments.ts'

/** A lead whose samples deviate less than this (standard deviation) is not connected, mV. */
export const FLAT_DEVIATION_MV = 0.002

/** Well above clean recordings (up to 0.02 mV) and below what hides a P wave. */
const NOISY_MV = 0.05
const WANDER_MV = 1
/** A slow rhythm may stand still for more than a second in a simulated or strongly smoothed recording. */
const STILL_S = 2
/** Only rails of an amplifier hold a value this large for several samples; the top of a T wave does not reach it. */
const RAIL_MV = 3
const RAIL_S = 0.008
const CLIPPED_S = 0.05

export type LeadFault = 'flat' | 'non-finite' | 'clipped' | 'noisy' | 'wander' | 'still'

export interface LeadAssessment {
  name: LeadName
  faults: LeadFault[]
}

/**
 * What is wrong with each lead of a window. `flat` and `non-finite` forbid a screening, the others are told beside it.
 *
 * - flat: standard deviation below 2 µV; non-finite: any NaN or infinite sample
 * - still: exactly the same value for two seconds and more, while the lead as a whole is not flat
 * - clipped: its highest or lowest value, of 3 mV or more, held for 8 ms and more, 50 ms in all
 * - noisy: muscle noise or mains hum above 0.05 mV in most seconds
 * - wander: a baseline that ranges over more than 1 mV
 *
 * @param leadsMv  12 leads in canonical order, of one length
 */
export function assessLeads(leadsMv: readonly Float32Array[], rateHz: number): LeadAssessment[] {
  return LEAD_NAMES.map((name, k) => ({ name, faults: faultsOf(leadsMv[k]!, rateHz) }))
}

/**
 * Refuses leads that hold nothing in the whole recording: flat, or not a number for more than half of it.
 *
 * @throws AppError `quality/lead-flat` naming all such leads
 */
export function requireSignal({ leadsMv }: EcgWaveform): void {
  const empty = LEAD_NAMES.filter((name) => {
    const { count, variance } = leadMoments(leadsMv[name])
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

function faultsOf(lead: Float32Array, rateHz: number): LeadFault[] {
  const { count, variance, lowest, highest } = leadMoments(lead)
  if (count < lead.length) return ['non-finite']
  if (variance < FLAT_DEVIATION_MV ** 2) return ['flat']

  const faults: LeadFault[] = []
  if (standsStill(lead, Math.ceil(STILL_S * rateHz))) faults.push('still')
  const rails = [lowest, highest].filter((value) => Math.abs(value) >= RAIL_MV)
  if (rails.length > 0 && samplesOnRails(lead, rails, rateHz) >= CLIPPED_S * rateHz) faults.push('clipped')
  const seconds = measureSeconds(lead, rateHz, false)
  const baseline = seconds.map(({ baselineMv }) => baselineMv)
  if (median(seconds.map(({ noiseMv }) => noiseMv)) > NOISY_MV) faults.push('noisy')
  if (Math.max(...baseline) - Math.min(...baseline) > WANDER_MV) faults.push('wander')
  return faults
}

/** Whether one value is held for `count` samples. */
function standsStill(lead: Float32Array, count: number): boolean {
  // So long a run covers two neighbours of a coarse grid: elsewhere nothing needs to be counted.
  const step = Math.max(1, count >> 1)
  for (let i = 0; i + step < lead.length; i += step) {
    if (lead[i] !== lead[i + step]) continue
    let [from, to] = [i, i]
    while (from > 0 && lead[from - 1] === lead[i]) from -= 1
    while (to + 1 < lead.length && lead[to + 1] === lead[i]) to += 1
    if (to - from + 1 >= count) return true
  }
  return false
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

const FAULT_MARKS: readonly { fault: LeadFault; code: string; message: (names: string) => string }[] = [
  {
    fault: 'noisy',
    code: 'quality/noisy',
    message: (names) => `Muscle noise or mains hum in ${names}: the result is less certain. Record again if possible.`,
  },
  {
    fault: 'wander',
    code: 'quality/baseline-wander',
    message: (names) =>
      `The baseline of ${names} moves by more than 1 mV. Check the electrodes; the result is less certain.`,
  },
  {
    fault: 'clipped',
    code: 'quality/clipped',
    message: (names) => `${names} reach the limit of the recorder: peaks are cut off and amplitudes too small.`,
  },
  {
    fault: 'still',
    code: 'quality/lead-interrupted',
    message: (names) =>
      `${names} stand still for two seconds or more, as when an electrode comes off. Record again if possible.`,
  },
]

/** The faults that do not forbid a screening, as marks for its result. */
export function leadMarks(assessments: readonly LeadAssessment[]): Warning[] {
  return FAULT_MARKS.flatMap(({ fault, code, message }) => {
    const names = assessments.filter(({ faults }) => faults.includes(fault)).map(({ name }) => name)
    return names.length > 0 ? [{ code, message: message(names.join(', ')) }] : []
  })
}
