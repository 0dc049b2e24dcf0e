import { AppError } from '../../../src-preload/contract/errors.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'
import { getPatient, reindexPatient, updatePatient } from './patients.ts'
import type { Patient, PatientFields } from './patients.ts'

export interface PatientMerge {
  readonly id: string
  readonly keptId: string
  readonly absorbedId: string
  readonly mergedMs: number
  readonly mergedBy: string
  readonly reason: string
  readonly undoneMs: number | null
}

/** What an undo has to give back. */
interface Moved {
  readonly recordings: readonly string[]
  readonly attachments: readonly string[]
  readonly keptBefore: PatientFields
}

const COLUMNS = `id, kept_id AS keptId, absorbed_id AS absorbedId, merged_ms AS mergedMs, merged_by AS mergedBy,
  reason, undone_ms AS undoneMs`

/** All merges that were not undone, newest first. */
export function allMerges(db: ReadableDb): PatientMerge[] {
  return statement<PatientMerge>(
    db,
    `SELECT ${COLUMNS} FROM patient_merge WHERE undone_ms IS NULL ORDER BY id DESC LIMIT 500`,
  ).all()
}

/** Merges of and into a patient, newest first. */
export function listMerges(db: ReadableDb, patientId: string): PatientMerge[] {
  return statement<PatientMerge>(
    db,
    `SELECT ${COLUMNS} FROM patient_merge WHERE kept_id = @patientId OR absorbed_id = @patientId ORDER BY rowid DESC`,
  ).all({ patientId })
}

/**
 * Makes two patients one: everything of `absorbedId` goes to `keptId`, whose fields become `fields` as a person chose
 * them. Nothing is lost: the absorbed patient stays, marked, and the merge can be undone.
 *
 * @throws AppError `patient/merge-with-itself`, `patient/merged`, `patient/changed-meanwhile`
 */
export function mergePatients(
  change: Change,
  merge: { keptId: string; absorbedId: string; keptRevision: number; fields: PatientFields; reason: string },
): string {
  const { db, at, by } = change
  const { keptId, absorbedId, fields, reason } = merge
  if (keptId === absorbedId) {
    throw new AppError('patient/merge-with-itself', 'A patient cannot be merged with itself. Choose another patient.')
  }
  if (by.id === null) throw new Error('a merge is a person’s decision')
  const kept = getPatient(db, keptId)
  const absorbed = getPatient(db, absorbedId)
  for (const one of [kept, absorbed]) {
    if (one.mergedInto !== null) throw new AppError('patient/merged', 'One of the two was merged into another already.')
  }
  const moved: Moved = {
    recordings: idsOf(db, 'SELECT id FROM recording WHERE patient_id = ?', absorbedId),
    attachments: idsOf(db, 'SELECT id FROM attachment WHERE patient_id = ?', absorbedId),
    keptBefore: fieldsOf(kept),
  }
  statement(db, 'UPDATE recording SET patient_id = ? WHERE patient_id = ?').run(keptId, absorbedId)
  statement(db, 'UPDATE attachment SET patient_id = ? WHERE patient_id = ?').run(keptId, absorbedId)
  statement(db, 'UPDATE patient SET merged_into = ?, updated_ms = ?, revision = revision + 1 WHERE id = ?').run(
    keptId,
    at.utcMs,
    absorbedId,
  )
  reindexPatient(db, absorbedId)
  updatePatient(change, keptId, merge.keptRevision, fields, reason)
  const id = change.newId()
  statement(
    db,
    `INSERT INTO patient_merge (id, kept_id, absorbed_id, moved_json, merged_ms, merged_by, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(id, keptId, absorbedId, JSON.stringify(moved), at.utcMs, by.id, reason)
  change.audit({
    action: 'patient:merge',
    kind: 'patient',
    id: keptId,
    before: { absorbed: fieldsOf(absorbed) },
    after: { mergeId: id, absorbedId, recordings: moved.recordings, attachments: moved.attachments },
    reason,
  })
  return id
}

/**
 * Gives everything back that a merge moved, and the kept patient's fields as they were, unless changed since.
 *
 * @throws AppError `patient/merge-unknown`, `patient/merged-on`
 */
export function undoMerge(change: Change, mergeId: string, reason: string): void {
  const { db, at, by } = change
  const row = statement<PatientMerge & { moved: string }>(
    db,
    `SELECT ${COLUMNS}, moved_json AS moved FROM patient_merge WHERE id = ?`,
  ).get(mergeId)
  if (!row || row.undoneMs !== null) {
    throw new AppError('patient/merge-unknown', 'This merge is not in the registry, or was undone already.')
  }
  const moved = JSON.parse(row.moved) as Moved
  const { keptId, absorbedId } = row
  if (getPatient(db, keptId).mergedInto !== null) {
    throw new AppError(
      'patient/merged-on',
      'The patient that this merge kept was merged into another since, with everything. Undo that merge first.',
    )
  }
  const giveBack = (table: 'recording' | 'attachment', ids: readonly string[]): void => {
    const update = statement(db, `UPDATE ${table} SET patient_id = ? WHERE id = ? AND patient_id = ?`)
    for (const id of ids) update.run(absorbedId, id, keptId)
  }
  giveBack('recording', moved.recordings)
  giveBack('attachment', moved.attachments)
  statement(db, 'UPDATE patient SET merged_into = NULL, updated_ms = ?, revision = revision + 1 WHERE id = ?').run(
    at.utcMs,
    absorbedId,
  )
  reindexPatient(db, absorbedId)
  const kept = getPatient(db, keptId)
  if (kept.updatedMs === row.mergedMs) updatePatient(change, keptId, kept.revision, moved.keptBefore, reason)
  statement(db, 'UPDATE patient_merge SET undone_ms = ?, undone_by = ? WHERE id = ?').run(at.utcMs, by.id, mergeId)
  change.audit({
    action: 'patient:undo-merge',
    kind: 'patient',
    id: keptId,
    after: { mergeId, absorbedId, recordings: moved.recordings, attachments: moved.attachments },
    reason,
  })
}

const idsOf = (db: ReadableDb, sql: string, id: string): string[] =>
  statement<{ id: string }>(db, sql)
    .all(id)
    .map((row) => row.id)

function fieldsOf(patient: Patient): PatientFields {
  const { localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes } = patient
  return { localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes }
}
