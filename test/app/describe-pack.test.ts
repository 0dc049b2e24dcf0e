import { describe, expect, it } from 'vitest'
import { describeDisease } from '../../src-main/app/describe-pack.ts'
import { referenceManifest } from '../inference/pack-builder.ts'

const [first] = referenceManifest().diseases

describe('what the window is told of a disease', () => {
  it('has the rates of its thresholds from counts, with Wilson’s limits', () => {
    const described = describeDisease({
      ...first!,
      thresholds: { youden: 0.3, sensitivity90: 0.1 },
      heldOut: {
        subjects: 263,
        positives: 148,
        // Sensitivity 81/148 and specificity 95/115.
        points: {
          youden: { truePositives: 81, falsePositives: 20 },
          sensitivity90: { truePositives: 134, falsePositives: 60 },
        },
        reliability: [
          { below: 0.1, subjects: 100, positives: 4, meanProbability: 0.05 },
          { below: 1, subjects: 163, positives: 144, meanProbability: 0.8 },
        ],
      },
    })
    expect(described.operatingPoints.map(({ id, threshold }) => [id, threshold])).toEqual([
      ['screen', 0.1],
      ['balanced', 0.3],
    ])
    const { sensitivity, specificity } = described.operatingPoints[1]!.rates!
    expect(sensitivity).toMatchObject({ estimate: 81 / 148, of: 148 })
    // A Wilson limit L solves (p − L)² = z² L (1 − L) / n.
    const z2 = 1.959963984540054 ** 2
    for (const limit of sensitivity.interval) {
      expect((81 / 148 - limit) ** 2).toBeCloseTo((z2 * limit * (1 - limit)) / 148, 12)
    }
    expect(specificity.estimate).toBe(95 / 115)
    expect(described.reliability).toMatchObject([
      { from: 0, below: 0.1, positives: 4, observed: { estimate: 0.04, of: 100 } },
      { from: 0.1, below: 1, observed: { of: 163 } },
    ])
  })

  it('has no rates where the pack counted nobody', () => {
    const uncounted = { ...first! }
    delete uncounted.heldOut
    const { operatingPoints, reliability } = describeDisease(uncounted)
    expect(operatingPoints.every(({ rates }) => rates === null)).toBe(true)
    expect(reliability).toEqual([])
  })
})
