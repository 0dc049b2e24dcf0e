import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mean } from '../../../src-main/statistics/moments.ts'
import { quantile } from '../../../src-main/statistics/quantile.ts'
import {
  aucCaseBootstrap,
  aucOverResamples,
  bootstrapInterval,
} from '../../../src-main/statistics/resampling/auc-bootstrap.ts'
import { allResamples, bootstrap, randomResamples } from '../../../src-main/statistics/resampling/bootstrap.ts'
import { drawCounts, weightedAuc } from '../../../src-main/statistics/resampling/weighted-auc.ts'
import { auc } from '../../../src-main/statistics/roc/auc.ts'
import { delongAuc } from '../../../src-main/statistics/roc/delong.ts'
import { measurements, scored } from '../arbitraries.ts'

describe('quantiles', () => {
  it('rise with p between the extremes', () => {
    fc.assert(
      fc.property(
        measurements(1),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (x, p, q) => {
          const [low, high] = [quantile(x, Math.min(p, q)), quantile(x, Math.max(p, q))]
          expect(low).toBeLessThanOrEqual(high + 1e-9)
          expect(quantile(x, 0)).toBe(Math.min(...x))
          expect(quantile(x, 1)).toBe(Math.max(...x))
        },
      ),
    )
  })
})

describe('bootstrap of a sample', () => {
  it('over all resamples has the mean as its centre and σ/√n as its spread', () => {
    const x = [1.2, 3.4, 2.2, 5.9]
    const { replicates, bias } = bootstrap(x, mean, allResamples(4))
    const variance = mean(x.map((value) => (value - mean(x)) ** 2)) / 4
    expect(replicates.length).toBe(256)
    expect(bias).toBeCloseTo(0, 12)
    expect(mean(replicates.map((value) => (value - mean(x)) ** 2))).toBeCloseTo(variance, 12)
  })

  it('repeats with its seed', () => {
    const x = [3, 1, 4, 1, 5, 9, 2, 6]
    const once = bootstrap(x, mean, randomResamples(8, 500, 42))
    expect(bootstrap(x, mean, randomResamples(8, 500, 42))).toEqual(once)
    expect(once.percentileInterval[0]).toBeLessThan(once.estimate)
    expect(once.percentileInterval[1]).toBeGreaterThan(once.estimate)
  })

  it('has no BCa interval where all replicates are on one side or nothing varies', () => {
    expect(bootstrap([2, 2, 2], mean, randomResamples(3, 50, 1)).bca).toBe(null)
    expect(bootstrap([1, 2, 3], (sample) => Math.max(...sample), [[0, 0, 0]]).bca).toBe(null)
  })
})

describe('bootstrap of areas', () => {
  it('counts draws as copies of the cases', () => {
    fc.assert(
      fc.property(scored(1), fc.infiniteStream(fc.nat()), ({ truth, scores }, stream) => {
        const resample = [...stream.take(truth.length)].map((value) => value % truth.length)
        const drawn = resample.map((i) => truth[i]!)
        fc.pre(drawn.includes(0) && drawn.includes(1))
        const fast = weightedAuc(truth, scores[0]!)(drawCounts(resample, truth.length))
        expect(fast).toBeCloseTo(
          auc(
            drawn,
            resample.map((i) => scores[0]![i]!),
          ),
          12,
        )
      }),
    )
  })

  it('leaves out and counts resamples that lack a class', () => {
    const areas = aucOverResamples(
      [1, 0, 0],
      [[3, 1, 2]],
      [
        [1, 2, 2],
        [0, 1, 2],
        [0, 0, 0],
      ],
    )
    expect(areas.undefinedRounds).toBe(2)
    expect(Array.from(areas.replicates[0]!)).toEqual([1])
  })

  it('spreads about as DeLong’s variance says', () => {
    const truth = Array.from({ length: 120 }, (_, i) => i % 2)
    const score = truth.map((t, i) => ((i * 37) % 101) / 20 + 1.6 * t)
    const areas = aucCaseBootstrap(truth, [score], { rounds: 4000, seed: 5 })
    const { standardError, estimate } = bootstrapInterval(areas, (area) => area[0]!)
    expect(estimate).toBeCloseTo(auc(truth, score), 12)
    expect(standardError! / delongAuc(truth, score).standardError!).toBeCloseTo(1, 1)
  })

  it('draws the same cases for every score, so equal scores never differ', () => {
    const truth = [1, 1, 1, 0, 0, 0, 1, 0]
    const score = [4, 2, 5, 1, 3, 2, 3, 2]
    const areas = aucCaseBootstrap(truth, [score, score], { rounds: 200, seed: 9, stratified: false })
    expect(bootstrapInterval(areas, (area) => area[0]! - area[1]!).interval).toEqual([0, 0])
  })
})
