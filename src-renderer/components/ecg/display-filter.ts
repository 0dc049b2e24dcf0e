import type { Waveform } from '../../contract.ts'
import { filterBothWays, highPass, lowPass, notch, type Biquad } from './biquad.ts'

export const MAINS_HZ = [0, 50, 60] as const
export const LOW_PASS_HZ = [0, 150, 40] as const

/** What is filtered for the eye; 0 is off. Never reaches the models: they read the file in another process. */
export interface DisplayFilter {
  baseline: boolean
  mainsHz: (typeof MAINS_HZ)[number]
  lowPassHz: (typeof LOW_PASS_HZ)[number]
}

export const NO_FILTER: DisplayFilter = { baseline: false, mainsHz: 0, lowPassHz: 0 }

/** The usual bound of a diagnostic ECG without phase shift: no ST segment moves by more than 0.1 mV. */
export const BASELINE_HZ = 0.5
const NOTCH_Q = 20

export const isOff = ({ baseline, mainsHz, lowPassHz }: DisplayFilter): boolean =>
  !baseline && mainsHz === 0 && lowPassHz === 0

/** A copy with every lead filtered, without phase shift; gaps stay gaps. The same waveform where nothing is to be done. */
export function filterForDisplay(waveform: Waveform, filter: DisplayFilter): Waveform {
  const { rateHz } = waveform
  const stages: Biquad[] = []
  if (filter.baseline) stages.push(highPass(BASELINE_HZ, rateHz))
  // What lies above half the rate is not in the recording.
  if (filter.mainsHz > 0 && filter.mainsHz < rateHz / 2) stages.push(notch(filter.mainsHz, NOTCH_Q, rateHz))
  if (filter.lowPassHz > 0 && filter.lowPassHz < 0.4 * rateHz) stages.push(lowPass(filter.lowPassHz, rateHz))
  if (stages.length === 0) return waveform
  return {
    ...waveform,
    leads: waveform.leads.map((lead) => ({ ...lead, samplesMv: filterLead(lead.samplesMv, rateHz, stages) })),
  }
}

function filterLead(samplesMv: Float32Array, rateHz: number, stages: readonly Biquad[]): Float32Array {
  let held = samplesMv.find((value) => Number.isFinite(value)) ?? 0
  // A gap holds the value before it, so that the signal on both sides is filtered as one.
  const bridged = Float64Array.from(samplesMv, (value) => (Number.isFinite(value) ? (held = value) : held))
  let filtered: Float64Array = bridged
  for (const stage of stages) filtered = filterBothWays(filtered, stage, Math.round(2 * rateHz))
  return Float32Array.from(filtered, (value, i) => (Number.isFinite(samplesMv[i]!) ? value : NaN))
}
