import { AppError } from '../../../src-preload/contract/errors.ts'
import type { StoredBlob } from '../blobs/blob-store.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'
import { recordBlobs } from './recordings.ts'

export type AttachmentKind = 'real-cine' | 'generated-cine' | 'report' | 'other'

/** Belongs to at least one of patient, recording and screening. */
export interface AttachmentOwner {
  readonly patientId: string | null
  readonly recordingId: string | null
  readonly screeningId: string | null
}

export interface NewAttachment extends AttachmentOwner {
  readonly kind: AttachmentKind
  readonly name: string
  readonly mediaType: string
  /** What the feature that made it wants to know of it, e.g. seed and sampler of a cine. */
  readonly details: Record<string, unknown>
  readonly blob: StoredBlob
}

export interface Attachment extends AttachmentOwner {
  readonly id: string
  readonly kind: AttachmentKind
  readonly name: string
  readonly mediaType: string
  readonly details: Record<string, unknown>
  readonly blobId: string
  readonly byteCount: number
  readonly addedMs: number
  readonly addedBy: string | null
}

type Row = Omit<Attachment, 'details'> & { detailsJson: string }

const SELECT = `SELECT attachment.id, patient_id AS patientId, recording_id AS recordingId,
  screening_id AS screeningId, kind, name, media_type AS mediaType, details_json AS detailsJson, blob_id AS blobId,
  blob.byte_count AS byteCount, added_ms AS addedMs, added_by AS addedBy
  FROM attachment JOIN blob ON blob.id = attachment.blob_id`

/** @throws AppError `attachment/unknown` */
export function getAttachment(db: ReadableDb, id: string): Attachment {
  const row = statement<Row>(db, `${SELECT} WHERE attachment.id = ?`).get(id)
  if (!row) throw new AppError('attachment/unknown', 'This file is not in the registry.')
  return toAttachment(row)
}

/** Of a patient, including those of the patient's recordings and screenings; oldest first. */
export function listAttachmentsOfPatient(db: ReadableDb, patientId: string): Attachment[] {
  return statement<Row>(
    db,
    `${SELECT} WHERE attachment.patient_id = @patientId
       OR recording_id IN (SELECT id FROM recording WHERE patient_id = @patientId)
       OR screening_id IN (SELECT screening.id FROM screening JOIN recording ON recording.id = screening.recording_id
                           WHERE recording.patient_id = @patientId)
     ORDER BY attachment.rowid`,
  )
    .all({ patientId })
    .map(toAttachment)
}

export function listAttachmentsOfRecording(db: ReadableDb, recordingId: string): Attachment[] {
  return statement<Row>(
    db,
    `${SELECT} WHERE recording_id = @recordingId
       OR screening_id IN (SELECT id FROM screening WHERE recording_id = @recordingId) ORDER BY attachment.rowid`,
  )
    .all({ recordingId })
    .map(toAttachment)
}

export function addAttachment(change: Change, attachment: NewAttachment): string {
  const { db, at, by } = change
  const id = change.newId()
  const { patientId, recordingId, screeningId, kind, name, mediaType, details, blob } = attachment
  recordBlobs(db, at.utcMs, [blob])
  statement(
    db,
    `INSERT INTO attachment (id, patient_id, recording_id, screening_id, kind, name, media_type, details_json, blob_id,
       added_ms, added_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    patientId,
    recordingId,
    screeningId,
    kind,
    name,
    mediaType,
    JSON.stringify(details),
    blob.id,
    at.utcMs,
    by.id,
  )
  change.audit({
    action: 'attachment:add',
    kind: 'attachment',
    id,
    after: { patientId, recordingId, screeningId, kind, name, blobId: blob.id },
  })
  return id
}

/** Removes the row; its blob is collected once nothing else names it. */
export function removeAttachment(change: Change, id: string, reason: string): void {
  const { patientId, recordingId, screeningId, kind, name, blobId } = getAttachment(change.db, id)
  statement(change.db, 'DELETE FROM attachment WHERE id = ?').run(id)
  change.audit({
    action: 'attachment:remove',
    kind: 'attachment',
    id,
    before: { patientId, recordingId, screeningId, kind, name, blobId },
    reason,
  })
}

function toAttachment({ detailsJson, ...row }: Row): Attachment {
  return { ...row, details: JSON.parse(detailsJson) as Record<string, unknown> }
}
