import { AppError } from '../../../src-preload/contract/errors.ts'
import type { ScreeningResult } from '../../../src-preload/contract/screening.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'
import { currentReview, type Review, type ReviewState } from './review-rows.ts'

export interface NewScreening {
  readonly recordingId: string
  readonly result: ScreeningResult
  /** Of a generated cine that belongs to it; null where none was asked for. */
  readonly seed: number | null
  readonly preprocessingVersion: string
  /** SHA-256 of the encoder's input. */
  readonly inputSha256: string
}

/** A stored screening never changes; screening again adds another. */
export interface Screening extends NewScreening {
  readonly id: string
  readonly screenedMs: number
  readonly screenedBy: string | null
  readonly state: ReviewState
  /** The newest review, or null while the screening is a draft. */
  readonly review: Review | null
}

interface Row {
  id: string
  recording_id: string
  seed: number | null
  preprocessing_version: string
  input_sha256: string
  result_json: string
  screened_ms: number
  screened_by: string | null
}

const COLUMNS = 'id, recording_id, seed, preprocessing_version, input_sha256, result_json, screened_ms, screened_by'

/** @throws AppError `screening/unknown` */
export function getScreening(db: ReadableDb, id: string): Screening {
  const row = statement<Row>(db, `SELECT ${COLUMNS} FROM screening WHERE id = ?`).get(id)
  if (!row) throw new AppError('screening/unknown', 'This screening is not in the registry.')
  return toScreening(db, row)
}

/** Newest first. */
export function listScreenings(db: ReadableDb, recordingId: string): Screening[] {
  return statement<Row>(db, `SELECT ${COLUMNS} FROM screening WHERE recording_id = ? ORDER BY number DESC`)
    .all(recordingId)
    .map((row) => toScreening(db, row))
}

export function addScreening(change: Change, screening: NewScreening): string {
  const { db, at, by } = change
  const { result } = screening
  const id = change.newId()
  const positive = (disease: string): number =>
    result.diseases.some((found) => found.id === disease && found.positive) ? 1 : 0
  statement(
    db,
    `INSERT INTO screening (id, recording_id, pack_id, pack_version, pack_sha256, provider, seed,
       preprocessing_version, input_sha256, result_json, positive_cad, positive_hf, positive_cm, positive_ph,
       screened_ms, screened_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    screening.recordingId,
    result.pack.id,
    result.pack.version,
    result.pack.sha256,
    result.provider,
    screening.seed,
    screening.preprocessingVersion,
    screening.inputSha256,
    JSON.stringify(result),
    positive('cad'),
    positive('hf'),
    positive('cm'),
    positive('ph'),
    at.utcMs,
    by.id,
  )
  change.audit({
    action: 'screening:add',
    kind: 'screening',
    id,
    after: { recordingId: screening.recordingId, pack: result.pack, inputSha256: screening.inputSha256 },
  })
  return id
}

function toScreening(db: ReadableDb, row: Row): Screening {
  const review = currentReview(db, row.id)
  return {
    id: row.id,
    recordingId: row.recording_id,
    seed: row.seed,
    preprocessingVersion: row.preprocessing_version,
    inputSha256: row.input_sha256,
    result: JSON.parse(row.result_json) as ScreeningResult,
    screenedMs: row.screened_ms,
    screenedBy: row.screened_by,
    state: review?.state ?? 'draft',
    review,
  }
}
