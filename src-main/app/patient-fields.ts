import { EARLIEST_BIRTH_DATE, PATIENT_LIMITS } from '../../src-preload/contract/constants.ts'
import { AppError } from '../../src-preload/contract/errors.ts'
import { PatientFields as TypedFields } from '../../src-preload/contract/patients.ts'
import type { Moment } from '../registry/environment.ts'
import type { PatientFields } from '../registry/tables/patients.ts'

export interface PatientProblem {
  readonly field: keyof PatientFields
  readonly message: string
}

const { heightCm, weightKg } = PATIENT_LIMITS
const RULES: Readonly<Record<keyof PatientFields, string>> = {
  localId: `An ID is one line of 1 to ${PATIENT_LIMITS.localId} characters.`,
  name: `A name is one line of 1 to ${PATIENT_LIMITS.name} characters.`,
  sex: 'The sex is one of female, male, other, unknown.',
  birthDate: `A date of birth is a day from ${EARLIEST_BIRTH_DATE} on, as 1960-02-03.`,
  heightCm: `A height is a number from ${heightCm[0]} to ${heightCm[1]} (cm).`,
  weightKg: `A weight is a number from ${weightKg[0]} to ${weightKg[1]} (kg).`,
  ethnicity: `At most ${PATIENT_LIMITS.ethnicity} characters are kept.`,
  contact: `At most ${PATIENT_LIMITS.contact} characters are kept.`,
  notes: `At most ${PATIENT_LIMITS.notes} characters are kept.`,
}

/** What a table, a file or another system says wrongly of a patient, by the rules of the form in the window. */
export function patientProblems(fields: PatientFields): PatientProblem[] {
  const { ethnicity, contact, notes } = fields
  const typed = { ...fields, ethnicity: ethnicity ?? '', contact: contact ?? '', notes: notes ?? '' }
  const wrong = new Set(TypedFields.safeParse(typed).error?.issues.map(({ path }) => path[0] as keyof PatientFields))
  return [...wrong].map((field) => ({ field, message: RULES[field] }))
}

/** @throws AppError `patient/born-later` */
export function requireBorn({ birthDate }: Pick<PatientFields, 'birthDate'>, now: Moment): void {
  if (!isBornLater({ birthDate }, now)) return
  throw new AppError(
    'patient/born-later',
    'The date of birth lies after today. Check it, and the clock of this computer.',
  )
}

export const isBornLater = ({ birthDate }: Pick<PatientFields, 'birthDate'>, now: Moment): boolean =>
  birthDate !== null && birthDate > localDay(now)

/** The day on the calendar on the wall, YYYY-MM-DD. */
const localDay = ({ utcMs, offsetMinutes }: Moment): string =>
  new Date(utcMs + offsetMinutes * 60_000).toISOString().slice(0, 10)
