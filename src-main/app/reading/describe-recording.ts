import type { EcgSummary, LeadName, Warning } from '../../../src-preload/contract/ecg.ts'
import { standardLead } from '../../ecg/lead-names.ts'
import type { EcgRecording } from '../../ecg/recording.ts'
import { detectBeatsInLeads } from '../../ecg/measurements/r-peaks.ts'
import { heartRateBpm } from '../../ecg/measurements/heart-rate.ts'

/**
 * The description of a recording as `cardionets read` prints it.
 *
 * @param derivedLeads  leads that were computed from others, appended to the file's own
 * @param further       warnings of later steps, after the file's own
 */
export function describeRecording(
  recording: EcgRecording,
  derivedLeads: readonly LeadName[],
  further: readonly Warning[],
): EcgSummary {
  const { format, rateHz, channels, units, device, patient, startTime } = recording
  const sampleCount = channels[0]?.samplesMv.length ?? 0
  return {
    format,
    rateHz,
    sampleCount,
    durationS: sampleCount / rateHz,
    units,
    leads: [...channels.map(({ name }) => name), ...derivedLeads],
    derivedLeads: [...derivedLeads],
    ...(device !== undefined && { device }),
    ...(patient !== undefined && { patient }),
    ...(startTime !== undefined && { startTime }),
    heartRateBpm: measuredRate(recording),
    warnings: [...recording.warnings, ...further],
  }
}

/** From the standard leads, else from all channels: a rhythm is often visible in leads of other names. */
function measuredRate({ channels, rateHz }: EcgRecording): number | null {
  const standard = channels.filter(({ name }) => standardLead(name) !== undefined)
  const leads = (standard.length > 0 ? standard : channels).map(({ samplesMv }) => samplesMv)
  if (leads.length === 0) return null
  const rate = heartRateBpm(detectBeatsInLeads(leads, rateHz).peaks, rateHz)
  return rate === null ? null : Math.round(rate * 10) / 10
}
