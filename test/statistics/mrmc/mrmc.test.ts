import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dbmAnalysis } from '../../../src-main/statistics/mrmc/dbm.ts'
import { orNonInferiority } from '../../../src-main/statistics/mrmc/noninferiority.ts'
import { orAnalysis } from '../../../src-main/statistics/mrmc/obuchowski-rockette.ts'
import { callsOf, type ReaderStudy } from '../../../src-main/statistics/mrmc/study.ts'
import { uStatisticAnalysis } from '../../../src-main/statistics/mrmc/u-statistics.ts'
import { Philox } from '../../../src-main/statistics/random.ts'
import { delongPaired } from '../../../src-main/statistics/roc/delong.ts'
import { readerStudies } from '../arbitraries.ts'

const methods = ['delong', 'jackknife', 'unbiased'] as const

describe('Obuchowski–Rockette analysis', () => {
  it('with random readers and cases equals Dorfman–Berbaum–Metz on the jackknife', () => {
    fc.assert(
      fc.property(readerStudies(2, 3), (study) => {
        const or = orAnalysis(study, { covariance: 'jackknife' }).differences[0]!
        const dbm = dbmAnalysis(study).randomBoth.differences[0]!
        // Pseudovalues are multiplied by the number of cases: compare where there is a variance worth the name.
        fc.pre(or.standardError !== null && or.standardError > 1e-6 && or.df !== null && Number.isFinite(or.df))
        expect(dbm.estimate).toBeCloseTo(or.estimate, 8)
        expect(dbm.standardError! / or.standardError!).toBeCloseTo(1, 6)
        expect(dbm.df! / or.df!).toBeCloseTo(1, 4)
      }),
      { numRuns: 40 },
    )
  })

  it('of one fixed reader is DeLong’s paired test', () => {
    fc.assert(
      fc.property(readerStudies(2, 1), (study) => {
        const [only] = orAnalysis(study, { covariance: 'delong', readers: 'fixed' }).differences
        const [first, second] = study.ratings.map((readers) => readers[0] as number[])
        const { difference, standardErrorOfDifference, pTwoSided } = delongPaired(study.truth, first!, second!)
        fc.pre(standardErrorOfDifference! > 1e-9)
        expect(only!.estimate).toBeCloseTo(difference, 12)
        expect(only!.standardError).toBeCloseTo(standardErrorOfDifference!, 9)
        expect(only!.p).toBeCloseTo(pTwoSided!, 6)
      }),
      { numRuns: 40 },
    )
  })

  it('turns around when the treatments change places, whatever the method', () => {
    fc.assert(
      fc.property(readerStudies(2, 3), fc.constantFrom(...methods), (study, covariance) => {
        const there = orAnalysis(study, { covariance })
        const back = orAnalysis({ ...study, ratings: study.ratings.toReversed() }, { covariance })
        expect(back.differences[0]!.estimate).toBeCloseTo(-there.differences[0]!.estimate, 12)
        if (there.global!.p !== null) expect(back.global!.p).toBeCloseTo(there.global!.p, 6)
      }),
      { numRuns: 40 },
    )
  })

  it('has no smaller error with random than with fixed cases', () => {
    fc.assert(
      fc.property(readerStudies(2, 4), (study) => {
        const random = orAnalysis(study).differences[0]!.standardError!
        const fixed = orAnalysis(study, { cases: 'fixed' }).differences[0]!.standardError!
        expect(random).toBeGreaterThanOrEqual(fixed - 1e-12)
      }),
      { numRuns: 40 },
    )
  })

  it('leaves tests undefined when nothing varies', () => {
    const perfect = [0, 0, 0, 1, 1, 1]
    const study: ReaderStudy = {
      truth: perfect,
      ratings: [
        [perfect, perfect],
        [perfect, perfect],
      ],
    }
    for (const covariance of methods) {
      const { global, differences, treatmentMeans } = orAnalysis(study, { covariance })
      expect(global).toMatchObject({ denominator: null, statistic: null, p: null })
      expect(differences[0]).toMatchObject({ estimate: 0, standardError: 0, p: null, interval: null })
      expect(treatmentMeans[0]!.estimate).toBe(1)
    }
    expect(dbmAnalysis(study).randomBoth.global.p).toBe(null)
    const [average] = uStatisticAnalysis(study).unbiased
    expect(average).toMatchObject({ areaFirst: 1, varianceFirst: 0, dfBdg: null })
    expect(average!.normal).toMatchObject({ p: null, interval: null })
  })

  it('clamps Cov2 − Cov3 with fixed readers only when asked', () => {
    const study = simulated(7, 0)
    const { cov2, cov3 } = orAnalysis(study).components!
    const plain = orAnalysis(study, { readers: 'fixed' }).global!.denominator!
    const clamped = orAnalysis(study, { readers: 'fixed', clampFixedReaders: true }).global!.denominator!
    expect(clamped - plain).toBeCloseTo((6 - 1) * Math.max(cov3! - cov2!, 0), 12)
  })

  it('refuses designs that it cannot analyse', () => {
    const study = simulated(1, 0)
    const incomplete = {
      ...study,
      ratings: study.ratings.map((readers) => readers.map((row) => Array.from(row, (x, c) => (c === 4 ? null : x)))),
    }
    expect(() => orAnalysis(incomplete, { covariance: 'delong' })).toThrow('DeLong')
    expect(() => dbmAnalysis(incomplete)).toThrow('every reading')
    expect(() => orAnalysis(study, { readers: 'fixed', cases: 'fixed' })).toThrow('nothing would vary')
    expect(() => orAnalysis({ ...study, ratings: study.ratings.map((readers) => [readers[0]!]) })).toThrow('one reader')
    expect(() => orAnalysis(study, { metric: 'sensitivity' })).toThrow('needs 0 or 1')
    expect(() =>
      orAnalysis({
        truth: [0, 0, 1],
        ratings: [
          [
            [1, 2, 3],
            [1, 2, 3],
          ],
          [
            [1, 2, 3],
            [1, 2, 3],
          ],
        ],
      }),
    ).toThrow('too few')
  })

  it('analyses sensitivity and specificity of calls, with readings missing', () => {
    const calls = callsOf(simulated(3, 0.5), (rating) => rating > 0)
    const some = {
      ...calls,
      ratings: calls.ratings.map((readers, t) =>
        readers.map((row, r) => Array.from(row, (x, c) => ((c + r + t) % 9 === 0 ? null : x))),
      ),
    }
    for (const metric of ['sensitivity', 'specificity'] as const) {
      const jackknife = orAnalysis(calls, { metric, covariance: 'jackknife' })
      const unbiased = orAnalysis(calls, { metric, covariance: 'unbiased' })
      expect(jackknife.components!.cov2).toBeCloseTo(unbiased.components!.cov2!, 12)
      expect(orAnalysis(some, { metric, covariance: 'unbiased' }).global!.p).toBeGreaterThan(0)
    }
  })
})

describe('U-statistic analysis', () => {
  it('gives a complete study the area and case variance of each reader that DeLong’s U-statistic has', () => {
    fc.assert(
      fc.property(readerStudies(2, 3), (study) => {
        const { perReader, unbiased, decompositions } = uStatisticAnalysis(study)
        const or = orAnalysis(study, { covariance: 'unbiased' })
        expect(perReader[0]!.varianceFirst).toBeCloseTo(
          orAnalysis({ ...study, ratings: [[study.ratings[0]![0]!]] }, { covariance: 'unbiased', readers: 'fixed' })
            .components!.error,
          12,
        )
        expect(unbiased[2]!.difference).toBeCloseTo(or.differences[0]!.estimate, 12)
        for (const { unbiased: one } of decompositions) {
          const bck = one!.componentCoefficients
          const parts = Object.entries(one!.components).reduce(
            (total, [key, value]: [string, number]) => total + value * bck[key as keyof typeof bck],
            0,
          )
          const moments = one!.moments.reduce((total, m, k) => total + m * one!.momentCoefficients[k]!, 0)
          expect(parts).toBeCloseTo(one!.variance, 12)
          expect(moments).toBeCloseTo(one!.variance, 12)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('does not change when a reader who read nothing is added', () => {
    const study = simulated(5, 0.3)
    const idle = { ...study, ratings: study.ratings.map((readers) => [...readers, study.truthAsNull]) }
    const { unbiased } = uStatisticAnalysis(idle)
    const without = uStatisticAnalysis(study).unbiased
    expect(unbiased.map((row) => row.varianceOfDifference ?? row.varianceFirst)).toEqual(
      without.map((row) => row.varianceOfDifference ?? row.varianceFirst),
    )
    expect(unbiased[0]!.readers).toBe(6)
  })

  it('is undefined for a single reader, but for that reader', () => {
    const study = simulated(6, 0)
    const alone = uStatisticAnalysis({ ...study, ratings: study.ratings.map((readers) => [readers[0]!]) })
    expect(alone.unbiased[2]).toMatchObject({ varianceOfDifference: null, dfBdg: null })
    expect(alone.perReader[0]!.varianceFirst).toBeGreaterThan(0)
  })

  it('analyses a split-plot study, in which every reader has own cases', () => {
    const study = simulated(8, 0.4)
    const split = {
      ...study,
      ratings: study.ratings.map((readers) =>
        readers.map((row, r) => Array.from(row, (x, c) => (c % 6 === r ? x : null))),
      ),
    }
    const [row] = uStatisticAnalysis(split).unbiased
    expect(row!.normal.p).toBeLessThan(1)
    expect(row!.normals + row!.diseased).toBe(111)
  })
})

describe('non-inferiority', () => {
  it('is shown when the lower limit is above −margin, at one-sided 2.5 %', () => {
    const study = simulated(2, 0)
    const { lowerLimit } = orNonInferiority(study, 0.05)
    expect(orNonInferiority(study, -lowerLimit! + 1e-9).pOneSided).toBeLessThan(0.025)
    expect(orNonInferiority(study, Math.max(-lowerLimit! - 1e-9, 0)).pOneSided).toBeGreaterThan(0.025)
  })

  it('names the second treatment’s gain', () => {
    const study = simulated(2, 1)
    expect(orNonInferiority(study, 0.05).difference).toBeCloseTo(-orAnalysis(study).differences[0]!.estimate, 12)
    expect(orNonInferiority(study, 0.05, { treatments: [1, 0] }).difference).toBeCloseTo(
      orAnalysis(study).differences[0]!.estimate,
      12,
    )
    expect(() => orNonInferiority(study, -0.1)).toThrow('margin')
    expect(() => orNonInferiority(study, 0.1, { treatments: [0, 4] })).toThrow('no treatment 5')
  })
})

/** Six readers and 111 cases; the second treatment is better by `gain` standard deviations. */
function simulated(seed: number, gain: number): ReaderStudy & { truthAsNull: null[] } {
  const random = new Philox(seed)
  const truth = Array.from({ length: 111 }, (_, i) => (i < 77 ? 1 : 0))
  const ofCase = truth.map(() => 0.6 * random.normal())
  const ratings = [0, 1].map((treatment) =>
    Array.from({ length: 6 }, () => {
      const skill = 1 + 0.2 * random.normal() + gain * treatment
      return truth.map((t, c) => ofCase[c]! + random.normal() + skill * t)
    }),
  )
  return { truth, ratings, truthAsNull: truth.map(() => null) }
}
