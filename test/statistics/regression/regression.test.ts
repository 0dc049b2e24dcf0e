import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correlation, kendallTauB, pearson, spearman } from '../../../src-main/statistics/regression/correlation.ts'
import { linearRegression } from '../../../src-main/statistics/regression/linear.ts'
import { regressionMetrics } from '../../../src-main/statistics/regression/metrics.ts'

const pairs = fc
  .array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
    minLength: 4,
    maxLength: 30,
  })
  .map((list) => ({ x: list.map(([a]) => a), y: list.map(([, b]) => b) }))

describe('correlations', () => {
  it('lie in [−1, 1], turn with a sign and ignore scale and order of the pairs', () => {
    fc.assert(
      fc.property(pairs, ({ x, y }) => {
        for (const of of [pearson, spearman, kendallTauB]) {
          const r = of(x, y)
          fc.pre(r !== null)
          expect(Math.abs(r!)).toBeLessThanOrEqual(1)
          expect(of(y, x)).toBeCloseTo(r!, 12)
          expect(
            of(
              x.map((v) => -v),
              y,
            ),
          ).toBeCloseTo(-r!, 12)
          expect(
            of(
              x.map((v) => 3 * v + 7),
              y,
            ),
          ).toBeCloseTo(r!, 9)
        }
      }),
    )
  })

  it('of ranks see only the order', () => {
    fc.assert(
      fc.property(pairs, ({ x, y }) => {
        const bent = x.map((value) => value ** 3)
        expect(spearman(bent, y)).toBe(spearman(x, y))
        expect(kendallTauB(bent, y)).toBe(kendallTauB(x, y))
      }),
    )
  })

  it('contain the estimate in their interval and are undefined for a constant', () => {
    fc.assert(
      fc.property(pairs, ({ x, y }) => {
        const { pearson: r, interval, p } = correlation(x, y)
        fc.pre(r !== null)
        expect(interval![0] <= r! + 1e-12 && r! <= interval![1] + 1e-12).toBe(true)
        expect(p).toBeGreaterThanOrEqual(0)
      }),
    )
    expect(correlation([2, 2, 2, 2], [1, 2, 3, 4])).toMatchObject({
      pearson: null,
      t: null,
      p: null,
      interval: null,
      spearman: null,
      kendallTauB: null,
    })
  })
})

describe('errors of a prediction', () => {
  it('have R² = 0 for the mean and 1 for the truth, and fall below 0 for worse than the mean', () => {
    const truth = [1, 2, 3, 6]
    expect(regressionMetrics(truth, [3, 3, 3, 3]).r2).toBe(0)
    expect(regressionMetrics(truth, truth)).toMatchObject({ r2: 1, meanAbsoluteError: 0, bias: 0, linConcordance: 1 })
    expect(regressionMetrics(truth, [6, 3, 2, 1]).r2).toBeLessThan(0)
  })

  it('keep the explained variance when all predictions are shifted, but not R²', () => {
    fc.assert(
      fc.property(pairs, ({ x, y }) => {
        fc.pre(new Set(x).size > 1)
        const there = regressionMetrics(x, y)
        const shifted = regressionMetrics(
          x,
          y.map((v) => v + 5),
        )
        expect(shifted.explainedVariance).toBeCloseTo(there.explainedVariance!, 9)
        expect(shifted.bias).toBeCloseTo(there.bias + 5, 9)
        expect(there.meanAbsoluteError).toBeLessThanOrEqual(there.rootMeanSquaredError + 1e-12)
      }),
    )
  })

  it('leave R² undefined for a constant truth', () => {
    expect(regressionMetrics([0.1, 0.1, 0.1], [1, 2, 3])).toMatchObject({ r2: null, explainedVariance: null })
  })
})

describe('the least-squares line', () => {
  it('goes through the means and has r² as the share of variance', () => {
    fc.assert(
      fc.property(pairs, ({ x, y }) => {
        const { slope, intercept, rSquared, pearson: r } = linearRegression(x, y)
        fc.pre(slope !== null && r !== null)
        const meanOf = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length
        expect(intercept! + slope! * meanOf(x)).toBeCloseTo(meanOf(y), 9)
        expect(
          regressionMetrics(
            y,
            x.map((v) => intercept! + slope! * v),
          ).r2,
        ).toBeCloseTo(rSquared!, 9)
      }),
    )
  })

  it('does not exist when x does not vary', () => {
    expect(linearRegression([1, 1, 1], [1, 2, 3])).toMatchObject({ slope: null, slopeStandardError: null })
  })
})
