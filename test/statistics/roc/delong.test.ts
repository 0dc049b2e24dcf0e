import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { delongAuc, delongContrast, delongPaired, delongUnpaired } from '../../../src-main/statistics/roc/delong.ts'
import { scored } from '../arbitraries.ts'

describe('DeLong', () => {
  it('gives an interval within [0, 1] around the area, wider at a higher level', () => {
    fc.assert(
      fc.property(scored(1, 2), ({ truth, scores }) => {
        const { auc, interval } = delongAuc(truth, scores[0]!)
        const [lower, upper] = interval!
        expect(lower >= 0 && lower <= auc && auc <= upper && upper <= 1).toBe(true)
        const [low, high] = delongAuc(truth, scores[0]!, { level: 0.99 }).interval!
        expect(low <= lower && high >= upper).toBe(true)
      }),
    )
  })

  it('has the same variance after the labels are swapped', () => {
    fc.assert(
      fc.property(scored(1, 2), ({ truth, scores }) => {
        const swapped = truth.map((t) => 1 - t)
        expect(delongAuc(swapped, scores[0]!).variance).toBeCloseTo(delongAuc(truth, scores[0]!).variance!, 12)
      }),
    )
  })

  it('changes its sign when the scores change places', () => {
    fc.assert(
      fc.property(scored(2, 2), ({ truth, scores }) => {
        const forward = delongPaired(truth, scores[0]!, scores[1]!)
        const back = delongPaired(truth, scores[1]!, scores[0]!)
        expect(back.difference).toBeCloseTo(-forward.difference, 12)
        expect(back.standardErrorOfDifference).toBeCloseTo(forward.standardErrorOfDifference!, 12)
        if (forward.pTwoSided !== null) expect(back.pTwoSided).toBeCloseTo(forward.pTwoSided, 9)
      }),
    )
  })

  it('tests one contrast of two scores as the paired test does: χ² = z²', () => {
    fc.assert(
      fc.property(scored(2, 2), ({ truth, scores }) => {
        const { z, pTwoSided } = delongPaired(truth, scores[0]!, scores[1]!)
        fc.pre(z !== null)
        const contrast = delongContrast(truth, scores, [[1, -1]])
        expect(contrast.chiSquare).toBeCloseTo(z! ** 2, 6)
        expect(contrast.p).toBeCloseTo(pTwoSided!, 8)
        expect(contrast.df).toBe(1)
      }),
    )
  })

  it('is not moved by a contrast that follows from the others', () => {
    const truth = [1, 1, 1, 1, 0, 0, 0, 0, 0]
    const scores = [
      [5, 4, 6, 2, 1, 3, 2, 4, 0],
      [4, 5, 3, 2, 1, 4, 2, 3, 1],
      [3, 1, 5, 2, 2, 3, 4, 1, 2],
    ]
    const two = delongContrast(truth, scores, [
      [1, -1, 0],
      [0, 1, -1],
    ])
    const three = delongContrast(truth, scores, [
      [1, -1, 0],
      [0, 1, -1],
      [1, 0, -1],
    ])
    expect(three.df).toBe(2)
    expect(three.chiSquare).toBeCloseTo(two.chiSquare!, 9)
  })

  it('leaves undefined what has no variance', () => {
    const truth = [0, 0, 1, 1]
    const same = delongPaired(truth, [1, 2, 2, 4], [1, 2, 2, 4])
    expect(same).toMatchObject({
      difference: 0,
      standardErrorOfDifference: 0,
      z: null,
      pTwoSided: null,
      differenceInterval: [0, 0],
    })
    expect(delongAuc(truth, [1, 2, 3, 4])).toMatchObject({ auc: 1, variance: 0, interval: [1, 1] })
    expect(delongAuc([0, 0, 1], [1, 3, 2])).toEqual({ auc: 0.5, variance: null, standardError: null, interval: null })
    expect(
      delongContrast(
        truth,
        [
          [1, 2, 3, 4],
          [2, 3, 4, 5],
        ],
        [[1, -1]],
      ),
    ).toMatchObject({ chiSquare: null, df: 0, p: null })
    expect(delongUnpaired(truth, [1, 2, 3, 4], truth, [1, 2, 3, 4])).toMatchObject({
      z: null,
      pNormal: null,
      dfWelch: null,
    })
  })
})
