import { statement, type ReadableDb, type WritableDb } from '../database.ts'
import type { Row, Seen } from './packet.ts'

/** What two computers compare to know whether a record was changed: the revision of a patient, whose a recording is. */
export function versionOf(kind: Seen['kind'], row: Row): string {
  if (kind === 'patient') return String(row['revision'])
  return `${row['patient_id'] ?? ''}`
}

/** What was last received of a record from a workspace. */
export function seenVersion(db: ReadableDb, workspace: string, kind: Seen['kind'], id: string): string | undefined {
  return statement<{ version: string }>(
    db,
    'SELECT version FROM exchange_seen WHERE record_kind = ? AND record_id = ? AND workspace = ?',
  ).get(kind, id, workspace)?.version
}

/** @returns whether anything was new in it */
export function noteSeen(db: WritableDb, { workspace, kind, id, version }: Seen): boolean {
  return (
    statement(
      db,
      `INSERT INTO exchange_seen (workspace, record_kind, record_id, version) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET version = excluded.version WHERE version <> excluded.version`,
    ).run(workspace, kind, id, version).changes > 0
  )
}

/**
 * What this workspace received of a record, from whom. A record with an open conflict is left out: nobody here has
 * decided about it, so the other side must not take our value for an answer.
 */
export function listSeen(db: ReadableDb, kind: Seen['kind'], id: string): Seen[] {
  return statement<Seen>(
    db,
    `SELECT workspace, record_kind AS kind, record_id AS id, version FROM exchange_seen
     WHERE record_kind = @kind AND record_id = @id AND NOT EXISTS (
       SELECT 1 FROM exchange_conflict WHERE exchange_conflict.record_id = @id AND decided_ms IS NULL)`,
  ).all({ kind, id })
}
