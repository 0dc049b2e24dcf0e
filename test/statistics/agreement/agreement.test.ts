import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blandAltman } from '../../../src-main/statistics/agreement/bland-altman.ts'
import { cohenKappa, contingencyTable } from '../../../src-main/statistics/agreement/cohen-kappa.ts'
import { concordanceCorrelation } from '../../../src-main/statistics/agreement/concordance.ts'
import { categoryCounts, fleissKappa } from '../../../src-main/statistics/agreement/fleiss-kappa.ts'
import { intraclassCorrelations } from '../../../src-main/statistics/agreement/icc.ts'
import { binaryMetrics } from '../../../src-main/statistics/proportions/binary-metrics.ts'
import { measurements } from '../arbitraries.ts'

const ratings = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
  minLength: 2,
  maxLength: 40,
})

describe('Cohen’s kappa', () => {
  it('is at most 1, within its interval, and the same for either order of the raters', () => {
    fc.assert(
      fc.property(ratings, fc.constantFrom('unweighted', 'linear', 'quadratic'), (pairs, weights) => {
        const a = pairs.map(([x]) => x)
        const b = pairs.map(([, y]) => y)
        const { kappa, interval, standardError } = cohenKappa(contingencyTable(a, b, [0, 1, 2, 3]), { weights })
        const swapped = cohenKappa(contingencyTable(b, a, [0, 1, 2, 3]), { weights })
        fc.pre(kappa !== null)
        expect(kappa).toBeLessThanOrEqual(1 + 1e-12)
        expect(interval![0] <= kappa! && kappa! <= interval![1]).toBe(true)
        expect(swapped.kappa).toBeCloseTo(kappa!, 12)
        expect(swapped.standardError).toBeCloseTo(standardError!, 10)
      }),
    )
  })

  it('is 1 for raters who always agree on several categories, and undefined on a single one', () => {
    expect(
      cohenKappa([
        [4, 0],
        [0, 3],
      ]),
    ).toMatchObject({ kappa: 1, standardError: 0 })
    expect(
      cohenKappa([
        [7, 0],
        [0, 0],
      ]).kappa,
    ).toBe(null)
  })

  it('is 0 for independent raters', () => {
    expect(
      cohenKappa([
        [6, 4],
        [12, 8],
      ]).kappa,
    ).toBeCloseTo(0, 12)
  })

  it('is that of the binary metrics for a 2 × 2 table', () => {
    const binary = binaryMetrics({ truePositives: 20, falsePositives: 5, falseNegatives: 10, trueNegatives: 15 })
    expect(
      cohenKappa([
        [15, 5],
        [10, 20],
      ]).kappa,
    ).toBeCloseTo(binary.cohenKappa!, 12)
  })

  it('has the same linear and unweighted value for two categories', () => {
    const table = [
      [15, 5],
      [10, 20],
    ]
    expect(cohenKappa(table, { weights: 'quadratic' }).kappa).toBeCloseTo(cohenKappa(table).kappa!, 12)
  })
})

describe('Fleiss’ kappa', () => {
  it('is at most 1 and undefined when one category takes all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }), { minLength: 2 }),
        (table) => {
          const { kappa } = fleissKappa(categoryCounts(table, [0, 1, 2]))
          if (new Set(table.flat()).size === 1) expect(kappa).toBe(null)
          else expect(kappa).toBeLessThanOrEqual(1 + 1e-12)
        },
      ),
    )
  })
})

describe('intraclass correlation', () => {
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((k) => fc.array(measurements(k, k), { minLength: 3, maxLength: 8 }))

  it('is never higher for one rater than for their mean, when positive', () => {
    fc.assert(
      fc.property(table, (rows) => {
        fc.pre(new Set(rows.flat()).size > 1)
        const icc = intraclassCorrelations(rows)
        for (const model of ['1', '2', '3'] as const) {
          const single = icc[`icc${model}1`].icc
          if (single > 0) expect(icc[`icc${model}k`].icc).toBeGreaterThanOrEqual(single - 1e-9)
          expect(single).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
    )
  })

  it('counts a constant difference of the raters as disagreement only where the rater matters', () => {
    const rows = [
      [1, 4],
      [2, 5],
      [6, 9],
      [8, 11],
    ]
    const { icc31, icc21, icc11 } = intraclassCorrelations(rows)
    expect(icc31).toMatchObject({ icc: 1, f: null, interval: null })
    expect(icc21.icc).toBeLessThan(1)
    expect(icc11.icc).toBeLessThan(icc21.icc)
  })

  it('contains the estimate in its interval', () => {
    const rows = [
      [9, 2, 5, 8],
      [6, 1, 3, 2],
      [8, 4, 6, 8],
      [7, 1, 2, 6],
    ]
    for (const { icc, interval } of Object.values(intraclassCorrelations(rows))) {
      expect(interval![0] <= icc && icc <= interval![1]).toBe(true)
    }
  })
})

describe('Bland and Altman', () => {
  it('mirrors when the methods change places', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })), { minLength: 2 }),
        (pairs) => {
          const x = pairs.map(([a]) => a)
          const y = pairs.map(([, b]) => b)
          const there = blandAltman(x, y)
          const back = blandAltman(y, x)
          expect(back.bias).toBeCloseTo(-there.bias, 10)
          expect(back.lowerLimit).toBeCloseTo(-there.upperLimit, 9)
        },
      ),
    )
  })

  it('has no test for a difference that never varies', () => {
    expect(blandAltman([3, 4, 9], [1, 2, 7])).toMatchObject({
      bias: 2,
      standardDeviation: 0,
      pBiasZero: null,
      correlationOfDifferenceAndMean: null,
    })
  })
})

describe('concordance', () => {
  it('is at most the correlation, and 1 only for equal lists', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), { minLength: 3 }),
        (pairs) => {
          const x = pairs.map(([a]) => a)
          const { coefficient, biasCorrection, interval } = concordanceCorrelation(
            x,
            pairs.map(([, b]) => b),
          )
          if (biasCorrection !== null) expect(biasCorrection).toBeLessThanOrEqual(1 + 1e-12)
          if (interval !== null)
            expect(interval[0] <= coefficient! + 1e-12 && coefficient! <= interval[1] + 1e-12).toBe(true)
          if (new Set(x).size > 1) expect(concordanceCorrelation(x, x).coefficient).toBeCloseTo(1, 12)
        },
      ),
    )
  })

  it('is undefined for two equal constants, and 0 for a constant against something else', () => {
    expect(concordanceCorrelation([2, 2, 2], [2, 2, 2]).coefficient).toBe(null)
    expect(concordanceCorrelation([2, 2, 2], [1, 2, 3])).toEqual({
      coefficient: 0,
      interval: null,
      biasCorrection: null,
    })
  })
})
