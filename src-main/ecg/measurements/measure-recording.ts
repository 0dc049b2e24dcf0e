import type { LeadName, ScreenedWindow } from '../../../src-preload/contract/ecg.ts'
import type { DeviceInterpretation, MeasuredEcg } from '../../../src-preload/contract/measurements.ts'
import { bridgeGaps } from '../quality/gaps.ts'
import { measureEcg } from './measure-ecg.ts'
import { nothingMeasured } from './nothing-measured.ts'
import { detectBeatsInLeads } from './r-peaks.ts'

/** A recording without a screened window is measured over its beginning. */
const LONGEST_MEASURED_S = 30
const INDEPENDENT: readonly LeadName[] = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6']

/**
 * Measures a recording over its screened window, or where there is none over its first 30 s.
 *
 * @param waveform  standard leads in mV at the recording's rate; without all twelve only the rate is measured
 * @param device    what the device wrote into the file
 */
export function measureRecording(
  waveform: { rateHz: number; leads: readonly { name: LeadName; samplesMv: Float32Array }[] },
  window: ScreenedWindow | null,
  device: DeviceInterpretation = { values: {}, statements: [] },
): MeasuredEcg {
  const { rateHz } = waveform
  const given = waveform.leads.filter(({ name }) => INDEPENDENT.includes(name)).map(({ samplesMv }) => bridgeGaps(samplesMv, rateHz)) // prettier-ignore
  const { peaks } = detectBeatsInLeads(given, rateHz)
  const rPeaksS = peaks.map((peak) => peak / rateHz)
  const from = Math.round((window?.startS ?? 0) * rateHz)
  const to = from + Math.round((window?.durationS ?? LONGEST_MEASURED_S) * rateHz)
  const inside = peaks.filter((peak) => peak >= from && peak < to).map((peak) => peak - from)
  if (given.length < INDEPENDENT.length) {
    const { medianBeat, ...ours } = nothingMeasured('leads-missing', inside, rateHz)
    return { measurements: { ...ours, device }, medianBeat, rPeaksS }
  }
  const { medianBeat, ...ours } = measureEcg(given.map((lead) => lead.subarray(from, to)), inside, rateHz) // prettier-ignore
  return { measurements: { ...ours, device }, medianBeat, rPeaksS }
}
