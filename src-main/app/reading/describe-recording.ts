import type { EcgSummary, LeadName, Warning } from '../../../src-preload/contract/ecg.ts'
import type { SignalQuality } from '../../../src-preload/contract/quality.ts'
import type { EcgRecording } from '../../ecg/recording.ts'

/**
 * The description of a recording as `cardionets read` prints it.
 *
 * @param derivedLeads  leads that were computed from others, appended to the file's own
 * @param heartRateBpm  our own measurement, null where no rhythm is measurable
 * @param quality       undefined where not all twelve leads are there
 * @param further       warnings of later steps, after the file's own
 */
export function describeRecording(
  recording: EcgRecording,
  derivedLeads: readonly LeadName[],
  heartRateBpm: number | null,
  quality: SignalQuality | undefined,
  further: readonly Warning[],
): EcgSummary {
  const { format, rateHz, channels, units, rateSource, leadSource, answered } = recording
  const { device, patient, startTime, interpretation } = recording
  const sampleCount = channels[0]?.samplesMv.length ?? 0
  return {
    format,
    rateHz,
    sampleCount,
    durationS: sampleCount / rateHz,
    units,
    rateSource,
    leadSource,
    answered: [...answered],
    leads: [...channels.map(({ name }) => name), ...derivedLeads],
    derivedLeads: [...derivedLeads],
    ...(device !== undefined && { device }),
    ...(patient !== undefined && { patient }),
    ...(startTime !== undefined && { startTime }),
    heartRateBpm: heartRateBpm === null ? null : Math.round(heartRateBpm * 10) / 10,
    ...(interpretation !== undefined && { interpretation }),
    ...(quality !== undefined && { quality }),
    warnings: [...recording.warnings, ...further],
  }
}
