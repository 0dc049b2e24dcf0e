import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binaryMetrics, confusionCounts } from '../../../src-main/statistics/proportions/binary-metrics.ts'
import { binomialEquivalence, binomialTest } from '../../../src-main/statistics/proportions/binomial-test.ts'
import { independentDifference, pairedDifference } from '../../../src-main/statistics/proportions/difference.ts'
import { clopperPearsonInterval, wilsonInterval } from '../../../src-main/statistics/proportions/interval.ts'
import { mcnemarTest } from '../../../src-main/statistics/proportions/mcnemar.ts'
import { multiclassMetrics } from '../../../src-main/statistics/proportions/multiclass-metrics.ts'
import {
  binomialLowerTail,
  binomialProbability,
  binomialUpperTail,
} from '../../../src-main/statistics/distributions.ts'

const count = fc.integer({ min: 0, max: 60 })
const successes = fc.integer({ min: 1, max: 80 }).chain((n) => fc.integer({ min: 0, max: n }).map((x) => ({ x, n })))

describe('intervals of a share', () => {
  it('hold the share and mirror with success and failure', () => {
    fc.assert(
      fc.property(successes, ({ x, n }) => {
        for (const interval of [wilsonInterval, clopperPearsonInterval]) {
          const [lower, upper] = interval(x, n)
          expect(0 <= lower && lower <= x / n && x / n <= upper && upper <= 1).toBe(true)
          const [low, high] = interval(n - x, n)
          expect(low).toBeCloseTo(1 - upper, 9)
          expect(high).toBeCloseTo(1 - lower, 9)
        }
      }),
    )
  })

  it('of Clopper and Pearson leave half of α beyond each limit', () => {
    fc.assert(
      fc.property(successes, ({ x, n }) => {
        const [lower, upper] = clopperPearsonInterval(x, n, { level: 0.9 })
        if (x > 0) expect(binomialUpperTail(x, n, lower)).toBeCloseTo(0.05, 9)
        if (x < n) expect(binomialLowerTail(x, n, upper)).toBeCloseTo(0.05, 9)
      }),
    )
  })

  it('of Wilson are where the score test is just significant', () => {
    const [lower, upper] = wilsonInterval(15, 148)
    for (const p of [lower, upper])
      expect(Math.abs(15 / 148 - p) / Math.sqrt((p * (1 - p)) / 148)).toBeCloseTo(1.959963984540054, 9)
  })
})

describe('the exact binomial test', () => {
  it('adds up the counts that are not more likely than the observed one', () => {
    fc.assert(
      fc.property(successes, fc.double({ min: 0.02, max: 0.98, noNaN: true }), ({ x, n }, p0) => {
        const chances = Array.from({ length: n + 1 }, (_, k) => binomialProbability(k, n, p0))
        const expected = chances.filter((chance) => chance <= chances[x]! * (1 + 1e-7)).reduce((a, b) => a + b, 0)
        expect(binomialTest(x, n, p0).pTwoSided).toBeCloseTo(Math.min(expected, 1), 9)
      }),
    )
  })

  it('shows equivalence only when both one-sided tests do', () => {
    const { p, pLower, pUpper } = binomialEquivalence(60, 111, [0.4, 0.6])
    expect(p).toBe(Math.max(pLower, pUpper))
    expect(binomialEquivalence(500, 1000, [0.4, 0.6]).p).toBeLessThan(1e-9)
  })
})

describe('differences of shares', () => {
  it('lie within their interval and turn around with the order', () => {
    fc.assert(
      fc.property(successes, successes, (a, b) => {
        const { difference, interval } = independentDifference(a.x, a.n, b.x, b.n)
        expect(interval[0] <= difference && difference <= interval[1]).toBe(true)
        const back = independentDifference(b.x, b.n, a.x, a.n)
        expect(back.interval[0]).toBeCloseTo(-interval[1], 9)
      }),
    )
  })

  it('of pairs without a correlation are those of independent groups', () => {
    // Both margins 20 of 40, and 10 + 10 + 10 + 10: φ = 0.
    const paired = pairedDifference({ both: 10, firstOnly: 10, secondOnly: 10, neither: 10 })
    expect(paired.interval[0]).toBeCloseTo(independentDifference(20, 40, 20, 40).interval[0], 12)
  })

  it('of pairs that always agree are exactly zero', () => {
    expect(pairedDifference({ both: 12, firstOnly: 0, secondOnly: 0, neither: 9 })).toMatchObject({ difference: 0 })
  })
})

describe('binary metrics', () => {
  it('exchange sensitivity and specificity, and keep MCC and kappa, when the labels swap', () => {
    fc.assert(
      fc.property(count, count, count, count, (tp, fp, fn, tn) => {
        fc.pre(tp + fp + fn + tn > 0)
        const there = binaryMetrics({ truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn })
        const back = binaryMetrics({ truePositives: tn, falsePositives: fn, falseNegatives: fp, trueNegatives: tp })
        expect(back.sensitivity.estimate).toBe(there.specificity.estimate)
        expect(back.ppv.estimate).toBe(there.npv.estimate)
        expect(back.mcc === null).toBe(there.mcc === null)
        if (there.mcc !== null) expect(back.mcc).toBeCloseTo(there.mcc, 12)
        if (there.cohenKappa !== null) expect(there.cohenKappa).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('leave 0/0 undefined instead of 0', () => {
    const allPositive = binaryMetrics({ truePositives: 7, falsePositives: 0, falseNegatives: 2, trueNegatives: 0 })
    expect(allPositive.specificity).toEqual({
      numerator: 0,
      denominator: 0,
      estimate: null,
      wilson: null,
      clopperPearson: null,
    })
    expect(allPositive).toMatchObject({
      mcc: null,
      balancedAccuracy: null,
      youdenJ: null,
      likelihoodRatioPositive: null,
    })
    expect(allPositive.diagnosticOddsRatio).toBe(null)
    const noCalls = binaryMetrics({ truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 5 })
    expect(noCalls).toMatchObject({ f1: null, cohenKappa: null })
    const perfect = binaryMetrics({ truePositives: 4, falsePositives: 0, falseNegatives: 0, trueNegatives: 5 })
    expect(perfect).toMatchObject({
      likelihoodRatioPositive: Infinity,
      diagnosticOddsRatio: Infinity,
      mcc: 1,
      cohenKappa: 1,
    })
  })

  it('count calls against the truth', () => {
    expect(confusionCounts([1, 1, 0, 0, 1], [1, 0, 1, 0, 1])).toEqual({
      truePositives: 2,
      falsePositives: 1,
      falseNegatives: 1,
      trueNegatives: 1,
    })
  })
})

describe('McNemar’s test', () => {
  it('does not depend on the order of the judgements or on the concordant cases', () => {
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const test = mcnemarTest([
          [a, b],
          [c, d],
        ])
        expect(
          mcnemarTest([
            [d, c],
            [b, 0],
          ]),
        ).toEqual(test)
        if (test.p !== null) expect(test.pCorrected).toBeGreaterThanOrEqual(test.p)
      }),
    )
  })

  it('is undefined without discordant pairs, but for the exact p of 1', () => {
    expect(
      mcnemarTest([
        [8, 0],
        [0, 3],
      ]),
    ).toEqual({ chiSquare: null, p: null, chiSquareCorrected: null, pCorrected: null, pExact: 1 })
  })
})

describe('several classes', () => {
  it('agree with the binary metrics for two', () => {
    const truth = [1, 1, 0, 0, 1, 0, 1]
    const call = [1, 0, 0, 1, 1, 0, 1]
    const two = binaryMetrics(confusionCounts(truth, call))
    const many = multiclassMetrics(truth, call)
    expect(many.mcc).toBeCloseTo(two.mcc!, 12)
    expect(many.cohenKappa).toBeCloseTo(two.cohenKappa!, 12)
    expect(many.balancedAccuracy).toBeCloseTo(two.balancedAccuracy!, 12)
    expect(many.perClass[1]!.f1).toBeCloseTo(two.f1!, 12)
  })

  it('keep a precision without predictions undefined unless a value is asked for', () => {
    expect(multiclassMetrics([0, 1, 2], [0, 1, 1]).perClass[2]).toEqual({ precision: null, recall: 0, f1: 0 })
    expect(multiclassMetrics([0, 1, 2], [0, 1, 1]).macro.precision).toBe(null)
    expect(multiclassMetrics([0, 1, 2], [0, 1, 1], { zeroDivision: 0 }).macro.precision).toBe(0.5)
    expect(multiclassMetrics([1, 1], [1, 1])).toMatchObject({ mcc: null, cohenKappa: null, accuracy: 1 })
  })
})
