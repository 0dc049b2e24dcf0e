import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrationError, hosmerLemeshow } from '../../../src-main/statistics/calibration/bins.ts'
import { binnedConcordance } from '../../../src-main/statistics/calibration/binned-concordance.ts'
import { brierScore, calibration } from '../../../src-main/statistics/calibration/calibration.ts'
import { logisticLine } from '../../../src-main/statistics/calibration/logistic-regression.ts'
import {
  decisionCurve,
  decisionCurveOfCalls,
  decisionCurveOfPolicy,
} from '../../../src-main/statistics/decision-curve.ts'
import { auc } from '../../../src-main/statistics/roc/auc.ts'
import { truths } from '../arbitraries.ts'

const predictions = truths(3).chain((truth) =>
  fc
    .array(
      fc.integer({ min: 1, max: 99 }).map((value) => value / 100),
      { minLength: truth.length, maxLength: truth.length },
    )
    .map((probability) => ({ truth, probability })),
)

describe('calibration', () => {
  it('falls apart into bins that hold every case once', () => {
    fc.assert(
      fc.property(
        predictions,
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('uniform', 'quantile'),
        ({ truth, probability }, bins, spacing) => {
          const result = calibrationError(truth, probability, { bins, spacing })
          expect(result.bins.reduce((total, bin) => total + bin.n, 0)).toBe(truth.length)
          expect(result.ece).toBeLessThanOrEqual(result.mce + 1e-12)
          expect(result.mce).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  it('puts an edge into the bin below it', () => {
    const { bins } = calibrationError([0, 1, 1], [0, 0.5, 0.500001], { bins: 2 })
    expect(bins.map((bin) => bin.n)).toEqual([2, 1])
  })

  it('has slope 1 and intercept 0 for probabilities that are the observed shares', () => {
    const truth = [1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0]
    const probability = [0.25, 0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 0.5, 0.75, 0.75, 0.75, 0.75]
    const result = calibration(truth, probability)
    expect(result.calibrationSlope).toBeCloseTo(1, 9)
    expect(result.calibrationIntercept).toBeCloseTo(0, 9)
    expect(result.calibrationInTheLarge).toBeCloseTo(0, 9)
    expect(calibrationError(truth, probability, { bins: 4 }).ece).toBeCloseTo(0, 12)
    expect(hosmerLemeshow(truth, probability, { groups: 3 }).chiSquare).toBeCloseTo(0, 12)
  })

  it('recovers the line after the logits are stretched and moved', () => {
    fc.assert(
      fc.property(predictions, ({ truth, probability }) => {
        const before = calibration(truth, probability)
        fc.pre(before.calibrationSlope !== null && Math.abs(before.calibrationSlope) < 20)
        const moved = probability.map((p) => 1 / (1 + Math.exp(-(0.5 + 2 * Math.log(p / (1 - p))))))
        const after = calibration(truth, moved)
        expect(after.calibrationSlope).toBeCloseTo(before.calibrationSlope! / 2, 6)
        expect(after.calibrationIntercept).toBeCloseTo(
          before.calibrationIntercept! - 0.25 * before.calibrationSlope!,
          6,
        )
      }),
    )
  })

  it('leaves undefined what certain predictions or separated classes have not', () => {
    const certain = calibration([0, 1, 1, 0], [0, 1, 0.6, 0.4])
    expect(certain).toMatchObject({ calibrationSlope: null, calibrationIntercept: null, calibrationInTheLarge: null })
    expect(calibration([0, 0, 1, 1], [0.1, 0.2, 0.7, 0.9]).calibrationSlope).toBe(null)
    expect(calibration([0, 1], [0.5, 0.5]).spiegelhalterZ).toBe(null)
    expect(calibration([0, 1, 0], [1, 0.5, 0.2]).logLoss).toBe(Infinity)
    expect(hosmerLemeshow([0, 1, 0, 1], [0, 0, 0.5, 0.7], { groups: 2 })).toMatchObject({ chiSquare: null, df: null })
    expect(logisticLine([0, 1, 0], [2, 2, 2])).toBe(null)
  })

  it('has a Brier score between 0 and 1, of ¼ for a coin', () => {
    expect(brierScore([1, 0, 1], [0.5, 0.5, 0.5])).toBe(0.25)
    expect(brierScore([1, 0], [1, 0])).toBe(0)
    expect(brierScore([1, 0], [0, 1])).toBe(1)
  })

  it('ties only predictions within 0.002 for the concordance that lrm prints', () => {
    const truth = [0, 1, 0, 1, 1, 0]
    expect(binnedConcordance(truth, [0.1, 0.2, 0.15, 0.3, 0.12, 0.4])).toBe(
      auc(truth, [0.1, 0.2, 0.15, 0.3, 0.12, 0.4]),
    )
    expect(binnedConcordance([0, 1], [0.1002, 0.1014])).toBe(0.5)
    expect(binnedConcordance([0, 1], [0, 1])).toBe(null)
  })
})

describe('decision curves', () => {
  it('cross the policies where these cross: at the prevalence, treating all gains nothing', () => {
    const [point] = decisionCurveOfPolicy([1, 0, 0, 0], 'all', [0.25])
    expect(point!.netBenefit).toBeCloseTo(0, 15)
    expect(decisionCurveOfPolicy([1, 0, 0, 0], 'none', [0.25])[0]!.netBenefit).toBe(0)
  })

  it('of calls are those of probabilities 0 and 1', () => {
    fc.assert(
      fc.property(predictions, ({ truth, probability }) => {
        const call = probability.map((p) => (p > 0.5 ? 1 : 0))
        const thresholds = [0.1, 0.4, 0.9]
        expect(decisionCurveOfCalls(truth, call, thresholds)).toEqual(decisionCurve(truth, call, thresholds))
      }),
    )
  })

  it('never pass the prevalence, which only a perfect test reaches', () => {
    fc.assert(
      fc.property(predictions, ({ truth, probability }) => {
        const prevalence = truth.filter((t) => t === 1).length / truth.length
        for (const point of decisionCurve(truth, probability, [0, 0.2, 0.6]))
          expect(point.netBenefit).toBeLessThanOrEqual(prevalence + 1e-12)
        expect(decisionCurve(truth, truth, [0.3])[0]!.netBenefit).toBeCloseTo(prevalence, 12)
      }),
    )
  })

  it('count no avoided intervention at a threshold of 0', () => {
    expect(decisionCurve([1, 0], [0.4, 0.2], [0])[0]!.interventionsAvoided).toBe(null)
  })
})
