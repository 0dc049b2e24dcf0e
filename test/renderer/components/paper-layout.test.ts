import { describe, expect, it } from 'vitest'
import {
  CSS_PX_PER_MM,
  devicePxPerMm,
  lastPageStart,
  LAYOUTS,
  layOutPaper,
  pageStartForWindow,
  SPEEDS_MM_PER_S,
  type PaperSettings,
} from '@/components/ecg/paper-layout.ts'
import { LEAD_NAMES } from '@/contract.ts'

const standard: PaperSettings = { layout: '3x4+1', speedMmPerS: 25, gainMmPerMv: 10 }

describe('the standard page', () => {
  const page = layOutPaper(standard)

  it('shows ten seconds at 25 mm/s on 250 mm', () => {
    expect(page.pageS).toBe(10)
    const rhythm = page.segments.at(-1)!
    expect([rhythm.lead, rhythm.startS, rhythm.durationS, rhythm.widthMm]).toEqual(['II', 0, 10, 250])
  })

  it('prints limb leads, augmented leads, V1–V3, V4–V6 in columns of 2.5 s that follow each other', () => {
    const column = (startS: number): string[] =>
      page.segments.filter((s) => s.startS === startS && s.durationS === 2.5).map((s) => s.lead)
    expect(column(0)).toEqual(['I', 'II', 'III'])
    expect(column(2.5)).toEqual(['aVR', 'aVL', 'aVF'])
    expect(column(5)).toEqual(['V1', 'V2', 'V3'])
    expect(column(7.5)).toEqual(['V4', 'V5', 'V6'])
  })

  it('has one calibration pulse a row, on the baseline of its row', () => {
    expect(page.pulses).toHaveLength(4)
    const baselines = page.segments.filter((s) => s.startS === 0).map((s) => s.baselineMm)
    expect(page.pulses.map((pulse) => pulse.baselineMm)).toEqual(baselines)
  })

  it('begins traces and rows on bold lines', () => {
    for (const segment of page.segments) {
      if (segment.startS === 0) expect(segment.xMm % 5).toBe(0)
      expect(segment.topMm % 5).toBe(0)
    }
  })
})

describe('every layout at every speed', () => {
  const cases = LAYOUTS.flatMap((layout) =>
    SPEEDS_MM_PER_S.map((speedMmPerS) => ({ ...standard, layout, speedMmPerS })),
  )

  it.each(cases)('$layout at $speedMmPerS mm/s shows all twelve leads', (settings) => {
    const shown = new Set(layOutPaper(settings).segments.map((s) => s.lead))
    expect([...LEAD_NAMES].filter((lead) => !shown.has(lead))).toEqual([])
  })

  it.each(cases)('$layout at $speedMmPerS mm/s crosses one moment at any vertical line', (settings) => {
    const { segments } = layOutPaper(settings)
    const left = Math.min(...segments.map((s) => s.xMm))
    for (const segment of segments) {
      expect(segment.xMm - left).toBeCloseTo(segment.startS * settings.speedMmPerS, 9)
      expect(segment.widthMm).toBeCloseTo(segment.durationS * settings.speedMmPerS, 9)
    }
  })
})

describe('millimetres on a screen', () => {
  it('are CSS millimetres at true size: 10 mm/mV make 1 mV 37.8 CSS px', () => {
    expect(10 * CSS_PX_PER_MM).toBeCloseTo(37.795, 2)
    expect(devicePxPerMm('true', 265, 1100, 2)).toBeCloseTo(2 * CSS_PX_PER_MM, 9)
  })

  it('are whole device pixels when fitted, and the paper never exceeds what is there', () => {
    for (const ratio of [1, 1.25, 1.5, 2, 3]) {
      for (const available of [620, 1048, 1133, 1689]) {
        const px = devicePxPerMm('fit', 265, available, ratio)
        expect(Number.isInteger(px)).toBe(true)
        expect(px * 265).toBeLessThanOrEqual(Math.max(2 * 265, available * ratio))
      }
    }
  })
})

describe('pages of a long recording', () => {
  it('end with the recording', () => {
    expect(lastPageStart(38.4, 10)).toBeCloseTo(28.4)
    expect(lastPageStart(9.5, 10)).toBe(0)
  })

  it('open on the screened window', () => {
    expect(pageStartForWindow({ startS: 12, durationS: 10 }, 38.4, 10)).toBe(12)
    expect(pageStartForWindow({ startS: 28.4, durationS: 10 }, 38.4, 20)).toBeCloseTo(18.4)
    expect(pageStartForWindow({ startS: 2, durationS: 10 }, 38.4, 20)).toBe(0)
    expect(pageStartForWindow(null, 38.4, 10)).toBe(0)
  })
})
