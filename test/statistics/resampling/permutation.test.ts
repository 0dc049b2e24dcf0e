import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aucSwapExact, aucSwapTest } from '../../../src-main/statistics/resampling/auc-permutation.ts'
import { signFlipTest, twoSampleTest } from '../../../src-main/statistics/resampling/monte-carlo.ts'
import { signFlipExact, twoSampleExact } from '../../../src-main/statistics/resampling/permutation.ts'
import { friedmanTest, wilcoxonSignedRankExact } from '../../../src-main/statistics/resampling/rank-tests.ts'
import { adjustPValues, type Adjustment } from '../../../src-main/statistics/multiple-comparisons.ts'
import { auc } from '../../../src-main/statistics/roc/auc.ts'
import { mean } from '../../../src-main/statistics/moments.ts'
import { scored } from '../arbitraries.ts'

const small = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 9 })

describe('exact permutation tests', () => {
  it('of paired differences are symmetric, and never below 1 of all patterns', () => {
    fc.assert(
      fc.property(small, (differences) => {
        const test = signFlipExact(differences)
        const mirrored = signFlipExact(differences.map((value) => -value))
        expect(mirrored.pTwoSided).toBe(test.pTwoSided)
        expect(mirrored.pGreater).toBe(test.pLess)
        expect(test.pTwoSided).toBeGreaterThanOrEqual(2 ** -differences.length)
        expect(test.arrangements).toBe(2 ** differences.length)
      }),
    )
  })

  it('of two samples do not depend on which is named first, or on a shift of both', () => {
    fc.assert(
      fc.property(small, small, (x, y) => {
        const test = twoSampleExact(x, y)
        const swapped = twoSampleExact(y, x)
        expect(swapped.extreme).toBe(test.extreme)
        expect(
          twoSampleExact(
            x.map((v) => v + 100),
            y.map((v) => v + 100),
          ).extreme,
        ).toBe(test.extreme)
      }),
      { numRuns: 40 },
    )
  })

  it('of two areas swap the scores within cases', () => {
    fc.assert(
      fc.property(
        scored(2).filter(({ truth }) => truth.length <= 7),
        ({ truth, scores }) => {
          const [first, second] = scores as [number[], number[]]
          const test = aucSwapExact(truth, first, second)
          let extreme = 0
          for (let pattern = 0; pattern < 2 ** truth.length; pattern++) {
            const a = first.map((value, i) => ((pattern >> i) & 1 ? second[i]! : value))
            const b = second.map((value, i) => ((pattern >> i) & 1 ? first[i]! : value))
            if (Math.abs(auc(truth, a) - auc(truth, b)) >= Math.abs(test.statistic) - 1e-9) extreme++
          }
          expect(test.extreme).toBe(extreme)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('refuse what cannot be enumerated', () => {
    expect(() => signFlipExact(new Float64Array(25))).toThrow('2^25')
    expect(() => twoSampleExact(new Float64Array(20), new Float64Array(20))).toThrow('5 million')
    const truth = Array.from({ length: 21 }, (_, i) => i % 2)
    expect(() => aucSwapExact(truth, truth, truth)).toThrow('2^21')
  })
})

describe('random permutations', () => {
  const differences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]

  it('approach the exact p value of Darwin’s maize', () => {
    const { pTwoSided } = signFlipTest(differences, { rounds: 20_000, seed: 4 })
    expect(Math.abs(pTwoSided - 1726 / 32768)).toBeLessThan(0.006)
  })

  it('approach the exact p value of two samples and of two areas', () => {
    const x = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4]
    const y = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4]
    expect(
      Math.abs(twoSampleTest(x, y, { rounds: 20_000, seed: 4 }).pTwoSided - twoSampleExact(x, y).pTwoSided),
    ).toBeLessThan(0.015)
    const truth = [1, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0]
    const a = [5, 4, 3, 2, 1, 3, 4, 2, 2, 1, 3]
    const b = [3, 4, 2, 3, 2, 3, 3, 2, 3, 2, 1]
    const random = aucSwapTest(truth, [a], [b], { rounds: 20_000, seed: 4 })
    expect(Math.abs(random.pTwoSided - aucSwapExact(truth, a, b).pTwoSided)).toBeLessThan(0.015)
  })

  it('average the readers, and give p = 1 for conditions that do not differ', () => {
    const truth = [1, 1, 0, 0, 1, 0]
    const one = [
      [5, 4, 1, 2, 3, 3],
      [2, 5, 3, 1, 4, 2],
    ]
    const other = [
      [3, 4, 2, 2, 1, 3],
      [5, 2, 2, 1, 3, 4],
    ]
    const test = aucSwapTest(truth, one, other, { rounds: 100 })
    expect(test.statistic).toBeCloseTo(mean(one.map((row, r) => auc(truth, row) - auc(truth, other[r]!))), 12)
    expect(aucSwapTest(truth, one, one, { rounds: 100 }).pTwoSided).toBe(1)
  })
})

describe('rank tests', () => {
  it('give Wilcoxon’s V as the rank sum of the positive differences', () => {
    fc.assert(
      fc.property(small, (x) => {
        const zeros = x.map(() => 0)
        const there = wilcoxonSignedRankExact(x, zeros)
        const back = wilcoxonSignedRankExact(zeros, x)
        expect(there.v + back.v).toBe((there.n * (there.n + 1)) / 2)
        expect(back.pGreater).toBe(there.pLess)
        if (there.pTwoSided !== null) expect(there.pTwoSided).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('are undefined without any difference', () => {
    expect(wilcoxonSignedRankExact([1, 2], [1, 2])).toMatchObject({ n: 0, pTwoSided: null })
    expect(
      friedmanTest([
        [3, 3],
        [1, 1],
      ]),
    ).toEqual({ chiSquare: null, df: 1, p: null })
  })

  it('give Friedman’s statistic its maximum n(k − 1) when every block agrees', () => {
    expect(
      friedmanTest([
        [1, 2, 3],
        [4, 7, 9],
        [0, 5, 6],
        [2, 3, 8],
      ]).chiSquare,
    ).toBeCloseTo(8, 12)
  })
})

describe('adjusted p values', () => {
  const methods: Adjustment[] = [
    'bonferroni',
    'holm',
    'hochberg',
    'hommel',
    'benjamini-hochberg',
    'benjamini-yekutieli',
  ]
  const p = fc.array(
    fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000),
    { minLength: 1, maxLength: 12 },
  )

  it('are never smaller than the raw ones, keep their order, and stay within 1', () => {
    fc.assert(
      fc.property(p, fc.constantFrom(...methods), (raw, method) => {
        const adjusted = adjustPValues(raw, method)
        for (const [i, value] of adjusted.entries()) {
          expect(value).toBeGreaterThanOrEqual(raw[i]! - 1e-12)
          expect(value).toBeLessThanOrEqual(1)
          for (const [j, other] of adjusted.entries())
            if (raw[i]! < raw[j]!) expect(value).toBeLessThanOrEqual(other + 1e-12)
        }
      }),
    )
  })

  it('grow from Hommel over Hochberg and Holm to Bonferroni', () => {
    fc.assert(
      fc.property(p, (raw) => {
        const [bonferroni, holm, hochberg, hommel] = methods.map((method) => adjustPValues(raw, method))
        for (const i of raw.keys()) {
          expect(hommel![i]).toBeLessThanOrEqual(hochberg![i]! + 1e-12)
          expect(hochberg![i]).toBeLessThanOrEqual(holm![i]! + 1e-12)
          expect(holm![i]).toBeLessThanOrEqual(bonferroni![i]! + 1e-12)
        }
      }),
    )
  })
})
