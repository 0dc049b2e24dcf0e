import type { FilePatient } from '../../../src-preload/contract/ecg.ts'
import type { PatientLabel } from '../../../src-preload/contract/index.ts'
import type { ReadableDb } from '../../registry/database.ts'
import type { Assignment } from '../../registry/tables/batches.ts'
import { presentPatient, type PatientFields } from '../../registry/tables/patients.ts'
import { patientProblems } from '../patient-fields.ts'
import { compareIdentity } from '../recordings/compare-identity.ts'
import { proposePatients } from '../recordings/propose-patients.ts'

/** Whose a recording is: nobody's yet, a known patient's, a new one's, or (`ask`) a human must compare the two. */
export type PatientChoice =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'known'; readonly patientId: string }
  | { readonly kind: 'new'; readonly fields: PatientFields }
  | { readonly kind: 'ask'; readonly patientId: string }
  | { readonly kind: 'ask-new'; readonly fields: PatientFields }

/**
 * Decides by the same comparison as an import by hand. The row of a table names the patient; without one the file
 * does, where the batch may link by it. Nothing is linked that differs in anything.
 *
 * @param row   what the table says, or null
 * @param file  what the file says
 */
export function choosePatient(
  db: ReadableDb,
  assignment: Assignment,
  row: PatientFields | null,
  file: FilePatient | undefined,
): PatientChoice {
  if (row) return byRow(db, row, file)
  return assignment === 'unassigned' || !file ? { kind: 'nobody' } : byFile(db, assignment, file)
}

function byRow(db: ReadableDb, row: PatientFields, file: FilePatient | undefined): PatientChoice {
  const known = presentPatient(db, row.localId)
  if (!known) {
    // A patient without a name can't be made; the table was checked for that, but others work here as well.
    if (row.name === '') return { kind: 'nobody' }
    return compareIdentity(file, labelOf(row)).length > 0
      ? { kind: 'ask-new', fields: row }
      : { kind: 'new', fields: row }
  }
  const differs = [rowIdentity(row), file].some((said) => compareIdentity(said, labelOf(known)).length > 0)
  return { kind: differs ? 'ask' : 'known', patientId: known.id }
}

function byFile(db: ReadableDb, assignment: Assignment, file: FilePatient): PatientChoice {
  const localId = file.id?.trim() ?? ''
  const known = localId === '' ? undefined : presentPatient(db, localId)
  if (known) {
    return { kind: compareIdentity(file, labelOf(known)).length > 0 ? 'ask' : 'known', patientId: known.id }
  }
  const proposed = proposePatients(db, file)
  const same = proposed.filter((row) => compareIdentity(file, row).length === 0)
  // The same ID but for leading zeros, and nothing else that differs.
  if (localId !== '' && same.length === 1) return { kind: 'known', patientId: same[0]!.id }
  // The same name and day of birth under no ID or another one: perhaps the same person.
  const alike = proposed.find((row) => file.name && file.birthDate && row.birthDate === file.birthDate)
  if (alike) return { kind: 'ask', patientId: alike.id }
  const fields = assignment === 'create' ? fieldsOf(file) : null
  return fields ? { kind: 'new', fields } : { kind: 'nobody' }
}

function fieldsOf({ id, name, sex, birthDate }: FilePatient): PatientFields | null {
  const nothingElse = { heightCm: null, weightKg: null, ethnicity: null, contact: null, notes: null }
  const said = { localId: id?.trim() ?? '', name: name?.trim() ?? '', sex: sex ?? 'unknown' } as const
  const fields = { ...said, birthDate: birthDate ?? null, ...nothingElse }
  return patientProblems(fields).length === 0 ? fields : null
}

function rowIdentity({ name, sex, birthDate }: PatientFields): FilePatient {
  return {
    ...(name !== '' && { name }),
    ...(sex !== 'unknown' && sex !== 'other' && { sex }),
    ...(birthDate !== null && { birthDate }),
  }
}

const labelOf = (patient: PatientFields): PatientLabel => ({ ...patient, id: '' as PatientLabel['id'] })
