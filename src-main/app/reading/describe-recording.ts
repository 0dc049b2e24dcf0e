import type { EcgSummary, LeadName, Warning } from '../../../src-preload/contract/ecg.ts'
import type { EcgRecording } from '../../ecg/recording.ts'
import { recordingHeartRateBpm } from '../../ecg/measurements/recording-heart-rate.ts'

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
    heartRateBpm: rounded(recordingHeartRateBpm(recording)),
    warnings: [...recording.warnings, ...further],
  }
}

function rounded(rate: number | null): number | null {
  return rate === null ? null : Math.round(rate * 10) / 10
}
