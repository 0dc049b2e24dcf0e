import { statement, type ReadableDb } from '../database.ts'
import type { AuditEntry } from './entry.ts'

export type AuditRow = AuditEntry & { readonly hash: Buffer }

export const AUDIT_COLUMNS = `number, at_ms AS atMs, offset_minutes AS offsetMinutes, person_id AS personId,
  person_name AS personName, action, record_kind AS kind, record_id AS id, before_json AS beforeJson,
  after_json AS afterJson, reason, hash`

export interface AuditQuery {
  readonly kind?: string
  readonly id?: string
  readonly personId?: string
  readonly before?: number | null
  readonly limit: number
}

/** One page of the trail, newest first. */
export function listAudit(db: ReadableDb, { kind, id, personId, before, limit }: AuditQuery): AuditEntry[] {
  const wanted = [
    'number < @before',
    ...(kind === undefined ? [] : ['record_kind = @kind']),
    ...(id === undefined ? [] : ['record_id = @id']),
    ...(personId === undefined ? [] : ['person_id = @personId']),
  ]
  return statement<AuditRow>(
    db,
    `SELECT ${AUDIT_COLUMNS} FROM audit WHERE ${wanted.join(' AND ')} ORDER BY number DESC LIMIT @limit`,
  )
    .all({
      before: before ?? Number.MAX_SAFE_INTEGER,
      limit,
      ...(kind !== undefined && { kind }),
      ...(id !== undefined && { id }),
      ...(personId !== undefined && { personId }),
    })
    .map(toEntry)
}

/** The entry without its hash: what the hash is made of. */
export function toEntry({
  number,
  atMs,
  offsetMinutes,
  personId,
  personName,
  action,
  kind,
  id,
  ...rest
}: AuditRow): AuditEntry {
  const { beforeJson, afterJson, reason } = rest
  return { number, atMs, offsetMinutes, personId, personName, action, kind, id, beforeJson, afterJson, reason }
}
