import { correctionOf, type Interchange, type Waveform } from '../../contract.ts'

/**
 * The leads as they would look with the electrodes exchanged back, for the eye: new arrays, the recorded ones stay.
 *
 * @returns the waveform itself where an interchange can't be undone
 */
export function correctWaveform(waveform: Waveform, interchange: Interchange): Waveform {
  const correction = correctionOf(interchange)
  if (!correction) return waveform
  const recorded = new Map(waveform.leads.map((lead) => [lead.name, lead]))
  const leads = waveform.leads.map((lead) => {
    const [from, sign] = correction[lead.name] ?? [lead.name, 1]
    const source = recorded.get(from) ?? lead
    return { ...lead, derived: source.derived, samplesMv: source.samplesMv.map((value) => sign * value) }
  })
  return { ...waveform, leads }
}
