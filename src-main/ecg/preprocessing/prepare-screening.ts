import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { ScreenedWindow, Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { heartRateBpm } from '../measurements/heart-rate.ts'
import { detectBeats, type DetectedBeats } from '../measurements/r-peaks.ts'
import { bridgeGaps } from '../quality/gaps.ts'
import { assessLeads, flatLeads, leadMarks, requireSignal } from '../quality/leads.ts'
import { requirePlausibleUnits } from '../quality/units.ts'
import { chooseWindow, requireDuration, WINDOW_S, type ChosenWindow } from '../quality/window.ts'
import type { EcgWaveform } from '../recording.ts'
import { PREPROCESSING_RATE_HZ, toEncoderInput, type EncoderInput } from './encoder-input.ts'
import { createResampler, resamplingFactors, resamplingReach } from './resample.ts'

/** A recording as the encoder takes it, with what was found on the way. */
export interface PreparedEcg extends EncoderInput {
  window: ScreenedWindow
  /** The rate whose beat sets the period of the trend: the device's own, else ours. */
  heartRateBpm: number
  /** R peaks of the whole recording, in seconds from its start. */
  rPeaksS: Float64Array
  /** What limits the result without forbidding it. */
  marks: Warning[]
}

/** Rates that a device may state; anything else is a filler such as 0 or 999. */
const STATED_RATE_BPM = [15, 320] as const
/** Our rate and the device's disagree when they differ by more than both of these. */
const RATE_DIFFERENCE = { bpm: 15, share: 0.2 }
/** A window may be this much shorter than ten seconds without a remark: some devices store 4998 samples. */
const FULL_WINDOW_TOLERANCE_S = 0.05

/**
 * Everything between the twelve leads and the encoder: checks, the best ten seconds, 500 Hz, preprocessing.
 *
 * The window is chosen at the recording's own rate and then resampled together with the signal around it, so that its
 * ends are no ends to the resampling filter. A recording of nine to ten seconds is used as it is: no signal is invented.
 *
 * @param waveform  12 leads, mV, at any rate; non-finite samples mark missing ones
 * @param measured  what the device measured, if the file says
 * @throws AppError `ecg/too-short`, `quality/lead-flat`, `quality/gap`, `quality/units-implausible`, `quality/no-rhythm`
 */
export function prepareScreening(
  waveform: EcgWaveform,
  measured: { measuredHeartRateBpm?: number | undefined } = {},
): PreparedEcg {
  requireDuration(waveform)
  requireSignal(waveform)
  const beats = detectBeats(waveform)
  const { peaks } = beats
  const chosen = chooseWindow(waveform, beats)
  const bridged = LEAD_NAMES.map((name) => bridgeGaps(waveform.leadsMv[name], waveform.rateHz))
  const native = bridged.map((lead) => lead.subarray(chosen.from, chosen.to))
  const assessments = assessLeads(native, waveform.rateHz)
  const dead = assessments.filter(({ faults }) => faults.includes('flat') || faults.includes('non-finite'))
  if (dead.length > 0) throw flatLeads(dead.map(({ name }) => name))
  requirePlausibleUnits(native)

  const stated = statedRate(measured.measuredHeartRateBpm)
  const own = ownRate(peaks, chosen, waveform.rateHz)
  const rate = stated ?? own
  if (rate === null) {
    throw new AppError(
      'quality/no-rhythm',
      'No heartbeat could be found in these leads, and the file states no heart rate. Check that the file is a 12-lead ECG and record again if necessary.',
    )
  }
  return {
    ...toEncoderInput(windowAt500Hz(bridged, chosen, waveform.rateHz), rate),
    window: { startS: chosen.startS, durationS: chosen.durationS },
    heartRateBpm: rate,
    rPeaksS: Float64Array.from(peaks, (peak) => peak / waveform.rateHz),
    marks: [
      ...durationMarks(chosen),
      ...stepMarks(beats, chosen),
      ...leadMarks(assessments),
      ...rateMarks(stated, own),
    ],
  }
}

function statedRate(bpm: number | undefined): number | null {
  const [lowest, highest] = STATED_RATE_BPM
  return bpm !== undefined && bpm >= lowest && bpm <= highest ? bpm : null
}

/** Our rate of the window, else of the whole recording. */
function ownRate(peaks: readonly number[], { from, to }: ChosenWindow, rateHz: number): number | null {
  const inside = peaks.filter((peak) => peak >= from && peak < to)
  return heartRateBpm(inside, rateHz) ?? heartRateBpm(peaks, rateHz)
}

function windowAt500Hz(leads: readonly Float32Array[], { from, to }: ChosenWindow, rateHz: number): Float64Array[] {
  if (rateHz === PREPROCESSING_RATE_HZ) return leads.map((lead) => new Float64Array(lead.subarray(from, to)))
  const factors = resamplingFactors(rateHz, PREPROCESSING_RATE_HZ)
  const { up, down } = factors
  const count = Math.min(WINDOW_S * PREPROCESSING_RATE_HZ, Math.ceil(((to - from) * up) / down))
  // The signal before the window counts in whole steps of `down`, so that outputs fall on the window's own grid.
  const steps = Math.min(Math.floor(from / down), Math.ceil(resamplingReach(factors) / down))
  const resample = createResampler(factors)
  return leads.map((lead) => {
    const around = lead.subarray(from - steps * down, to + resamplingReach(factors) + 1)
    return resample(around).slice(steps * up, steps * up + count)
  })
}

function durationMarks({ durationS }: ChosenWindow): Warning[] {
  if (durationS >= WINDOW_S - FULL_WINDOW_TOLERANCE_S) return []
  return [
    {
      code: 'quality/short-recording',
      message: `The recording lasts ${durationS.toFixed(1)} s instead of ${WINDOW_S} s: all of it was used.`,
    },
  ]
}

function stepMarks({ steps }: DetectedBeats, { from, to }: ChosenWindow): Warning[] {
  if (!steps.some((step) => step >= from && step < to)) return []
  return [
    {
      code: 'quality/calibration-pulse',
      message: 'All leads jump at once within the ten seconds, as in a calibration pulse. Record again without it.',
    },
  ]
}

function rateMarks(stated: number | null, own: number | null): Warning[] {
  if (stated === null) return []
  if (own === null) {
    return [
      {
        code: 'quality/heart-rate-unconfirmed',
        message: `The file states ${Math.round(stated)} beats/min, but no regular beats were found. Check the recording.`,
      },
    ]
  }
  const difference = Math.abs(stated - own)
  if (difference <= Math.max(RATE_DIFFERENCE.bpm, RATE_DIFFERENCE.share * stated)) return []
  return [
    {
      code: 'quality/heart-rate-differs',
      message: `The file states ${Math.round(stated)} beats/min, ${Math.round(own)} were measured. Check the recording.`,
    },
  ]
}
