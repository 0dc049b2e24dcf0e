import { basename } from 'node:path'
import { AppError, type ErrorReply } from '../../../src-preload/contract/errors.ts'
import type { ReadingAnswer } from '../../../src-preload/contract/reading.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'
import type { PatientFields } from './patients.ts'

export type DoneOutcome = 'screened' | 'limited' | 'refused' | 'known'
export type ItemOutcome = DoneOutcome | 'waiting'

export interface BatchItem {
  readonly number: number
  readonly id: string
  readonly batchId: string
  readonly path: string
  /** Row of the table that named the file; null where a folder did. */
  readonly row: number | null
  /** The patient whom the row of a table names. */
  readonly person: PatientFields | null
  /** What the user said about this file alone. */
  readonly answer: ReadingAnswer | null
  /** Null while it is queued. */
  readonly outcome: ItemOutcome | null
  readonly waitingFor: 'answer' | 'identity' | null
  /** What the outcome is once somebody has decided whose it is. */
  readonly decidedOutcome: DoneOutcome | null
  /** Files with the same header are answered together. */
  readonly header: string | null
  readonly error: ErrorReply | null
  readonly recordingId: string | null
  /** The patient whom the file, or the row, seems to name. */
  readonly proposedId: string | null
}

export interface NewItem {
  readonly path: string
  /** Tells a file that was written anew from the one that was taken before; empty where that cannot be. */
  readonly stamp: string
  readonly row: number | null
  readonly person: PatientFields | null
}

/** What became of a file. */
export type ItemEnd = { readonly recordingId?: string; readonly error?: ErrorReply | null } & (
  | { readonly outcome: DoneOutcome }
  | { readonly outcome: 'waiting'; readonly waitingFor: 'answer'; readonly header: string | null }
  | {
      readonly outcome: 'waiting'
      readonly waitingFor: 'identity'
      readonly decidedOutcome: DoneOutcome
      readonly proposedId: string
    }
)

type Row = Omit<BatchItem, 'person' | 'answer' | 'error'> & {
  personJson: string | null
  answerJson: string | null
  code: string | null
  message: string | null
}

export const ITEM_COLUMNS = `batch_item.number, batch_item.id, batch_id AS batchId, path, row_number AS row,
  person_json AS personJson, answer_json AS answerJson, outcome, waiting_for AS waitingFor,
  decided_outcome AS decidedOutcome, header, code, message, recording_id AS recordingId, proposed_id AS proposedId`

/** @throws AppError `batch/unknown-file` */
export function getItem(db: ReadableDb, id: string): BatchItem {
  const row = statement<Row>(db, `SELECT ${ITEM_COLUMNS} FROM batch_item WHERE id = ?`).get(id)
  if (!row) throw new AppError('batch/unknown-file', 'This file is in no batch of the registry.')
  return toItem(row)
}

/** The next files that have no outcome yet. */
export function listQueued(db: ReadableDb, batchId: string, after: number, limit: number): BatchItem[] {
  return statement<Row>(
    db,
    `SELECT ${ITEM_COLUMNS} FROM batch_item WHERE batch_id = ? AND outcome IS NULL AND number > ?
     ORDER BY number LIMIT ?`,
  )
    .all(batchId, after, limit)
    .map(toItem)
}

/** Queues files; one that this batch has already (same path, same stamp) is left as it is. @returns how many are new */
export function addItems(change: Change, batchId: string, items: readonly NewItem[]): number {
  const insert = statement(
    change.db,
    `INSERT OR IGNORE INTO batch_item (id, batch_id, path, stamp, row_number, person_json) VALUES (?, ?, ?, ?, ?, ?)`,
  )
  let added = 0
  for (const { path, stamp, row, person } of items) {
    added += insert.run(change.newId(), batchId, path, stamp, row, person && JSON.stringify(person)).changes
  }
  if (added > 0) change.audit({ action: 'batch:add-files', kind: 'batch', id: batchId, after: { files: added } })
  return added
}

/** Paths and stamps of all files of a batch, as `stamp path`. */
export function takenFiles(db: ReadableDb, batchId: string): Set<string> {
  const rows = statement<{ taken: string }>(
    db,
    `SELECT stamp || ' ' || path AS taken FROM batch_item WHERE batch_id = ?`,
  ).all(batchId)
  return new Set(rows.map(({ taken }) => taken))
}

/** Writes what became of a file, in the transaction that stores it. */
export function endItem(change: Change, item: Pick<BatchItem, 'id' | 'batchId' | 'path'>, end: ItemEnd): void {
  const waiting = end.outcome === 'waiting' ? end : null
  const identity = waiting?.waitingFor === 'identity' ? waiting : null
  statement(
    change.db,
    `UPDATE batch_item SET outcome = ?, waiting_for = ?, decided_outcome = ?, header = ?, code = ?, message = ?,
       recording_id = ?, proposed_id = ?, done_ms = ? WHERE id = ?`,
  ).run(
    end.outcome,
    waiting?.waitingFor ?? null,
    identity?.decidedOutcome ?? null,
    waiting?.waitingFor === 'answer' ? waiting.header : null,
    end.error?.code ?? null,
    end.error?.message ?? null,
    end.recordingId ?? null,
    identity?.proposedId ?? null,
    change.at.utcMs,
    item.id,
  )
  change.audit({
    action: 'batch:end-file',
    kind: 'batch',
    id: item.batchId,
    after: { file: basename(item.path), outcome: end.outcome, ...(end.error && { code: end.error.code }) },
  })
}

/**
 * Puts a waiting file back into the queue, and with it all of its batch that have the same header.
 *
 * @param answer  about this file alone; null where the answer is remembered for all of them
 */
export function requeueItems(change: Change, item: BatchItem, answer: ReadingAnswer | null): void {
  const where = answer === null && item.header !== null ? 'batch_id = @batchId AND header = @header' : 'id = @id'
  statement(
    change.db,
    `UPDATE batch_item SET outcome = NULL, waiting_for = NULL, header = NULL, code = NULL, message = NULL,
       done_ms = NULL, answer_json = @answer WHERE waiting_for = 'answer' AND ${where}`,
  ).run({ batchId: item.batchId, header: item.header, id: item.id, answer: answer && JSON.stringify(answer) })
  change.audit({ action: 'batch:answer', kind: 'batch', id: item.batchId, after: { file: basename(item.path) } })
}

/** Leaves a file that waits for an answer refused, and with it all of its batch that have the same header. */
export function refuseWaiting(change: Change, item: BatchItem): void {
  const where = item.header === null ? 'id = @id' : 'batch_id = @batchId AND header = @header'
  statement(
    change.db,
    `UPDATE batch_item SET outcome = 'refused', waiting_for = NULL WHERE waiting_for = 'answer' AND ${where}`,
  ).run(item.header === null ? { id: item.id } : { batchId: item.batchId, header: item.header })
  change.audit({
    action: 'batch:refuse-waiting',
    kind: 'batch',
    id: item.batchId,
    after: { file: basename(item.path) },
  })
}

/** Somebody has said whose the recording is, or that it stays nobody's: no file waits for that any more. */
export function settleIdentity(change: Change, recordingId: string): void {
  statement(
    change.db,
    `UPDATE batch_item SET outcome = decided_outcome, waiting_for = NULL, decided_outcome = NULL
     WHERE recording_id = ? AND waiting_for = 'identity'`,
  ).run(recordingId)
}

export function toItem({ personJson, answerJson, code, message, ...row }: Row): BatchItem {
  return {
    ...row,
    person: personJson === null ? null : (JSON.parse(personJson) as PatientFields),
    answer: answerJson === null ? null : (JSON.parse(answerJson) as ReadingAnswer),
    error: code === null ? null : { code, message: message ?? '' },
  }
}
