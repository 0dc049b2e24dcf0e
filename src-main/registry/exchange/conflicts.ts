import { AppError } from '../../../src-preload/contract/errors.ts'
import { canonicalJson } from '../canonical-json.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'

/**
 * What two computers say differently:
 * - `fields`: of one patient, changed on both since they last met;
 * - `same-id`: two patients with the same local id;
 * - `assignment`: whose a recording is;
 * - `merge`: the other side has made two patients one;
 * - `reviews`: both sides went on reviewing the same screening.
 */
export type ConflictKind = 'fields' | 'same-id' | 'assignment' | 'merge' | 'reviews'

export interface Conflict {
  readonly id: string
  /** Where the other side's word comes from. */
  readonly workspace: string
  readonly kind: ConflictKind
  /** The patient, recording or screening here. */
  readonly recordId: string
  /** What the other side says, in the form that its kind has. */
  readonly theirs: Record<string, unknown>
  readonly foundMs: number
}

type StoredConflict = Omit<Conflict, 'theirs'> & { theirsJson: string }
const SELECT = `SELECT id, workspace, kind, record_id AS recordId, theirs_json AS theirsJson, found_ms AS foundMs
  FROM exchange_conflict`

/** Keeps a difference until somebody decides. @returns whether it was new */
export function noteConflict(
  change: Change,
  conflict: { workspace: string; kind: ConflictKind; recordId: string; theirs: Record<string, unknown> },
): boolean {
  const { workspace, kind, recordId, theirs } = conflict
  const id = change.newId()
  const { changes } = statement(
    change.db,
    `INSERT OR IGNORE INTO exchange_conflict (id, workspace, kind, record_id, theirs_json, found_ms)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(id, workspace, kind, recordId, canonicalJson(theirs), change.at.utcMs)
  if (changes === 0) return false
  change.audit({ action: 'exchange:conflict', kind: 'conflict', id, after: conflict })
  return true
}

/** Conflicts that wait, oldest first. */
export function listConflicts(db: ReadableDb, limit: number): Conflict[] {
  return statement<StoredConflict>(db, `${SELECT} WHERE decided_ms IS NULL ORDER BY found_ms, id LIMIT ?`)
    .all(limit)
    .map(toConflict)
}

export function countConflicts(db: ReadableDb): number {
  return statement<{ count: number }>(
    db,
    'SELECT count(*) AS count FROM exchange_conflict WHERE decided_ms IS NULL',
  ).get()!.count
}

/** @throws AppError `exchange/decided-already` */
export function openConflict(db: ReadableDb, id: string): Conflict {
  const found = statement<StoredConflict>(db, `${SELECT} WHERE id = ? AND decided_ms IS NULL`).get(id)
  if (found) return toConflict(found)
  throw new AppError('exchange/decided-already', 'Somebody decided this already. Look at the list again.')
}

export function markDecided(change: Change, conflict: Conflict, decision: unknown): void {
  if (change.by.id === null) throw new Error('a decision is a person’s')
  statement(
    change.db,
    'UPDATE exchange_conflict SET decided_ms = ?, decided_by = ?, decision_json = ? WHERE id = ?',
  ).run(change.at.utcMs, change.by.id, canonicalJson(decision), conflict.id)
  change.audit({
    action: 'exchange:decide',
    kind: 'conflict',
    id: conflict.id,
    before: { kind: conflict.kind, recordId: conflict.recordId, from: conflict.workspace, theirs: conflict.theirs },
    after: decision,
  })
}

function toConflict({ theirsJson, ...row }: StoredConflict): Conflict {
  return { ...row, theirs: JSON.parse(theirsJson) as Record<string, unknown> }
}
