import { AppError } from '../../../src-preload/contract/errors.ts'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import { halvedLength } from './half-band.ts'
import { createLeadKernel } from './kernel/lead-kernel.ts'
import { amplitudeOf, CONSTANT_RANGE_MV } from './scale.ts'
import { beatPeriodSamples } from './trend.ts'

export const PREPROCESSING_RATE_HZ = 500
export const ENCODER_RATE_HZ = 250
/** Nine seconds at 250 Hz: what the encoder sees of each lead. */
export const ENCODER_SAMPLES = 2250

/** One ECG as the encoders take it; docs/model-pack.md, "Graphs". */
export interface EncoderInput {
  /** [12, 2250], leads in canonical order, each scaled to [−1, 1]. */
  ecg: Float32Array
  /** [12], log10(max − min) in mV of the same samples before scaling, at least −3. */
  amplitude: Float32Array
}

/**
 * Prepares one recording for the encoder. In float64, per lead:
 *
 * 1. subtract the moving average over one beat, P = ⌊30000/heart rate⌋ samples, heart rate clamped to 30–220, ends held
 * 2. db6 wavelet, mode symmetric, level 4, all details soft-thresholded by median(|cD1|)/0.6745·√(2 ln N)
 * 3. Savitzky–Golay, window 11, order 3, edges `interp`
 * 4. half-band low-pass of 63 taps, edges held, every second sample from the first on: ⌈N/2⌉ samples
 * 5. centre crop of 2250: from index ⌊(⌈N/2⌉ − 2250)/2⌋, which is 125 for N = 5000
 * 6. min–max to [−1, 1]; a range of at most 1e-6 mV gives 0. Then float32
 *
 * One by one they are `removeTrend`, `denoise`, `savitzkyGolay`, `halveRate` and `scaleLead`, written out to be read and
 * held against other software. Here they run as one compiled kernel, three times as fast, which is held against them.
 *
 * @param leadsMv       12 leads in canonical order at 500 Hz, finite, of one length N: 4499 … 5000
 * @param heartRateBpm  finite
 * @throws AppError `ecg/too-short` where N is less than nine seconds
 * @see models.md section b, steps 3–7
 */
export function toEncoderInput(leadsMv: readonly (Float32Array | Float64Array)[], heartRateBpm: number): EncoderInput {
  const length = leadsMv[0]?.length ?? 0
  const halved = halvedLength(length)
  if (halved < ENCODER_SAMPLES) {
    throw new AppError(
      'ecg/too-short',
      `The models need 9 seconds of every lead; ${(length / PREPROCESSING_RATE_HZ).toFixed(1)} s were given.`,
    )
  }
  const period = beatPeriodSamples(heartRateBpm)
  const from = cropStart(halved)
  const ecg = new Float32Array(LEAD_NAMES.length * ENCODER_SAMPLES)
  const amplitude = new Float32Array(LEAD_NAMES.length)
  prepareLead ??= createLeadKernel()
  for (let lead = 0; lead < LEAD_NAMES.length; lead += 1) {
    const { scaled, rangeMv } = prepareLead(leadsMv[lead]!, period, from)
    if (rangeMv > CONSTANT_RANGE_MV) ecg.set(scaled, lead * ENCODER_SAMPLES)
    amplitude[lead] = amplitudeOf(rangeMv)
  }
  return { ecg, amplitude }
}

/** First of the halved samples that the encoder sees. */
const cropStart = (halved: number): number => Math.floor((halved - ENCODER_SAMPLES) / 2)

/**
 * When, in seconds of the recording, what the encoder sees of it begins.
 *
 * @param window  the screened stretch of the recording, nine to ten seconds
 */
export function encoderStartS({ startS, durationS }: { startS: number; durationS: number }): number {
  const length = Math.min(5000, Math.ceil(durationS * PREPROCESSING_RATE_HZ))
  return startS + cropStart(halvedLength(length)) / ENCODER_RATE_HZ
}

/** Made with the first recording: the processes that only ask for the numbers above need none. */
let prepareLead: ReturnType<typeof createLeadKernel> | undefined
