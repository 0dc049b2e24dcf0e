import fc from 'fast-check'
import type { ReaderStudy } from '../../src-main/statistics/mrmc/study.ts'

/** Truth with both classes, at least `least` cases of each, in random order. */
export function truths(least = 1, most = 25): fc.Arbitrary<number[]> {
  return fc
    .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
    .chain(([positives, negatives]) => {
      const values = [...Array<number>(positives).fill(1), ...Array<number>(negatives).fill(0)]
      return fc.shuffledSubarray(values, { minLength: values.length, maxLength: values.length })
    })
}

/** Whole-number scores, so that ties occur and sums are exact. */
export const score: fc.Arbitrary<number> = fc.integer({ min: -8, max: 8 })

/** Truth and several scores of the same cases. */
export function scored(scores: number, least = 1): fc.Arbitrary<{ truth: number[]; scores: number[][] }> {
  return truths(least).chain((truth) =>
    fc
      .array(fc.array(score, { minLength: truth.length, maxLength: truth.length }), {
        minLength: scores,
        maxLength: scores,
      })
      .map((all) => ({ truth, scores: all })),
  )
}

/** Complete reader studies with two cases of each class at least. */
export function readerStudies(treatments: number, readers: number): fc.Arbitrary<ReaderStudy> {
  return scored(treatments * readers, 2).map(({ truth, scores }) => ({
    truth,
    ratings: Array.from({ length: treatments }, (_, t) => scores.slice(t * readers, (t + 1) * readers)),
  }))
}

/** Finite measurements without extremes, in tenths. */
export function measurements(least: number, most = 30): fc.Arbitrary<number[]> {
  return fc.array(
    fc.integer({ min: -500, max: 500 }).map((value) => value / 10),
    { minLength: least, maxLength: most },
  )
}
