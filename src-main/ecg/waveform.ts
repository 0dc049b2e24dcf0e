import type { LeadName } from '../../src-preload/contract/ecg.ts'
import { AppError } from '../../src-preload/contract/errors.ts'
import { LEAD_NAMES } from '../../src-preload/contract/constants.ts'
import { deriveLimbLeads, missingLeads } from './limb-leads.ts'
import type { EcgRecording, EcgWaveform } from './recording.ts'

/**
 * The twelve leads of a recording at its own rate, in mV. Limb leads that the file does not store are derived from
 * two of I, II and III and named in `derivedLeads`; channels that are none of the twelve are named in `extraChannels`.
 *
 * @throws AppError `ecg/lead-missing` naming the absent and the found leads; `ecg/length-mismatch`
 */
export function toWaveform(recording: EcgRecording): EcgWaveform {
  const known: Partial<Record<LeadName, Float32Array>> = {}
  const extraChannels: string[] = []
  for (const { name, samplesMv } of recording.channels) {
    if (isStandardLead(name)) known[name] = samplesMv
    else extraChannels.push(name)
  }
  const present = new Set(Object.keys(known) as LeadName[])
  const missing = missingLeads(present)
  if (missing.length > 0) {
    const found = recording.channels.map(({ name }) => name).join(', ') || 'no channel'
    throw new AppError(
      'ecg/lead-missing',
      `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} absent; found ${found}. ` +
        'Export the recording with all twelve leads (or I, II and V1–V6).',
    )
  }
  const leadsMv = { ...known, ...deriveLimbLeads(known) } as Record<LeadName, Float32Array>
  const lengths = LEAD_NAMES.map((lead) => leadsMv[lead].length)
  if (new Set(lengths).size > 1) {
    throw new AppError(
      'ecg/length-mismatch',
      `The leads differ in length: ${LEAD_NAMES.map((lead, index) => `${lead} ${lengths[index]}`).join(', ')}.`,
    )
  }
  return {
    rateHz: recording.rateHz,
    leadsMv,
    derivedLeads: LEAD_NAMES.filter((lead) => !present.has(lead)),
    extraChannels,
  }
}

const isStandardLead = (name: string): name is LeadName => (LEAD_NAMES as readonly string[]).includes(name)
