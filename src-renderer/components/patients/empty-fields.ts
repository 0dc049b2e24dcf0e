import type { FilePatient, Patient, PatientFields } from '../../contract.ts'

/** A form before anything is typed. */
export function emptyFields(): PatientFields {
  return {
    localId: '',
    name: '',
    sex: 'unknown',
    birthDate: null,
    heightCm: null,
    weightKg: null,
    ethnicity: '',
    contact: '',
    notes: '',
  }
}

/** What a file says of its patient, as the start of a form. */
export function fieldsFromFile(patient: FilePatient | undefined): PatientFields {
  const { id = '', name = '', sex = 'unknown', birthDate = null } = patient ?? {}
  return { ...emptyFields(), localId: id, name, sex, birthDate }
}

export function fieldsOf(patient: Patient): PatientFields {
  const { localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes } = patient
  return { localId, name, sex, birthDate, heightCm, weightKg, ethnicity, contact, notes }
}
