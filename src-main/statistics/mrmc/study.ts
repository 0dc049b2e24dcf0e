import { refuse, requireTwoClasses, type Values } from '../checks.ts'

/** A rating, or null where the reader did not read the case under the treatment. */
export type Rating = number | null

/** Ratings of several readers under several treatments (conditions). */
export interface ReaderStudy {
  /** Per case 0 or 1 (diseased), both present. */
  truth: Values
  /** `[treatment][reader][case]`, higher is more suspicious. */
  ratings: readonly (readonly ArrayLike<Rating>[])[]
}

export interface StudyShape {
  treatments: number
  readers: number
  cases: number
  positives: number
  negatives: number
  /** No rating is missing. */
  complete: boolean
}

/**
 * Checks that the ratings fit together.
 *
 * @throws AppError `statistics/empty`, `ragged`, `not-finite`, `not-binary`, `one-class`
 */
export function requireStudy(study: ReaderStudy): StudyShape {
  const { positives, negatives } = requireTwoClasses(study.truth)
  const cases = study.truth.length
  const readers = study.ratings[0]?.length ?? 0
  if (readers === 0) refuse('empty', 'the study holds no treatment or no reader')
  let complete = true
  for (const [t, treatment] of study.ratings.entries()) {
    if (treatment.length !== readers) {
      refuse(
        'ragged',
        `treatment ${t + 1} has ${treatment.length} readers, the first has ${readers}; fill absent readers with null`,
      )
    }
    for (const [r, row] of treatment.entries()) {
      if (row.length !== cases)
        refuse('ragged', `treatment ${t + 1}, reader ${r + 1}: ${row.length} ratings for ${cases} cases`)
      for (let c = 0; c < cases; c++) {
        const rating = row[c]
        if (rating === null) complete = false
        else if (!Number.isFinite(rating)) {
          refuse(
            'not-finite',
            `treatment ${t + 1}, reader ${r + 1}, case ${c + 1}: ${String(rating)}; a missing reading is null`,
          )
        }
      }
    }
  }
  return { treatments: study.ratings.length, readers, cases, positives, negatives, complete }
}

/**
 * Ratings turned into yes (1) and no (0).
 *
 * @param isPositive  for example `(rating) => rating >= 3`
 */
export function callsOf(study: ReaderStudy, isPositive: (rating: number) => boolean): ReaderStudy {
  const call = (rating: Rating): Rating => (rating === null ? null : isPositive(rating) ? 1 : 0)
  return {
    truth: study.truth,
    ratings: study.ratings.map((treatment) => treatment.map((row) => Array.from(row, call))),
  }
}
