import { AppError } from '../../../src-preload/contract/errors.ts'
import type { PlannedRead } from '../../reader-study/allocation/delivery-plan.ts'
import type { StoredBlob } from '../blobs/blob-store.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'
import { recordBlobs } from '../tables/recordings.ts'

/** What a training case was, told after its read. */
export interface Feedback {
  disease: 'yes' | 'no'
  subtype: string | null
}

export type StoredRead = PlannedRead & { feedback: Feedback | null }

export interface StudyItem {
  itemId: string
  blob: StoredBlob
  cycleMs: number
}

export interface StudyReaderRow {
  readerId: number
  /** Null on the coordinator's computer for a reader who reads elsewhere. */
  personId: string | null
  /** Null where this reader's log is only merged here. */
  privateKey: string | null
  publicKey: string
}

/** Part of locking or importing a study: the caller writes the audit entry. */
export function addPlan(change: Change, studyId: string, reads: readonly StoredRead[]): void {
  const insert = statement(
    change.db,
    `INSERT INTO study_plan (study_id, read_id, reader_id, stage_id, sitting, position, training, case_token, item_id,
       feedback_json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const read of reads) {
    insert.run(
      studyId,
      read.readId,
      read.readerId,
      read.stageId,
      read.sitting,
      read.position,
      Number(read.training),
      read.caseToken,
      read.itemId,
      read.feedback && JSON.stringify(read.feedback),
    )
  }
}

export function listPlan(db: ReadableDb, studyId: string, readerId?: number): StoredRead[] {
  return statement<Omit<StoredRead, 'training' | 'feedback'> & { training: number; feedbackJson: string | null }>(
    db,
    `SELECT read_id AS readId, reader_id AS readerId, stage_id AS stageId, sitting, position, training,
       case_token AS caseToken, item_id AS itemId, feedback_json AS feedbackJson
     FROM study_plan WHERE study_id = @studyId AND (@readerId IS NULL OR reader_id = @readerId)
     ORDER BY reader_id, position`,
  )
    .all({ studyId, readerId: readerId ?? null })
    .map(({ feedbackJson, training, ...row }) => ({
      ...row,
      training: training === 1,
      feedback: feedbackJson === null ? null : (JSON.parse(feedbackJson) as Feedback),
    }))
}

export function addItems(change: Change, studyId: string, items: readonly StudyItem[]): void {
  const { db, at } = change
  const insert = statement(db, 'INSERT INTO study_item (study_id, item_id, blob_id, cycle_ms) VALUES (?, ?, ?, ?)')
  for (const { itemId, blob, cycleMs } of items) {
    recordBlobs(db, at.utcMs, [blob])
    insert.run(studyId, itemId, blob.id, cycleMs)
  }
}

/** @throws AppError `study/item-missing` */
export function getItem(db: ReadableDb, studyId: string, itemId: string): { blobId: string; cycleMs: number } {
  const row = statement<{ blobId: string; cycleMs: number }>(
    db,
    'SELECT blob_id AS blobId, cycle_ms AS cycleMs FROM study_item WHERE study_id = ? AND item_id = ?',
  ).get(studyId, itemId)
  if (!row) throw new AppError('study/item-missing', 'A prepared case of this study is not in the registry.')
  return row
}

export function addReaders(change: Change, studyId: string, readers: readonly StudyReaderRow[]): void {
  const insert = statement(
    change.db,
    'INSERT INTO study_reader (study_id, reader_id, person_id, private_key, public_key) VALUES (?, ?, ?, ?, ?)',
  )
  for (const one of readers) insert.run(studyId, one.readerId, one.personId, one.privateKey, one.publicKey)
}

export function listReaders(db: ReadableDb, studyId: string): StudyReaderRow[] {
  return statement<StudyReaderRow>(
    db,
    `SELECT reader_id AS readerId, person_id AS personId, private_key AS privateKey, public_key AS publicKey
     FROM study_reader WHERE study_id = ? ORDER BY reader_id`,
  ).all(studyId)
}

/** The studies that a person reads, as which reader. */
export function readersOfPerson(db: ReadableDb, personId: string): { studyId: string; readerId: number }[] {
  return statement<{ studyId: string; readerId: number }>(
    db,
    'SELECT study_id AS studyId, reader_id AS readerId FROM study_reader WHERE person_id = ? ORDER BY study_id',
  ).all(personId)
}
