import { AppError } from '../../../src-preload/contract/errors.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'
import { searchTokens } from '../search/search-tokens.ts'

export type Sex = 'female' | 'male' | 'other' | 'unknown'

/** What a person enters. Dates are ISO (YYYY-MM-DD). */
export interface PatientFields {
  localId: string
  name: string
  sex: Sex
  birthDate: string | null
  heightCm: number | null
  weightKg: number | null
  ethnicity: string | null
  contact: string | null
  notes: string | null
}

export interface Patient extends PatientFields {
  readonly id: string
  readonly createdMs: number
  readonly updatedMs: number
  /** Rises with each change; an edit names the one it started from. */
  readonly revision: number
  /** The patient that this one was merged into, or null. */
  readonly mergedInto: string | null
}

/** Columns of a patient in the order of `Patient`. */
export const PATIENT_COLUMNS = `patient.id, patient.local_id AS localId, patient.name, patient.sex,
  patient.birth_date AS birthDate, patient.height_cm AS heightCm, patient.weight_kg AS weightKg, patient.ethnicity,
  patient.contact, patient.notes, patient.created_ms AS createdMs, patient.updated_ms AS updatedMs, patient.revision,
  patient.merged_into AS mergedInto`

/** @throws AppError `patient/unknown` */
export function getPatient(db: ReadableDb, id: string): Patient {
  const found = statement<Patient>(db, `SELECT ${PATIENT_COLUMNS} FROM patient WHERE id = ?`).get(id)
  if (!found) throw new AppError('patient/unknown', 'This patient is not in the registry.')
  return found
}

export function findPatientByLocalId(db: ReadableDb, localId: string): Patient | undefined {
  return statement<Patient>(db, `SELECT ${PATIENT_COLUMNS} FROM patient WHERE local_id = ?`).get(localId)
}

/** Whoever has this ID now: a patient who was merged into another is that other. */
export function presentPatient(db: ReadableDb, localId: string): Patient | undefined {
  const found = findPatientByLocalId(db, localId)
  return found && getPatient(db, presentId(db, found.id))
}

/** The patient that this one is now, after all merges. @throws AppError `patient/unknown` */
export function presentId(db: ReadableDb, id: string): string {
  const { mergedInto } = getPatient(db, id)
  return mergedInto === null ? id : presentId(db, mergedInto)
}

/** @throws AppError `patient/id-taken` */
export function createPatient(change: Change, fields: PatientFields): Patient {
  const { db, at } = change
  refuseTakenId(db, fields.localId, null)
  const id = change.newId()
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO patient (id, local_id, name, sex, birth_date, height_cm, weight_kg, ethnicity, contact, notes,
       created_ms, updated_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(id, ...valuesOf(fields), at.utcMs, at.utcMs)
  statement(db, 'INSERT INTO patient_search (rowid, tokens) VALUES (?, ?)').run(lastInsertRowid, searchTokens(fields))
  change.audit({ action: 'patient:create', kind: 'patient', id, after: fields })
  return { ...fields, id, createdMs: at.utcMs, updatedMs: at.utcMs, revision: 1, mergedInto: null }
}

/**
 * Changes fields of a patient. The trail keeps what each changed field was.
 *
 * @param revision  the revision that the editor saw
 * @throws AppError `patient/changed-meanwhile`, `patient/id-taken`, `patient/unknown`, `patient/merged`
 */
export function updatePatient(
  change: Change,
  id: string,
  revision: number,
  fields: PatientFields,
  reason?: string,
): Patient {
  const { db, at } = change
  const before = getPatient(db, id)
  if (before.mergedInto !== null) {
    throw new AppError('patient/merged', 'This patient was merged into another. Change that one, or undo the merge.')
  }
  if (before.revision !== revision) {
    throw new AppError(
      'patient/changed-meanwhile',
      'Somebody changed this patient since you opened it. Look at the present values, then enter yours again.',
    )
  }
  refuseTakenId(db, fields.localId, id)
  statement(
    db,
    `UPDATE patient SET local_id = ?, name = ?, sex = ?, birth_date = ?, height_cm = ?, weight_kg = ?, ethnicity = ?,
       contact = ?, notes = ?, updated_ms = ?, revision = revision + 1 WHERE id = ?`,
  ).run(...valuesOf(fields), at.utcMs, id)
  reindexPatient(db, id)
  change.audit({
    action: 'patient:update',
    kind: 'patient',
    id,
    ...differences(before, fields),
    ...(reason !== undefined && { reason }),
  })
  return getPatient(db, id)
}

/** Looking at a patient is an entry of the trail, too. */
export function viewPatient(change: Change, id: string): Patient {
  const patient = getPatient(change.db, id)
  change.audit({ action: 'patient:view', kind: 'patient', id })
  return patient
}

/** Brings the search index to what the row says now. */
export function reindexPatient(db: ReadableDb, id: string): void {
  const { number, mergedInto, ...fields } = statement<{
    number: number
    mergedInto: string | null
    localId: string
    name: string
    birthDate: string | null
  }>(
    db,
    `SELECT number, merged_into AS mergedInto, local_id AS localId, name, birth_date AS birthDate
     FROM patient WHERE id = ?`,
  ).get(id)!
  statement(db, 'DELETE FROM patient_search WHERE rowid = ?').run(number)
  if (mergedInto !== null) return
  statement(db, 'INSERT INTO patient_search (rowid, tokens) VALUES (?, ?)').run(number, searchTokens(fields))
}

/** Only what differs, so that the trail shows a change at a glance. */
export function differences(before: object, after: object): { before: object; after: object } {
  const old = before as Record<string, unknown>
  const changed = Object.entries(after).filter(([name, value]) => old[name] !== value)
  return {
    before: Object.fromEntries(changed.map(([name]) => [name, old[name]])),
    after: Object.fromEntries(changed),
  }
}

function refuseTakenId(db: ReadableDb, localId: string, except: string | null): void {
  const other = findPatientByLocalId(db, localId)
  if (!other || other.id === except) return
  throw new AppError('patient/id-taken', 'Another patient has this ID already. Open that patient, or enter another ID.')
}

const valuesOf = (fields: PatientFields): unknown[] => [
  fields.localId,
  fields.name,
  fields.sex,
  fields.birthDate,
  fields.heightCm,
  fields.weightKg,
  fields.ethnicity,
  fields.contact,
  fields.notes,
]
