import type { EcgSummary, ErrorReply, RecordingEntry, ScreeningResult } from '@/contract.ts'

/** A recording of the list; ids are made from the file's name, so that a test can name them. */
export function makeEntry({
  file,
  patient,
  refusal = null,
  screening = null,
}: {
  file: string
  patient?: EcgSummary['patient']
  refusal?: ErrorReply | null
  screening?: ScreeningResult | null
}): RecordingEntry {
  return {
    id: file as RecordingEntry['id'],
    file,
    sha256: '0'.repeat(64),
    ecg: {
      format: 'wfdb',
      rateHz: 500,
      sampleCount: 5000,
      durationS: 10,
      units: 'gain 1000 adu/mV in the header',
      rateSource: 'in the WFDB header',
      leadSource: 'signal names in the WFDB header',
      answered: [],
      leads: ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'],
      derivedLeads: [],
      ...(patient ? { patient } : {}),
      heartRateBpm: 70,
      warnings: [],
    },
    window: { startS: 0, durationS: 10 },
    refusal,
    patient: null,
    mismatches: [],
    importedAt: '2026-01-12T08:41:00.000Z',
    importedBy: 'Test Physician',
    screening,
    screenings: [],
  }
}
