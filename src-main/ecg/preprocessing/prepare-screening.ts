import type { ScreenedWindow, Warning } from '../../../src-preload/contract/ecg.ts'
import { examineEcg, type DeviceFindings, type ExaminedEcg } from '../quality/examine.ts'
import { WINDOW_S, type ChosenWindow } from '../quality/window.ts'
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

/**
 * Everything between the twelve leads and the encoder: quality, the best ten seconds, 500 Hz, preprocessing.
 *
 * The window is chosen at the recording's own rate and then resampled together with the signal around it, so that its
 * ends are no ends to the resampling filter. A recording of nine to ten seconds is used as it is: no signal is invented.
 *
 * @param waveform  12 leads, mV, at any rate; non-finite samples mark missing ones
 * @param device    what the device measured and said, if the file has it
 * @param examined  what its signal allows, if it was looked at before
 * @throws AppError `ecg/too-short`, `quality/no-rhythm`, and the other `quality/…` by which a recording fails
 */
export function prepareScreening(
  waveform: EcgWaveform,
  device: DeviceFindings = {},
  { window: chosen, beats: { peaks }, bridged, heartRateBpm, refusal, marks }: ExaminedEcg = examineEcg(
    waveform,
    device,
  ),
): PreparedEcg {
  if (refusal || !chosen || heartRateBpm === null) throw refusal
  return {
    ...toEncoderInput(windowAt500Hz(bridged, chosen, waveform.rateHz), heartRateBpm),
    window: { startS: chosen.startS, durationS: chosen.durationS },
    heartRateBpm,
    rPeaksS: Float64Array.from(peaks, (peak) => peak / waveform.rateHz),
    marks,
  }
}

function windowAt500Hz(
  leads: readonly Float32Array[],
  { from, to }: ChosenWindow,
  rateHz: number,
): (Float32Array | Float64Array)[] {
  if (rateHz === PREPROCESSING_RATE_HZ) return leads.map((lead) => lead.subarray(from, to))
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
