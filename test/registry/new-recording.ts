import { createHash } from 'node:crypto'
import type { Registry } from '../../src-main/registry/registry.ts'
import type { NewRecording } from '../../src-main/registry/tables/recordings.ts'

/** A recording of `content`, with its blobs written. */
export function newRecordingOf(
  registry: Registry,
  content: string,
  overrides: Partial<NewRecording> = {},
): NewRecording {
  const sha256 = createHash('sha256').update(content).digest('hex')
  const blob = registry.blobs.put(Buffer.from(content))
  return {
    patientId: null,
    waveformSha256: sha256,
    waveform: blob,
    prepared: null,
    summary: {
      format: 'test',
      rateHz: 500,
      sampleCount: 5000,
      durationS: 10,
      units: 'made up',
      rateSource: 'made up',
      leadSource: 'made up',
      answered: [],
      leads: [],
      derivedLeads: [],
      startTime: '2026-01-04T09:30:00',
      heartRateBpm: 70,
      warnings: [],
    },
    window: null,
    refusal: null,
    contentSha256: sha256,
    fileName: 'recording.hea',
    files: [{ name: 'recording.hea', blob }],
    ...overrides,
  }
}
