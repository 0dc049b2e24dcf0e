import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auc, placements } from '../../../src-main/statistics/roc/auc.ts'
import { averagePrecision } from '../../../src-main/statistics/roc/average-precision.ts'
import { rocCurve } from '../../../src-main/statistics/roc/curve.ts'
import { partialAuc } from '../../../src-main/statistics/roc/partial-auc.ts'
import { youdenThreshold } from '../../../src-main/statistics/roc/youden.ts'
import { mean } from '../../../src-main/statistics/moments.ts'
import { scored } from '../arbitraries.ts'

describe('area under the ROC curve', () => {
  const one = scored(1).map(({ truth, scores }) => ({ truth, score: scores[0]! }))

  it('is the chance that a diseased case scores higher, ties counting half', () => {
    fc.assert(
      fc.property(one, ({ truth, score }) => {
        const wins = truth.flatMap((a, i) =>
          truth.flatMap((b, j) => (a === 1 && b === 0 ? [(Math.sign(score[i]! - score[j]!) + 1) / 2] : [])),
        )
        expect(auc(truth, score)).toBeCloseTo(mean(wins), 12)
      }),
    )
  })

  it('turns around with the scores and with the labels: AUC(−x) = 1 − AUC(x)', () => {
    fc.assert(
      fc.property(one, ({ truth, score }) => {
        const area = auc(truth, score)
        expect(
          auc(
            truth,
            score.map((x) => -x),
          ),
        ).toBeCloseTo(1 - area, 12)
        expect(
          auc(
            truth.map((t) => 1 - t),
            score,
          ),
        ).toBeCloseTo(1 - area, 12)
      }),
    )
  })

  it('depends on the order of the scores only', () => {
    fc.assert(
      fc.property(one, ({ truth, score }) => {
        expect(
          auc(
            truth,
            score.map((x) => Math.exp(x / 3)),
          ),
        ).toBe(auc(truth, score))
        expect(
          auc(
            truth,
            score.map((x) => x ** 3 - 7),
          ),
        ).toBe(auc(truth, score))
      }),
    )
  })

  it('is the mean of the placements of either class and the area below the curve', () => {
    fc.assert(
      fc.property(one, ({ truth, score }) => {
        const placed = placements(truth, score)
        expect(mean(placed.positives)).toBeCloseTo(placed.auc, 12)
        expect(mean(placed.negatives)).toBeCloseTo(placed.auc, 12)
        expect(partialAuc(truth, score, 'specificity', [0, 1]).area).toBeCloseTo(placed.auc, 12)
        expect(partialAuc(truth, score, 'sensitivity', [0, 1]).area).toBeCloseTo(placed.auc, 12)
      }),
    )
  })

  it('adds up from neighbouring ranges', () => {
    fc.assert(
      fc.property(one, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ({ truth, score }, cut) => {
        for (const axis of ['specificity', 'sensitivity'] as const) {
          const below = partialAuc(truth, score, axis, [0, cut]).area
          const above = partialAuc(truth, score, axis, [cut, 1]).area
          expect(below + above).toBeCloseTo(auc(truth, score), 12)
        }
      }),
    )
  })

  it('has a curve that rises from (0, 0) to (1, 1), whose dropped points leave the shape', () => {
    fc.assert(
      fc.property(one, ({ truth, score }) => {
        const full = rocCurve(truth, score)
        const { falsePositiveRate: x, truePositiveRate: y } = full
        expect([x[0], y[0], x.at(-1), y.at(-1)]).toEqual([0, 0, 1, 1])
        for (let i = 1; i < x.length; i++) expect(x[i]! >= x[i - 1]! && y[i]! >= y[i - 1]!).toBe(true)
        const short = rocCurve(truth, score, { dropCollinear: true })
        expect(trapezoid(short.falsePositiveRate, short.truePositiveRate)).toBeCloseTo(trapezoid(x, y), 12)
      }),
    )
  })

  it('has no cut with a larger Youden index than the one that is reported', () => {
    fc.assert(
      fc.property(one, ({ truth, score }) => {
        const { falsePositiveRate: x, truePositiveRate: y } = rocCurve(truth, score)
        const best = youdenThreshold(truth, score)
        expect(best.youdenJ).toBeCloseTo(Math.max(...x.map((rate, i) => y[i]! - rate)), 12)
        const above = (group: number): number =>
          score.filter((value, i) => truth[i] === group && value > best.threshold).length
        expect([above(1), above(0)]).toEqual([best.truePositives, best.falsePositives])
      }),
    )
  })
})

describe('average precision', () => {
  it('is at least the worst possible and 1 for a perfect order', () => {
    fc.assert(
      fc.property(scored(1), ({ truth, scores }) => {
        const precision = averagePrecision(truth, scores[0]!)
        expect(precision).toBeGreaterThan(0)
        expect(precision).toBeLessThanOrEqual(1)
        expect(averagePrecision(truth, truth)).toBe(1)
      }),
    )
  })

  it('is the prevalence when all scores are equal', () => {
    expect(averagePrecision([1, 0, 0, 1, 0], [3, 3, 3, 3, 3])).toBe(0.4)
  })
})

function trapezoid(x: number[], y: number[]): number {
  return x.slice(1).reduce((area, value, i) => area + ((value - x[i]!) * (y[i]! + y[i + 1]!)) / 2, 0)
}
