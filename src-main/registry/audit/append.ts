import { canonicalJson } from '../canonical-json.ts'
import { statement, type ReadableDb, type WritableDb } from '../database.ts'
import type { Moment } from '../environment.ts'
import { CHAIN_START, chainHash, type AuditEntry, type AuditNote } from './entry.ts'

/** Where the trail ends: the number of its last entry (0 when empty) and that entry's hash. */
export interface AuditEnd {
  readonly entries: number
  readonly hash: Buffer
}

export function auditEnd(db: ReadableDb): AuditEnd {
  const last = statement<{ number: number; hash: Buffer }>(
    db,
    'SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1',
  ).get()
  return last ? { entries: last.number, hash: last.hash } : { entries: 0, hash: CHAIN_START }
}

/** Adds one entry within the transaction of the change that it speaks of. @returns the new end */
export function appendAudit(
  db: WritableDb,
  end: AuditEnd,
  note: AuditNote,
  by: { id: string | null; name: string },
  at: Moment,
): AuditEnd {
  const entry: AuditEntry = {
    number: end.entries + 1,
    atMs: at.utcMs,
    offsetMinutes: at.offsetMinutes,
    personId: by.id,
    personName: by.name,
    action: note.action,
    kind: note.kind,
    id: note.id,
    beforeJson: note.before === undefined ? null : canonicalJson(note.before),
    afterJson: note.after === undefined ? null : canonicalJson(note.after),
    reason: note.reason ?? null,
  }
  const hash = chainHash(end.hash, entry)
  statement(
    db,
    `INSERT INTO audit (number, at_ms, offset_minutes, person_id, person_name, action, record_kind, record_id,
       before_json, after_json, reason, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    entry.number,
    entry.atMs,
    entry.offsetMinutes,
    entry.personId,
    entry.personName,
    entry.action,
    entry.kind,
    entry.id,
    entry.beforeJson,
    entry.afterJson,
    entry.reason,
    hash,
  )
  return { entries: entry.number, hash }
}
