import type { EncoderInput } from '../ecg/preprocessing/encoder-input.ts'

const LEADS = 12
/** Every lead is told to be another one, and no pair of leads changes places. */
const SHIFT = 5

/** The place that the signal of `lead` takes in the shuffled ECG. */
export const shuffledPlace = (lead: number): number => (lead + SHIFT) % LEADS

/** The same twelve signals, each under the name of another lead: the control that a map of leads must differ from. */
export function shuffleLeads({ ecg, amplitude }: EncoderInput): EncoderInput {
  const length = ecg.length / LEADS
  const shuffled: EncoderInput = { ecg: new Float32Array(ecg.length), amplitude: new Float32Array(LEADS) }
  for (let lead = 0; lead < LEADS; lead++) {
    const place = shuffledPlace(lead)
    shuffled.ecg.set(ecg.subarray(lead * length, (lead + 1) * length), place * length)
    shuffled.amplitude[place] = amplitude[lead]!
  }
  return shuffled
}
