import type { FilePatient, Warning } from '../../src-preload/contract/ecg.ts'
import { AppError } from '../../src-preload/contract/errors.ts'
import type { ModelManifest } from '../../src-preload/contract/manifest.ts'

/** Whom the file is about, as far as it says. */
export interface ScreenedPerson {
  patient?: FilePatient | undefined
  /** Time of the recording, ISO; with a birth date it gives the age. */
  startTime?: string | undefined
}

/**
 * Holds a recording against the pack's intended use.
 *
 * @returns marks for what the file leaves open
 * @throws AppError `intended-use/age` where the person is younger than the pack is meant for
 */
export function checkIntendedUse({ intendedUse }: ModelManifest, person: ScreenedPerson): Warning[] {
  const { minimumAgeYears } = intendedUse
  if (minimumAgeYears === 0) return []
  const age = ageYears(person)
  if (age === undefined) {
    return [
      {
        code: 'intended-use/age-unknown',
        message: `The file gives no age; the model pack is meant for people of ${minimumAgeYears} years and older.`,
      },
    ]
  }
  if (age >= minimumAgeYears) return []
  throw new AppError(
    'intended-use/age',
    `The file gives an age of ${Math.floor(age)} years; the model pack is meant for people of ${minimumAgeYears} years and older, so no result is given.`,
  )
}

/** Whole years where the file states them or both dates are known. */
function ageYears({ patient, startTime }: ScreenedPerson): number | undefined {
  if (patient?.ageYears !== undefined) return patient.ageYears
  const birth = dateParts(patient?.birthDate)
  const recorded = dateParts(startTime)
  if (!birth || !recorded) return undefined
  const [years, months, days] = recorded.map((part, index) => part - birth[index]!) as [number, number, number]
  const hadBirthday = months > 0 || (months === 0 && days >= 0)
  return hadBirthday ? years : years - 1
}

function dateParts(text: string | undefined): number[] | undefined {
  const match = text?.match(/^(\d{4})-(\d{2})-(\d{2})/)
  return match?.slice(1).map(Number)
}
