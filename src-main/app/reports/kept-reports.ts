import type { ScreeningId } from '../../../src-preload/contract/index.ts'
import type { ReportChoices } from '../../../src-preload/contract/reports.ts'
import type { Sampler } from '../../../src-preload/contract/screening.ts'
import { canonicalJson } from '../../registry/canonical-json.ts'
import type { Actor, Registry } from '../../registry/registry.ts'
import { addAttachment, listAttachmentsOfRecording } from '../../registry/tables/attachments.ts'

/** Which of the reports of one screening: another choice, cine or word of a physician makes another report. */
export interface ReportKey {
  screeningId: ScreeningId
  /** How many reviews it tells of. */
  reviews: number
  choices: ReportChoices
  cine: { seed: number; sampler: Sampler } | null
}

/** The bytes of a signed report as they were made, or null where it was not made yet. */
export function findKeptReport(registry: Registry, recordingId: string, key: ReportKey): Buffer | null {
  const wanted = canonicalJson(key)
  const found = listAttachmentsOfRecording(registry.db, recordingId).find(
    ({ kind, screeningId, details }) =>
      kind === 'report' && screeningId === key.screeningId && canonicalJson(details) === wanted,
  )
  return found ? registry.blobs.get(found.blobId) : null
}

/** Keeps a signed report, encrypted, bound to its screening. */
export function keepReport(registry: Registry, by: Actor, key: ReportKey, name: string, pdf: Uint8Array): void {
  const blob = registry.blobs.put(pdf)
  registry.change(by, (change) =>
    addAttachment(change, {
      patientId: null,
      recordingId: null,
      screeningId: key.screeningId,
      kind: 'report',
      name,
      mediaType: 'application/pdf',
      details: { ...key },
      blob,
    }),
  )
}
