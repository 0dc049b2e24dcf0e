import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { LeadName } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { DetectedBeats } from '../measurements/r-peaks.ts'
import { median } from '../preprocessing/median.ts'
import type { EcgWaveform } from '../recording.ts'
import { findGaps, isLongGap } from './gaps.ts'
import { FLAT_DEVIATION_MV, flatLeads } from './leads.ts'
import { measureSeconds, sumSeconds, type LeadSecond, type SecondSums } from './lead-seconds.ts'

/** What a screening looks at, and the least it can do with. */
export const WINDOW_S = 10
export const SHORTEST_WINDOW_S = 9

/** Penalties begin above what clean recordings show, so that the earliest of several clean windows is taken. */
const NOISE_MV = { clean: 0.025, bad: 0.1 }
const BASELINE_JUMP_MV = { clean: 0.4, bad: 1 }
/** A beat this much early or late (share of the median interval) costs as much as one spoilt second of one lead. */
const IRREGULAR = 0.2
/** A calibration pulse spoils a second of all leads, and no rhythm is worth it. */
const STEP_PENALTY = 100
/** A window with fewer than two beats is worse than anything else. */
const NO_BEATS_PENALTY = 1000

export interface ChosenWindow {
  startS: number
  durationS: number
  /** The same in samples at the recording's rate. */
  from: number
  to: number
  /** 0 for a clean window; otherwise about how many lead-seconds of it are spoilt. */
  penalty: number
}

/** Refuses recordings of less than nine seconds. @throws AppError `ecg/too-short` */
export function requireDuration({ leadsMv, rateHz }: EcgWaveform): void {
  // Half a sample of tolerance: nine seconds need not be a whole number of samples.
  if (leadsMv.I.length + 0.5 >= SHORTEST_WINDOW_S * rateHz) return
  throw new AppError(
    'ecg/too-short',
    `The recording lasts ${(leadsMv.I.length / rateHz).toFixed(1)} s; a screening needs at least ${SHORTEST_WINDOW_S} s of all leads. Record the ECG again for ${WINDOW_S} s or more.`,
  )
}

/**
 * The best ten seconds of a recording; all of it where it lasts less.
 *
 * Windows start at every full second, and one ends at the last sample. A window with a lead that is flat or has a gap
 * of more than 40 ms is out. Of the others the one with the least penalty wins, the earliest where several are equal:
 * each second of each lead adds 0 … 1 for muscle noise and mains hum and 0 … 1 for a baseline that jumps, each beat that
 * comes early or late adds 1, a calibration pulse more than all of these. A clean window has penalty 0. It is chosen at the recording's own rate.
 *
 * @param beats  of the whole recording
 * @throws AppError `quality/lead-flat` or `quality/gap` where no window is usable, naming the leads
 */
export function chooseWindow(waveform: EcgWaveform, { peaks, steps }: DetectedBeats): ChosenWindow {
  const { rateHz, leadsMv } = waveform
  const length = leadsMv.I.length
  const windowLength = Math.min(length, Math.round(WINDOW_S * rateHz))
  const starts = windowStarts(length, windowLength, rateHz)
  // A single window has no others to be compared with; its leads are judged afterwards.
  const compared = starts.length > 1 ? LEAD_NAMES : []
  const seconds = compared.map((name) => measureSeconds(leadsMv[name], rateHz, true))
  const sums = compared.map((name) => sumSeconds(leadsMv[name], rateHz))
  const gaps = LEAD_NAMES.map((name) => findGaps(leadsMv[name]).filter((gap) => isLongGap(gap, rateHz)))
  const typicalInterval = median(peaks.slice(1).map((peak, k) => peak - peaks[k]!))

  let best: ChosenWindow | undefined
  const flat = new Set<LeadName>()
  const gapped = new Set<LeadName>()
  for (const from of starts) {
    const to = from + windowLength
    const [first, last] = [Math.floor(from / rateHz), Math.ceil(to / rateHz)]
    const inside = seconds.map((all) => all.slice(first, last))
    const broken = LEAD_NAMES.filter((_, k) => gaps[k]!.some((gap) => gap.from < to && gap.to > from))
    const still = compared.filter((name, k) => !broken.includes(name) && isFlat(sums[k]!.slice(first, last)))
    for (const name of broken) gapped.add(name)
    for (const name of still) flat.add(name)
    if (broken.length > 0 || still.length > 0) continue
    const stepped = steps.some((step) => step >= from && step < to) ? STEP_PENALTY : 0
    const rhythm = rhythmPenalty(peaks, from, to, typicalInterval)
    const shares = Array.from({ length: last - first }, (_, k) => {
      const second = (first + k) * rateHz
      return Math.max(0, Math.min(to, second + rateHz) - Math.max(from, second)) / rateHz
    })
    const penalty = inside.reduce((sum, all) => sum + leadPenalty(all, shares), stepped + rhythm)
    if (!best || penalty < best.penalty - 1e-9) {
      best = { startS: from / rateHz, durationS: windowLength / rateHz, from, to, penalty }
    }
  }
  if (best) return best
  if (flat.size > 0) throw flatLeads([...flat])
  throw new AppError(
    'quality/gap',
    `No ${WINDOW_S} s of this recording are complete: samples are missing for more than 40 ms in ${[...gapped].join(', ')}. Record the ECG again.`,
  )
}

function windowStarts(length: number, windowLength: number, rateHz: number): number[] {
  const last = length - windowLength
  const starts: number[] = []
  for (let s = 0; Math.round(s * rateHz) < last; s += 1) starts.push(Math.round(s * rateHz))
  return [...starts, last]
}

function isFlat(seconds: readonly SecondSums[]): boolean {
  let [sum, squares, count] = [0, 0, 0]
  for (const second of seconds) {
    sum += second.sum
    squares += second.sumOfSquares
    count += second.count
  }
  return count > 0 && squares / count - (sum / count) ** 2 < FLAT_DEVIATION_MV ** 2
}

/** @param shares  how much of each second the window holds, 0 … 1 */
function leadPenalty(seconds: readonly LeadSecond[], shares: readonly number[]): number {
  let penalty = 0
  for (const [k, { noiseMv, baselineMv }] of seconds.entries()) {
    penalty += shares[k]! * ramp(noiseMv, NOISE_MV)
    if (k === 0) continue
    const jump = Math.abs(baselineMv - seconds[k - 1]!.baselineMv)
    penalty += Math.min(shares[k]!, shares[k - 1]!) * ramp(jump, BASELINE_JUMP_MV)
  }
  return penalty
}

function rhythmPenalty(peaks: readonly number[], from: number, to: number, typicalInterval: number): number {
  const inside = peaks.filter((peak) => peak >= from && peak < to)
  if (inside.length < 2) return NO_BEATS_PENALTY
  const off = inside.slice(1).map((peak, k) => Math.abs(peak - inside[k]! - typicalInterval))
  return off.filter((difference) => difference > IRREGULAR * typicalInterval).length
}

/** 0 up to `clean`, 1 from `bad` on, straight between. */
const ramp = (value: number, { clean, bad }: { clean: number; bad: number }): number =>
  Math.min(1, Math.max(0, (value - clean) / (bad - clean)))
