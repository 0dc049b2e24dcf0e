import type { FilePatient } from '../../src-preload/contract/ecg.ts'

export const IDENTITY_FIELDS = ['name', 'id', 'birthDate', 'sex'] as const
export type IdentityField = (typeof IDENTITY_FIELDS)[number]

export interface IdentityComparison {
  field: IdentityField
  cine: string | null
  recording: string | null
  /** `unknown`: one side does not say. */
  verdict: 'same' | 'different' | 'unknown'
}

/** Which of a patient's fields a header states. */
export function statedFields(patient: FilePatient): IdentityField[] {
  return IDENTITY_FIELDS.filter((field) => valueOf(patient, field) !== null)
}

/**
 * Compares what two files say about their patient. Names are compared without case, punctuation and order of their
 * parts, since DICOM writes “Family^Given” where carts write “Given Family”.
 */
export function compareIdentity(cine: FilePatient, recording: FilePatient): IdentityComparison[] {
  return IDENTITY_FIELDS.map((field) => {
    const a = valueOf(cine, field)
    const b = valueOf(recording, field)
    const key = field === 'name' ? nameKey : (text: string) => text.trim()
    const verdict = a === null || b === null ? 'unknown' : key(a) === key(b) ? 'same' : 'different'
    return { field, cine: a, recording: b, verdict }
  })
}

function valueOf(patient: FilePatient, field: IdentityField): string | null {
  const value = patient[field]
  return value === undefined || value.trim() === '' || value === 'unknown' ? null : value
}

function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLocaleLowerCase('en')
    .split(/[\s^=,.]+/)
    .filter((part) => part !== '')
    .toSorted()
    .join(' ')
}
