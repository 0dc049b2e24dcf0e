import { AppError, type ErrorReply } from '../../../src-preload/contract/errors.ts'
import type { EcgSummary, ScreenedWindow } from '../../../src-preload/contract/ecg.ts'
import type { StoredBlob } from '../blobs/blob-store.ts'
import { statement, type ReadableDb, type WritableDb } from '../database.ts'
import type { Change } from '../registry.ts'
import { settleIdentity } from './batch-items.ts'
import { presentId } from './patients.ts'

/** One file of a source, stored as it was imported. */
export interface SourceFile {
  readonly name: string
  readonly blob: StoredBlob
}

/** What an import hands over; its blobs are on the disk already. */
export interface NewRecording {
  readonly patientId: string | null
  /** SHA-256 of the samples in mV: the same waveform from another file is the same recording. */
  readonly waveformSha256: string
  readonly waveform: StoredBlob
  /** Encoder input; null where the recording was refused for screening. */
  readonly prepared: StoredBlob | null
  readonly summary: EcgSummary
  readonly window: ScreenedWindow | null
  readonly refusal: ErrorReply | null
  /** SHA-256 of the file and its companions. */
  readonly contentSha256: string
  readonly fileName: string
  readonly files: readonly SourceFile[]
}

export interface Recording {
  readonly id: string
  /** Null: not assigned to a patient yet. */
  readonly patientId: string | null
  readonly waveformSha256: string
  readonly waveformBlob: string
  readonly preparedBlob: string | null
  readonly summary: EcgSummary
  readonly window: ScreenedWindow | null
  readonly refusal: ErrorReply | null
  /** Local time of the recording as the file has it. */
  readonly recordedAt: string | null
  readonly importedMs: number
  readonly importedBy: string | null
  /** How a difference between the file's and the patient's identity was settled by hand; null where none was. */
  readonly identity: IdentityDecision | null
}

/** A person's word that a recording belongs to a patient although the file says otherwise. */
export interface IdentityDecision {
  readonly differing: readonly string[]
  readonly reason: string
}

export type StoreOutcome = 'added' | 'linked' | 'known'

interface Row {
  id: string
  patient_id: string | null
  waveform_sha256: string
  waveform_blob: string
  prepared_blob: string | null
  summary_json: string
  window_json: string | null
  refusal_code: string | null
  refusal_message: string | null
  recorded_at: string | null
  imported_ms: number
  imported_by: string | null
  identity_json: string | null
}

const COLUMNS = `id, patient_id, waveform_sha256, waveform_blob, prepared_blob, summary_json, window_json,
  refusal_code, refusal_message, recorded_at, imported_ms, imported_by, identity_json`

/** @throws AppError `recording/unknown` */
export function getRecording(db: ReadableDb, id: string): Recording {
  const row = statement<Row>(db, `SELECT ${COLUMNS} FROM recording WHERE id = ?`).get(id)
  if (!row) throw new AppError('recording/unknown', 'This recording is not in the registry.')
  return toRecording(row)
}

/** Newest import first. */
export function listRecordingsOfPatient(db: ReadableDb, patientId: string): Recording[] {
  return statement<Row>(db, `SELECT ${COLUMNS} FROM recording WHERE patient_id = ? ORDER BY number DESC`)
    .all(patientId)
    .map(toRecording)
}

export function findRecordingByWaveform(db: ReadableDb, waveformSha256: string): Recording | undefined {
  const row = statement<Row>(db, `SELECT ${COLUMNS} FROM recording WHERE waveform_sha256 = ?`).get(waveformSha256)
  return row && toRecording(row)
}

/**
 * Stores a recording once: bytes that are here already change nothing, the same waveform in another file becomes a
 * further source of the recording that has it.
 */
export function storeRecording(change: Change, recording: NewRecording): { id: string; outcome: StoreOutcome } {
  const { db, at, by } = change
  const source = statement<{ id: string }>(
    db,
    'SELECT recording_id AS id FROM recording_source WHERE content_sha256 = ?',
  ).get(recording.contentSha256)
  if (source) {
    change.audit({ action: 'recording:import-again', kind: 'recording', id: source.id })
    return { id: source.id, outcome: 'known' }
  }
  const same = findRecordingByWaveform(db, recording.waveformSha256)
  if (same) {
    addSource(change, same.id, recording)
    change.audit({
      action: 'recording:link-source',
      kind: 'recording',
      id: same.id,
      after: { contentSha256: recording.contentSha256, file: recording.fileName },
    })
    return { id: same.id, outcome: 'linked' }
  }
  const id = change.newId()
  recordBlobs(db, at.utcMs, [recording.waveform, ...(recording.prepared ? [recording.prepared] : [])])
  const recordedAt = recording.summary.startTime ?? null
  statement(
    db,
    `INSERT INTO recording (id, patient_id, waveform_sha256, waveform_blob, prepared_blob, summary_json, window_json,
       refusal_code, refusal_message, recorded_at, recorded_date, imported_ms, imported_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    recording.patientId,
    recording.waveformSha256,
    recording.waveform.id,
    recording.prepared?.id ?? null,
    JSON.stringify(recording.summary),
    recording.window && JSON.stringify(recording.window),
    recording.refusal?.code ?? null,
    recording.refusal?.message ?? null,
    recordedAt,
    recordedAt?.slice(0, 10) ?? null,
    at.utcMs,
    by.id,
  )
  addSource(change, id, recording)
  change.audit({
    action: 'recording:import',
    kind: 'recording',
    id,
    after: {
      patientId: recording.patientId,
      waveformSha256: recording.waveformSha256,
      contentSha256: recording.contentSha256,
      file: recording.fileName,
    },
  })
  return { id, outcome: 'added' }
}

/**
 * Gives a recording to a patient, to another one, or to none. Nothing goes to a patient who was merged into another.
 *
 * @param identity  needed by the caller where file and patient differ; kept with the recording
 */
export function assignRecording(
  change: Change,
  id: string,
  patientId: string | null,
  identity: IdentityDecision | null = null,
  reason?: string,
): void {
  const before = getRecording(change.db, id)
  const ownerId = patientId === null ? null : presentId(change.db, patientId)
  statement(change.db, 'UPDATE recording SET patient_id = ?, identity_json = ? WHERE id = ?').run(
    ownerId,
    identity && JSON.stringify(identity),
    id,
  )
  change.audit({
    action: 'recording:assign',
    kind: 'recording',
    id,
    before: { patientId: before.patientId },
    after: { patientId: ownerId, ...(identity && { identity }) },
    ...(reason !== undefined && { reason }),
  })
  settleIdentity(change, id)
}

/** A file that was imported, byte for byte. */
export interface RecordingSource {
  readonly id: string
  readonly contentSha256: string
  readonly fileName: string
  readonly importedMs: number
  readonly files: readonly { name: string; blobId: string }[]
}

/** The files that a recording came from, first import first. */
export function listSources(db: ReadableDb, recordingId: string): RecordingSource[] {
  type SourceRow = { id: string; contentSha256: string; fileName: string; importedMs: number }
  const files = statement<{ name: string; blobId: string }>(
    db,
    'SELECT name, blob_id AS blobId FROM recording_file WHERE source_id = ? ORDER BY position',
  )
  return statement<SourceRow>(
    db,
    `SELECT id, content_sha256 AS contentSha256, file_name AS fileName, imported_ms AS importedMs
     FROM recording_source WHERE recording_id = ? ORDER BY rowid`,
  )
    .all(recordingId)
    .map((source) => ({ ...source, files: files.all(source.id) }))
}

/** Rows for blobs that are on the disk; one content has one row however often it is named. */
export function recordBlobs(db: WritableDb, atMs: number, blobs: readonly StoredBlob[]): void {
  const insert = statement(db, 'INSERT OR IGNORE INTO blob (id, byte_count, created_ms) VALUES (?, ?, ?)')
  for (const { id, byteCount } of blobs) insert.run(id, byteCount, atMs)
}

function addSource(change: Change, recordingId: string, recording: NewRecording): void {
  const { db, at, by } = change
  const sourceId = change.newId()
  recordBlobs(
    db,
    at.utcMs,
    recording.files.map(({ blob }) => blob),
  )
  statement(
    db,
    `INSERT INTO recording_source (id, recording_id, content_sha256, file_name, imported_ms, imported_by)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(sourceId, recordingId, recording.contentSha256, recording.fileName, at.utcMs, by.id)
  const insert = statement(db, 'INSERT INTO recording_file (source_id, position, name, blob_id) VALUES (?, ?, ?, ?)')
  for (const [position, { name, blob }] of recording.files.entries()) insert.run(sourceId, position, name, blob.id)
}

function toRecording(row: Row): Recording {
  return {
    id: row.id,
    patientId: row.patient_id,
    waveformSha256: row.waveform_sha256,
    waveformBlob: row.waveform_blob,
    preparedBlob: row.prepared_blob,
    summary: JSON.parse(row.summary_json) as EcgSummary,
    window: row.window_json === null ? null : (JSON.parse(row.window_json) as ScreenedWindow),
    refusal: row.refusal_code === null ? null : { code: row.refusal_code, message: row.refusal_message ?? '' },
    recordedAt: row.recorded_at,
    importedMs: row.imported_ms,
    importedBy: row.imported_by,
    identity: row.identity_json === null ? null : (JSON.parse(row.identity_json) as IdentityDecision),
  }
}
