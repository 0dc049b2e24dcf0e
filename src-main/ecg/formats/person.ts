import type { FilePatient } from '../../../src-preload/contract/ecg.ts'

/** The sex that an English word states; a word of another meaning is `unknown`, an absent one says nothing. */
export function sexOfWord(word: string | undefined): FilePatient['sex'] {
  if (word === undefined) return undefined
  return ({ MALE: 'male', FEMALE: 'female' } as const)[word.trim().toUpperCase()] ?? 'unknown'
}

/** Age in years; `units` in English words, years where it is absent. Undefined where the unit is another. */
export function ageInYears(age: number | undefined, units: string | undefined): number | undefined {
  const perYear = { YEARS: 1, MONTHS: 12, WEEKS: 52.1775, DAYS: 365.2425, HOURS: 8765.82 }[
    units?.toUpperCase() ?? 'YEARS'
  ]
  return age === undefined || perYear === undefined ? undefined : age / perYear
}
