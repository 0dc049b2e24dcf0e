import { AppError } from '../../../src-preload/contract/errors.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'

export type BatchKind = 'folder' | 'csv' | 'watch'
/** What is done with the person that a file names: nothing, or linked where id and identity agree, or made as well. */
export type Assignment = 'unassigned' | 'match' | 'create'
/** `listing`: its files are still being found. */
export type BatchState = 'listing' | 'running' | 'paused' | 'finished' | 'cancelled'

export interface Batch {
  readonly id: string
  readonly kind: BatchKind
  /** Path of the folder or the table. */
  readonly source: string
  readonly assignment: Assignment
  readonly state: BatchState
  readonly startedMs: number
  readonly startedBy: string | null
  readonly endedMs: number | null
}

const COLUMNS = `id, kind, source, assignment, state, started_ms AS startedMs, started_by AS startedBy,
  ended_ms AS endedMs`

/** @throws AppError `batch/unknown` */
export function getBatch(db: ReadableDb, id: string): Batch {
  const found = statement<Batch>(db, `SELECT ${COLUMNS} FROM batch WHERE id = ?`).get(id)
  if (!found) throw new AppError('batch/unknown', 'This batch is not in the registry.')
  return found
}

/** Newest first. */
export function listBatches(db: ReadableDb, limit: number): Batch[] {
  return statement<Batch>(db, `SELECT ${COLUMNS} FROM batch ORDER BY number DESC LIMIT ?`).all(limit)
}

/** Batches that a kill, a sign-out or a full disk broke off, oldest first. */
export function listUnfinished(db: ReadableDb): Batch[] {
  return statement<Batch>(
    db,
    `SELECT ${COLUMNS} FROM batch WHERE state IN ('listing', 'running', 'paused') ORDER BY number`,
  ).all()
}

export function addBatch(
  change: Change,
  { kind, source, assignment }: Pick<Batch, 'kind' | 'source' | 'assignment'>,
): string {
  const { db, at, by } = change
  const id = change.newId()
  statement(
    db,
    `INSERT INTO batch (id, kind, source, assignment, state, started_ms, started_by)
     VALUES (?, ?, ?, ?, 'listing', ?, ?)`,
  ).run(id, kind, source, assignment, at.utcMs, by.id)
  change.audit({ action: 'batch:start', kind: 'batch', id, after: { kind, source, assignment } })
  return id
}

export function setBatchState(change: Change, id: string, state: BatchState): void {
  const before = getBatch(change.db, id).state
  const ended = state === 'finished' || state === 'cancelled' ? change.at.utcMs : null
  statement(change.db, 'UPDATE batch SET state = ?, ended_ms = ? WHERE id = ?').run(state, ended, id)
  change.audit({ action: 'batch:change-state', kind: 'batch', id, before: { state: before }, after: { state } })
}
