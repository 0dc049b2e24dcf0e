import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  firstCalliper,
  marchLines,
  readCalliper,
  segmentAt,
  toSignal,
  xOfTime,
  yOfMv,
  type Page,
} from '@/components/ecg/callipers.ts'
import { LAYOUTS } from '@/components/ecg/lead-rows.ts'
import { layOutPaper, type PaperSettings } from '@/components/ecg/paper-layout.ts'
import { PAPER_GAINS_MM_PER_MV, PAPER_SPEEDS_MM_PER_S } from '@/contract.ts'

const pageOf = (settings: Partial<PaperSettings> = {}, pageStartS = 0): Page => {
  const all: PaperSettings = { layout: '3x4+1', lead: 'II', speedMmPerS: 25, gainMmPerMv: 10, ...settings }
  return { layout: layOutPaper(all, 1.1), settings: all, pageStartS }
}

describe('a calliper', () => {
  it('reads 25 mm across and 10 mm up as 1000 ms, 60 per minute and 1 mV on the standard page', () => {
    const page = pageOf()
    const rhythm = page.layout.segments.at(-1)!
    const from = toSignal(page, rhythm, rhythm.xMm + 50, rhythm.baselineMm)
    const to = toSignal(page, rhythm, rhythm.xMm + 75, rhythm.baselineMm - 10)
    const calliper = { segment: 12, fromS: from.timeS, toS: to.timeS, fromMv: from.mv, toMv: to.mv }
    expect(readCalliper(calliper)).toEqual({ intervalMs: 1000, amplitudeMv: 1, ratePerMin: 60 })
  })

  it('has no rate where it spans no time, and measures either way', () => {
    const still = { segment: 0, fromS: 1, toS: 1, fromMv: 0, toMv: -0.2 }
    expect(readCalliper(still)).toEqual({ intervalMs: 0, amplitudeMv: -0.2, ratePerMin: null })
    expect(readCalliper({ ...still, toS: 0.4 }).ratePerMin).toBeCloseTo(100, 9)
  })

  it('turns paper into time and voltage and back, in every layout, speed and gain', () => {
    const settings = fc.record({
      layout: fc.constantFrom(...LAYOUTS),
      speedMmPerS: fc.constantFrom(...PAPER_SPEEDS_MM_PER_S),
      gainMmPerMv: fc.constantFrom(...PAPER_GAINS_MM_PER_MV),
    })
    fc.assert(
      fc.property(settings, fc.nat(1000), fc.double({ min: 0, max: 100, noNaN: true }), (chosen, place, startS) => {
        const page = pageOf(chosen, startS)
        const segment = page.layout.segments[place % page.layout.segments.length]!
        const [x, y] = [segment.xMm + 0.7 * segment.widthMm, segment.topMm + 0.3 * segment.heightMm]
        const { timeS, mv } = toSignal(page, segment, x, y)
        expect(xOfTime(page, segment, timeS)).toBeCloseTo(x, 6)
        expect(yOfMv(page, segment, mv)).toBeCloseTo(y, 6)
        expect(page.layout.segments[segmentAt(page.layout, x, y)]).toBe(segment)
      }),
    )
  })

  it('reads −aVR upside down: 5 mm up are −0.5 mV of aVR', () => {
    const page = pageOf({ layout: 'cabrera' })
    const turned = page.layout.segments.find(({ inverted }) => inverted)!
    expect(toSignal(page, turned, turned.xMm, turned.baselineMm - 5).mv).toBeCloseTo(-0.5, 9)
  })
})

describe('marching out', () => {
  it('repeats the interval over the whole row, through all its columns', () => {
    const page = pageOf()
    // 800 ms in lead I, the first of four columns: 20 mm.
    const lines = marchLines(page, { segment: 0, fromS: 0.4, toS: 1.2, fromMv: 0, toMv: 0 })
    const steps = [10 + 10, 10 + 30, ...lines].toSorted((a, b) => a - b)
    expect(steps[0]).toBeCloseTo(20, 9)
    expect(steps.at(-1)).toBeCloseTo(260, 9)
    for (let k = 1; k < steps.length; k++) expect(steps[k]! - steps[k - 1]!).toBeCloseTo(20, 9)
  })

  it('shows nothing for an interval too short to tell lines apart', () =>
    expect(marchLines(pageOf(), { segment: 0, fromS: 1, toS: 1.001, fromMv: 0, toMv: 0 })).toEqual([]))

  it('goes on where the page moved past the calliper', () => {
    const lines = marchLines(pageOf({}, 30), { segment: 12, fromS: 1, toS: 2, fromMv: 0, toMv: 0 })
    expect(lines.length).toBeGreaterThanOrEqual(10)
    expect(lines[0]).toBeGreaterThanOrEqual(10)
    expect(lines.at(-1)).toBeLessThanOrEqual(260)
  })

  it('begins in every layout with a calliper on the page', () => {
    for (const layout of LAYOUTS) {
      const page = pageOf({ layout }, 12)
      const { segment, fromS, toS } = firstCalliper(page)
      const ends = [fromS, toS].map((timeS) => xOfTime(page, page.layout.segments[segment]!, timeS))
      expect(segmentAt(page.layout, ends[0]!, page.layout.segments[segment]!.baselineMm)).toBe(segment)
      expect(ends[1]!).toBeLessThan(page.layout.widthMm)
    }
  })
})
