import type { StretchParameters } from '../../src-main/registry/access/password-key.ts'
import type { PatientFields } from '../../src-main/registry/tables/patients.ts'

/** The least that Argon2 takes: tests of everything but the stretching itself need not wait. */
export const QUICK: StretchParameters = { algorithm: 'argon2id', memoryKiB: 32, passes: 1, parallelism: 4 }

export const ADMINISTRATOR = { loginName: 'admin', displayName: 'Administrator', password: 'correct horse battery' }

export function patientFields(overrides: Partial<PatientFields> = {}): PatientFields {
  return {
    localId: 'A-1',
    name: '王小明',
    sex: 'male',
    birthDate: '1980-02-03',
    heightCm: null,
    weightKg: null,
    ethnicity: null,
    contact: null,
    notes: null,
    ...overrides,
  }
}
