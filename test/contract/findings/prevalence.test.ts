import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atSite, shiftPrevalence } from '../../../src-preload/contract/findings/at-site.ts'
import { ofThousand } from '../../../src-preload/contract/findings/of-thousand.ts'
import { predictiveValues, type Rate } from '../../../src-preload/contract/findings/predictive-values.ts'
import { wilsonInterval } from '../../../src-main/statistics/proportions/interval.ts'
import { Philox } from '../../../src-main/statistics/random.ts'

const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })

describe('another prevalence', () => {
  it('is the recount of a population whose ill and well are as many as it says', () => {
    // 2,000 ill and 8,000 well were told so; of those with one score, 300 were ill and 200 well.
    const p = 300 / 500
    // Among 500 ill and 9,500 well, the same score falls to a quarter of the ill ones, and 9,500/8,000 of the well.
    const expected = 300 / 4 / (300 / 4 + (200 * 9500) / 8000)
    expect(shiftPrevalence(p, 0.2, 0.05)).toBeCloseTo(expected, 12)
  })

  it('adds logits: logit p + logit to − logit from', () => {
    const logit = (p: number): number => Math.log(p / (1 - p))
    fc.assert(
      fc.property(share, share, share, (p, from, to) => {
        expect(logit(shiftPrevalence(p, from, to))).toBeCloseTo(logit(p) + logit(to) - logit(from), 5)
      }),
    )
  })

  it('changes nothing at the pack’s own, comes back on the way back, and keeps 0 and 1', () => {
    fc.assert(
      fc.property(share, share, share, (p, from, to) => {
        expect(shiftPrevalence(p, from, from)).toBeCloseTo(p, 12)
        expect(shiftPrevalence(shiftPrevalence(p, from, to), to, from)).toBeCloseTo(p, 6)
      }),
    )
    expect([shiftPrevalence(0, 0.1, 0.9), shiftPrevalence(1, 0.9, 0.1)]).toEqual([0, 1])
  })

  it('is refused where it is no share', () => {
    expect(() => shiftPrevalence(0.5, 0.1, 0)).toThrow('0, not within 0 and 1')
    expect(() => shiftPrevalence(0.5, 1, 0.2)).toThrow('1, not within 0 and 1')
  })

  it('never makes a positive result negative: the threshold moves with it', () => {
    fc.assert(
      fc.property(share, share, share, share, (probability, threshold, pack, site) => {
        fc.pre(Math.abs(probability - threshold) > 1e-9)
        const positive = probability >= threshold
        const shown = atSite({ probability, threshold, positive, prevalence: { pack, site } })
        expect(shown.probability >= shown.threshold).toBe(positive)
      }),
    )
  })

  it('is named with whose it is; a result of earlier versions has none', () => {
    const result = { probability: 0.3, threshold: 0.2, positive: true }
    expect(atSite({ ...result, prevalence: { pack: 0.1, site: null } })).toMatchObject({
      prevalence: 0.1,
      from: 'pack',
    })
    expect(atSite({ ...result, prevalence: { pack: 0.1, site: 0.4 } })).toMatchObject({ prevalence: 0.4, from: 'site' })
    expect(atSite(result)).toEqual({ probability: 0.3, interval: null, threshold: 0.2, prevalence: null, from: 'pack' })
  })
})

const rate = (part: number, of: number): Rate => ({ estimate: part / of, interval: wilsonInterval(part, of) })

describe('predictive values', () => {
  it('are what counting says: 90 of 100 ill and 160 of 800 well marked, 1 in 10 ill', () => {
    const { ppv, npv } = predictiveValues(rate(90, 100), rate(640, 800), 0.1)
    // Of 1,000: 90 of 100 ill, 180 of 900 well.
    expect(ppv.estimate).toBeCloseTo(90 / 270, 12)
    expect(npv.estimate).toBeCloseTo(720 / 730, 12)
  })

  it('cover what they estimate in 95 of 100 studies', () => {
    const random = new Philox(7)
    const binomial = (n: number, p: number): number =>
      Array.from({ length: n }, () => random.uniform()).filter((u) => u < p).length
    const [sensitivity, specificity, prevalence] = [0.82, 0.9, 0.06]
    const marked = sensitivity * prevalence + (1 - specificity) * (1 - prevalence)
    const truePpv = (sensitivity * prevalence) / marked
    const trueNpv = (specificity * (1 - prevalence)) / (1 - marked)
    const studies = 4000
    const missed = { ppvLow: 0, ppvHigh: 0, npvLow: 0, npvHigh: 0 }
    for (let study = 0; study < studies; study++) {
      const { ppv, npv } = predictiveValues(
        rate(binomial(80, sensitivity), 80),
        rate(binomial(300, specificity), 300),
        prevalence,
      )
      missed.ppvLow += Number(truePpv < ppv.interval[0])
      missed.ppvHigh += Number(truePpv > ppv.interval[1])
      missed.npvLow += Number(trueNpv < npv.interval[0])
      missed.npvHigh += Number(trueNpv > npv.interval[1])
    }
    // 2.5 % beyond each end, as far as so few people allow.
    for (const count of Object.values(missed)) {
      expect(count / studies).toBeGreaterThan(0.016)
      expect(count / studies).toBeLessThan(0.036)
    }
  })

  it('stay shares where nobody is marked wrongly, or nobody is missed', () => {
    for (const [sensitivity, specificity] of [
      [rate(50, 50), rate(90, 90)],
      [rate(0, 50), rate(90, 90)],
      [rate(20, 50), rate(90, 90)],
    ] as const) {
      const { ppv, npv } = predictiveValues(sensitivity, specificity, 0.02)
      for (const { interval } of [ppv, npv]) {
        expect(interval[0] >= 0 && interval[0] <= interval[1] && interval[1] <= 1).toBe(true)
      }
    }
  })
})

describe('of a thousand people', () => {
  it('all are counted once, each kind to the nearest person', () => {
    fc.assert(
      fc.property(share, share, share, (sensitivity, specificity, prevalence) => {
        const { illMarked, illMissed, wellMarked, wellUnmarked } = ofThousand(sensitivity, specificity, prevalence)
        expect(illMarked + illMissed + wellMarked + wellUnmarked).toBe(1000)
        expect(Math.abs(illMarked - 1000 * prevalence * sensitivity)).toBeLessThan(1)
        expect(Math.abs(wellMarked - 1000 * (1 - prevalence) * (1 - specificity))).toBeLessThan(1)
      }),
    )
  })

  it('are 90, 10, 180 and 720 where a tenth is ill, of whom 90 % are marked, and 20 % of the others', () => {
    expect(ofThousand(0.9, 0.8, 0.1)).toEqual({ illMarked: 90, illMissed: 10, wellMarked: 180, wellUnmarked: 720 })
  })
})
