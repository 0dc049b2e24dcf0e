import { refuse } from '../checks.ts'
import { studentQuantile, studentUpperTail } from '../distributions.ts'
import { type OrOptions, orAnalysis } from './obuchowski-rockette.ts'
import type { ReaderStudy } from './study.ts'

export interface NonInferiority {
  /** Second treatment minus first. */
  difference: number
  /** Null where undefined; so for the rest. */
  standardError: number | null
  df: number | null
  /** One-sided lower limit at (1 + level)/2, 97.5 % by default; above −margin the second is not inferior. */
  lowerLimit: number | null
  t: number | null
  pOneSided: number | null
}

/**
 * Is the second treatment's reader-averaged accuracy no worse than the first's by more than a margin?
 *
 * @param margin      how much worse is still acceptable, 0 or positive
 * @param treatments  positions of the reference and the new treatment in the study
 * @throws AppError as `orAnalysis`; `statistics/bad-parameter` for a negative margin or unknown treatments
 * @see Chen, Petrick & Sahiner, Acad Radiol 2012;19:1158–1165
 */
export function orNonInferiority(
  study: ReaderStudy,
  margin: number,
  { treatments = [0, 1], level = 0.95, ...options }: OrOptions & { treatments?: readonly [number, number] } = {},
): NonInferiority {
  if (!(margin >= 0 && Number.isFinite(margin))) refuse('bad-parameter', `the margin ${margin} is not a number from 0`)
  const ratings = treatments.map((t) => study.ratings[t] ?? refuse('bad-parameter', `there is no treatment ${t + 1}`))
  const [test] = orAnalysis({ truth: study.truth, ratings }, { ...options, level }).differences
  const { estimate, standardError, df } = test!
  const difference = -estimate
  if (standardError === null || standardError === 0 || df === null) {
    return { difference, standardError, df, lowerLimit: null, t: null, pOneSided: null }
  }
  const t = (difference + margin) / standardError
  const lowerLimit = difference - studentQuantile((1 + level) / 2, df) * standardError
  return { difference, standardError, df, lowerLimit, t, pOneSided: studentUpperTail(t, df) }
}
