import type { FilePatient, Warning } from '../../src-preload/contract/ecg.ts'
import type { SignalQuality } from '../../src-preload/contract/quality.ts'
import { ageInYears } from '../../src-preload/contract/findings/age.ts'
import { AppError } from '../../src-preload/contract/errors.ts'
import type { ModelManifest } from '../../src-preload/contract/manifest.ts'

/** Whom the file is about, as far as it says. */
export interface ScreenedPerson {
  patient?: FilePatient | undefined
  /** Time of the recording, ISO; with a birth date it gives the age. */
  startTime?: string | undefined
  /** Of the recording: whether its rhythm is paced. */
  quality?: Pick<SignalQuality, 'paced'> | undefined
}

/**
 * Holds a recording against the pack's intended use.
 *
 * @returns marks for what the file leaves open
 * @throws AppError `intended-use/age` where the person is younger than the pack is meant for; `intended-use/paced-refused`
 *   where the rhythm is paced and the pack withholds its results then
 */
export function checkIntendedUse({ intendedUse }: ModelManifest, person: ScreenedPerson): Warning[] {
  return [...checkAge(intendedUse, person), ...checkPacing(intendedUse, person)]
}

/** A pack that says nothing of paced rhythm was not made for it: its results are marked. */
function checkPacing({ pacedRhythm = 'mark' }: ModelManifest['intendedUse'], { quality }: ScreenedPerson): Warning[] {
  if (!quality?.paced || pacedRhythm === 'allow') return []
  if (pacedRhythm === 'withhold') {
    throw new AppError(
      'intended-use/paced-refused',
      'A pacemaker drives this heart; the model pack gives no results for paced rhythms.',
    )
  }
  return [
    {
      code: 'intended-use/paced',
      message:
        'A pacemaker drives this heart; the model pack is not meant for paced rhythms. Do not rely on the result.',
    },
  ]
}

function checkAge({ minimumAgeYears }: ModelManifest['intendedUse'], person: ScreenedPerson): Warning[] {
  if (minimumAgeYears === 0) return []
  const age = ageYears(person)
  if (age === undefined) {
    return [
      {
        code: 'intended-use/age-unknown',
        message: `No age is known; the model pack is meant for people of ${minimumAgeYears} years and older.`,
      },
    ]
  }
  if (age >= minimumAgeYears) return []
  throw new AppError(
    'intended-use/age',
    `The recorded person is ${Math.floor(age)} years old; the model pack is meant for people of ${minimumAgeYears} years and older, so no result is given.`,
  )
}

/** As the file states it, or where both dates are known. */
function ageYears({ patient, startTime }: ScreenedPerson): number | undefined {
  return patient?.ageYears ?? ageInYears(patient?.birthDate, startTime)
}
