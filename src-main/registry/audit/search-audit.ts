import type { AuditFilter } from '../../../src-preload/contract/audit.ts'
import { statement, type ReadableDb } from '../database.ts'
import { auditEnd } from './append.ts'
import type { AuditEntry } from './entry.ts'
import { AUDIT_COLUMNS, toEntry, type AuditRow } from './list.ts'

/** A filter lists and exports no more than this; whoever looks for an older entry narrows it down. */
export const MOST_LISTED = 100_000

const COLUMNS = { recordId: 'record_id', action: 'action', kind: 'record_kind', personId: 'person_id' } as const
/** Which index is walked along: the column that lets least through, as trails are. */
const INDEXES = {
  recordId: 'audit_by_record',
  action: 'audit_by_action',
  kind: 'audit_by_kind',
  personId: 'audit_by_person',
} as const
const CHOSEN_FIRST = ['recordId', 'action', 'kind', 'personId'] as const

export interface AuditPage {
  readonly total: number
  /** More match than `total`, which is where a filter stops counting. */
  readonly more: boolean
  readonly entries: AuditEntry[]
}

/** The entries of a filter, newest first, and how many there are in all. */
export function searchAudit(
  db: ReadableDb,
  filter: AuditFilter,
  { offset, limit }: { offset: number; limit: number },
): AuditPage {
  const { where, index, values } = conditionsOf(filter)
  if (where === '') return latest(db, offset, limit)
  const from = `FROM audit INDEXED BY ${index} WHERE ${where}`
  const { found } = statement<{ found: number }>(
    db,
    `SELECT count(*) AS found FROM (SELECT 1 ${from} LIMIT ${MOST_LISTED + 1})`,
  ).get(values)!
  const more = found > MOST_LISTED
  const rows = statement<AuditRow>(
    db,
    `SELECT ${AUDIT_COLUMNS} ${from} ORDER BY at_ms DESC, number DESC LIMIT @limit OFFSET @offset`,
  ).all({ ...values, limit: Math.max(0, Math.min(limit, MOST_LISTED - offset)), offset })
  return { total: more ? MOST_LISTED : found, more, entries: rows.map(toEntry) }
}

/** Numbers have no gaps, so the place of an entry in the whole trail needs no counting. */
function latest(db: ReadableDb, offset: number, limit: number): AuditPage {
  const total = auditEnd(db).entries
  const rows = statement<AuditRow>(
    db,
    `SELECT ${AUDIT_COLUMNS} FROM audit WHERE number <= ? ORDER BY number DESC LIMIT ?`,
  ).all(total - offset, limit)
  return { total, more: false, entries: rows.map(toEntry) }
}

function conditionsOf({ fromMs, untilMs, ...columns }: AuditFilter) {
  const chosen = CHOSEN_FIRST.filter((name) => columns[name] !== null)
  const conditions = chosen.map((name) => `${COLUMNS[name]} = @${name}`)
  if (fromMs !== null) conditions.push('at_ms >= @fromMs')
  if (untilMs !== null) conditions.push('at_ms < @untilMs')
  const said = Object.entries({ ...columns, fromMs, untilMs }).filter(([, value]) => value !== null)
  const [first] = chosen
  return {
    where: conditions.join(' AND '),
    index: first === undefined ? 'audit_by_time' : INDEXES[first],
    values: Object.fromEntries(said) as Record<string, string | number>,
  }
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
  return {
    actions: distinct(db, 'action'),
    kinds: distinct(db, 'record_kind'),
    people: statement<{ id: string; name: string }>(
      db,
      'SELECT id, display_name AS name FROM person ORDER BY display_name',
    ).all(),
  }
}

/** Each value of an indexed column once: from one to the next greater one, without walking over all entries. */
function distinct(db: ReadableDb, column: 'action' | 'record_kind'): string[] {
  return statement<{ value: string }>(
    db,
    `WITH RECURSIVE one (value) AS (
       SELECT min(${column}) FROM audit
       UNION ALL SELECT (SELECT min(${column}) FROM audit WHERE ${column} > one.value) FROM one WHERE value IS NOT NULL)
     SELECT value FROM one WHERE value IS NOT NULL`,
  )
    .all()
    .map(({ value }) => value)
}
