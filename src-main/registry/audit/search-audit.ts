import type { AuditFilter } from '../../../src-preload/contract/audit.ts'
import { statement, type ReadableDb } from '../database.ts'
import { auditEnd } from './append.ts'
import type { AuditEntry } from './entry.ts'
import { AUDIT_COLUMNS, toEntry, type AuditRow } from './list.ts'

const CONDITIONS: Readonly<Record<keyof AuditFilter, string>> = {
  personId: 'person_id = @personId',
  action: 'action = @action',
  kind: 'record_kind = @kind',
  recordId: 'record_id = @recordId',
  fromMs: 'at_ms >= @fromMs',
  untilMs: 'at_ms < @untilMs',
}

/** The entries of a filter, newest first, and how many there are in all. */
export function searchAudit(
  db: ReadableDb,
  filter: AuditFilter,
  { offset, limit }: { offset: number; limit: number },
): { total: number; entries: AuditEntry[] } {
  const { where, values } = conditionsOf(filter)
  if (where === '') return latest(db, offset, limit)
  const { total } = statement<{ total: number }>(db, `SELECT count(*) AS total FROM audit ${where}`).get(values)!
  const rows = statement<AuditRow>(
    db,
    `SELECT ${AUDIT_COLUMNS} FROM audit ${where} ORDER BY number DESC LIMIT @limit OFFSET @offset`,
  ).all({ ...values, limit, offset })
  return { total, entries: rows.map(toEntry) }
}

/** Numbers have no gaps, so the place of an entry in the whole trail needs no counting. */
function latest(db: ReadableDb, offset: number, limit: number): { total: number; entries: AuditEntry[] } {
  const total = auditEnd(db).entries
  const rows = statement<AuditRow>(
    db,
    `SELECT ${AUDIT_COLUMNS} FROM audit WHERE number <= ? ORDER BY number DESC LIMIT ?`,
  ).all(total - offset, limit)
  return { total, entries: rows.map(toEntry) }
}

function conditionsOf(filter: AuditFilter): { where: string; values: Record<string, string | number> } {
  const said = (Object.entries(filter) as [keyof AuditFilter, string | number | null][]).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  )
  const where = said.length === 0 ? '' : `WHERE ${said.map(([name]) => CONDITIONS[name]).join(' AND ')}`
  return { where, values: Object.fromEntries(said) }
}

/** One entry with the hash that chains it. */
export function getAuditEntry(db: ReadableDb, number: number): (AuditEntry & { hash: string }) | undefined {
  const row = statement<AuditRow>(db, `SELECT ${AUDIT_COLUMNS} FROM audit WHERE number = ?`).get(number)
  return row && { ...toEntry(row), hash: row.hash.toString('hex') }
}

/** What a filter can be set to: everything that some entry has. */
export function auditChoices(db: ReadableDb): {
  actions: string[]
  kinds: string[]
  people: { id: string; name: string }[]
} {
  const column = (sql: string): string[] =>
    statement<{ value: string }>(db, sql)
      .all()
      .map(({ value }) => value)
  return {
    actions: column('SELECT DISTINCT action AS value FROM audit ORDER BY action'),
    kinds: column('SELECT DISTINCT record_kind AS value FROM audit ORDER BY record_kind'),
    people: statement<{ id: string; name: string }>(
      db,
      'SELECT id, display_name AS name FROM person ORDER BY display_name',
    ).all(),
  }
}
