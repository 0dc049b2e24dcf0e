import type { ReadableDb } from '../database.ts'
import { AUDIT_COLUMNS, toEntry, type AuditRow } from './list.ts'
import { CHAIN_START, chainHash } from './entry.ts'
import { holdsHead, isOwnHead, type AuditHead } from './head.ts'

export interface AuditVerdict {
  readonly ok: boolean
  readonly entries: number
  /** Hash of the last entry, hexadecimal. */
  readonly head: string
  readonly firstBad?: { readonly index: number; readonly reason: AuditFault }
}

/**
 * `altered`: the entry's hash does not follow from its fields and the entry before. `missing`: there is no entry of
 * this number. `contradicts-head`: the trail fits together, but a head that was signed earlier says something else
 * about this entry.
 */
export type AuditFault = 'altered' | 'missing' | 'contradicts-head'

/**
 * Walks the whole trail, then compares it with heads that were kept outside. Whoever holds the keys can rewrite
 * everything after the last head that is out of their reach: no chain can show more.
 */
export function verifyAudit(db: ReadableDb, heads: readonly AuditHead[]): AuditVerdict {
  let previous = CHAIN_START
  let number = 0
  let firstBad: AuditVerdict['firstBad']
  const rows = db.prepare(`SELECT ${AUDIT_COLUMNS} FROM audit ORDER BY number`).iterate() as Iterable<AuditRow>
  for (const row of rows) {
    number += 1
    if (firstBad) continue
    if (row.number !== number) firstBad = { index: number, reason: 'missing' }
    else {
      const expected = chainHash(previous, toEntry(row))
      if (!expected.equals(row.hash)) firstBad = { index: number, reason: 'altered' }
      previous = row.hash
    }
  }
  firstBad ??= faultAgainstHeads(db, heads, number)
  return { ok: firstBad === undefined, entries: number, head: previous.toString('hex'), ...(firstBad && { firstBad }) }
}

function faultAgainstHeads(db: ReadableDb, heads: readonly AuditHead[], entries: number): AuditVerdict['firstBad'] {
  const contradicted = heads
    .filter((head) => isOwnHead(db, head) && !holdsHead(db, head))
    .toSorted((one, other) => one.entries - other.entries)[0]
  if (!contradicted) return undefined
  return contradicted.entries > entries
    ? { index: entries + 1, reason: 'missing' }
    : { index: contradicted.entries, reason: 'contradicts-head' }
}
