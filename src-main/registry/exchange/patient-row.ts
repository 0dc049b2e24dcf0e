import { statement, type ReadableDb } from '../database.ts'
import type { Patient, PatientFields, Sex } from '../tables/patients.ts'
import type { Row } from './packet.ts'

const COLUMN_OF: Readonly<Record<keyof PatientFields, string>> = {
  localId: 'local_id',
  name: 'name',
  sex: 'sex',
  birthDate: 'birth_date',
  heightCm: 'height_cm',
  weightKg: 'weight_kg',
  ethnicity: 'ethnicity',
  contact: 'contact',
  notes: 'notes',
}

export const FIELD_NAMES = Object.keys(COLUMN_OF) as (keyof PatientFields)[]

export function fieldsOfRow(row: Row): PatientFields {
  const fields = Object.fromEntries(FIELD_NAMES.map((field) => [field, row[COLUMN_OF[field]] ?? null]))
  return { ...(fields as unknown as PatientFields), sex: fields['sex'] as Sex }
}

export function fieldsOfPatient(patient: Patient): PatientFields {
  return Object.fromEntries(FIELD_NAMES.map((field) => [field, patient[field]])) as unknown as PatientFields
}

export const differingFields = (one: PatientFields, other: PatientFields): (keyof PatientFields)[] =>
  FIELD_NAMES.filter((field) => one[field] !== other[field])

/** The patient that an id means now: who was merged is whom it was merged into. */
export function presentPatientId(db: ReadableDb, id: string): string | undefined {
  const patient = statement<{ merged: string | null }>(db, 'SELECT merged_into AS merged FROM patient WHERE id = ?')
  let present = id
  for (let found = patient.get(present); ; found = patient.get(present)) {
    if (!found) return undefined
    if (found.merged === null) return present
    present = found.merged
  }
}
