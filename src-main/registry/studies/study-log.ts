import type { Answers } from '../../reader-study/reading/answers.ts'
import type { LogEntry } from '../../reader-study/reading/log.ts'
import { statement, type ReadableDb, type WritableDb } from '../database.ts'
import type { Change } from '../registry.ts'

/** A reader's log in order. */
export function listLog(db: ReadableDb, studyId: string, readerId: number): LogEntry[] {
  return statement<{ json: string }>(
    db,
    'SELECT entry_json AS json FROM study_log WHERE study_id = ? AND reader_id = ? ORDER BY sequence',
  )
    .all(studyId, readerId)
    .map(({ json }) => JSON.parse(json) as LogEntry)
}

/** Adds a signed line; its audit entry says that and when, never what was answered. */
export function addLogEntry(change: Change, entry: LogEntry): void {
  statement(
    change.db,
    'INSERT INTO study_log (study_id, reader_id, sequence, wall_ms, entry_json) VALUES (?, ?, ?, ?, ?)',
  ).run(entry.studyId, entry.readerId, entry.sequence, entry.moment.wallMs, JSON.stringify(entry))
  change.audit({
    action: `study:${entry.body.kind}`,
    kind: 'study',
    id: entry.studyId,
    after: { readerId: entry.readerId, sequence: entry.sequence, hash: entry.hash },
    ...(entry.body.kind === 'opened-early' ? { reason: entry.body.reason } : {}),
  })
}

/** The latest time that any reader of this registry signed with, or any change was made at. */
export function highestSignedMs(db: ReadableDb): number {
  const row = statement<{ ms: number | null }>(db, 'SELECT max(wall_ms) AS ms FROM study_log').get()
  return row?.ms ?? -Infinity
}

export interface Autosave {
  answers: Answers
  activeMs: number
  awayMs: number
}

export function getAutosave(db: ReadableDb, studyId: string, readId: string): Autosave | null {
  const row = statement<{ json: string; activeMs: number; awayMs: number }>(
    db,
    `SELECT answers_json AS json, active_ms AS activeMs, away_ms AS awayMs FROM study_autosave
     WHERE study_id = ? AND read_id = ?`,
  ).get(studyId, readId)
  return row ? { answers: JSON.parse(row.json) as Answers, activeMs: row.activeMs, awayMs: row.awayMs } : null
}

/** Half an answer: kept between the signed lines `shown` and `submitted`, which the trail has, without an entry of its own. */
export function putAutosave(
  db: WritableDb,
  studyId: string,
  readId: string,
  { answers, activeMs, awayMs }: Autosave,
): void {
  statement(
    db,
    `INSERT INTO study_autosave (study_id, read_id, answers_json, active_ms, away_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (study_id, read_id) DO UPDATE SET answers_json = excluded.answers_json,
       active_ms = excluded.active_ms, away_ms = excluded.away_ms`,
  ).run(studyId, readId, JSON.stringify(answers), activeMs, awayMs)
}

export function dropAutosave(change: Change, studyId: string, readId: string): void {
  statement(change.db, 'DELETE FROM study_autosave WHERE study_id = ? AND read_id = ?').run(studyId, readId)
}
