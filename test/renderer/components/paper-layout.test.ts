import { describe, expect, it } from 'vitest'
import { reachOfLeads } from '@/components/ecg/lead-reach.ts'
import { LAYOUTS } from '@/components/ecg/lead-rows.ts'
import { CSS_PX_PER_MM, devicePxPerMm, nextZoom, ZOOMS, type PaperScale } from '@/components/ecg/millimetres.ts'
import { lastPageStart, layOutPaper, pageStartForWindow, type PaperSettings } from '@/components/ecg/paper-layout.ts'
import { LEAD_NAMES, PAPER_SPEEDS_MM_PER_S, type Waveform } from '@/contract.ts'

const standard: PaperSettings = { layout: '3x4+1', lead: 'II', speedMmPerS: 25, gainMmPerMv: 10 }

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

describe('a trace that would leave the paper', () => {
  const reach = (upMv: number, downMv: number) => new Map([['V4' as const, { upMv, downMv }], ['II' as const, { upMv: 1, downMv }]]) // prettier-ignore
  const page = layOutPaper(standard)

  it('gets more paper above the first row and below the last, in bold squares', () => {
    // 20 mm lie above the first baseline, 10 mm below the last one.
    expect(layOutPaper(standard, 0, reach(2, 1)).heightMm).toBe(page.heightMm)
    const grown = layOutPaper(standard, 0, reach(2.3, 1.2))
    expect(grown.heightMm).toBe(page.heightMm + 10)
    const v4 = grown.segments.find(({ lead }) => lead === 'V4')!
    expect(v4.baselineMm).toBeGreaterThanOrEqual(23)
    expect(v4.topMm % 5).toBe(0)
  })

  it('gets it by the gain that is shown, and never more than 25 mm', () => {
    expect(layOutPaper({ ...standard, gainMmPerMv: 5 }, 0, reach(2.3, 1.2)).heightMm).toBe(page.heightMm)
    expect(layOutPaper(standard, 0, reach(40, 1)).heightMm).toBe(page.heightMm + 25)
  })

  it('is turned over where its lead is', () => {
    const cabrera = { ...standard, layout: 'cabrera' as const }
    const plain = layOutPaper(cabrera).heightMm
    expect(layOutPaper(cabrera, 0, new Map([['aVL', { upMv: 3, downMv: 0 }]])).heightMm).toBeGreaterThan(plain)
    expect(layOutPaper(cabrera, 0, new Map([['aVL', { upMv: 0, downMv: 3 }]])).heightMm).toBe(plain)
  })

  it('is found over gaps, the farther of two recordings', () => {
    const waveform = (...samples: number[]) => ({ leads: [{ name: 'V4', samplesMv: Float32Array.from(samples) }] }) as unknown as Waveform // prettier-ignore
    expect(reachOfLeads(waveform(0, Number.NaN, 2, -1), null, waveform(1, -3)).get('V4')).toEqual({
      upMv: 2,
      downMv: 3,
    })
  })
})

describe('other layouts', () => {
  it('show every lead of ten seconds at every speed', () => {
    for (const speedMmPerS of PAPER_SPEEDS_MM_PER_S) {
      const page = layOutPaper({ ...standard, speedMmPerS }, 0, undefined, 10)
      for (const { startS, durationS, widthMm } of page.segments) {
        expect(startS + durationS).toBeLessThanOrEqual(10)
        expect(widthMm).toBeCloseTo(durationS * speedMmPerS)
      }
    }
    expect(layOutPaper({ ...standard, speedMmPerS: 12.5 }, 0, undefined, 60).pageS).toBe(20)
  })

  const rowsOf = (layout: PaperSettings['layout']): string[] => {
    const { segments } = layOutPaper({ ...standard, layout })
    const tops = [...new Set(segments.map(({ topMm }) => topMm))]
    const nameOf = ({ lead, inverted }: (typeof segments)[number]): string => (inverted ? `−${lead}` : lead)
    return tops.map((top) => segments.filter(({ topMm }) => topMm === top).map(nameOf).join(' ')) // prettier-ignore
  }

  it('follow Cabrera from aVL over −aVR to III, beside V1 to V6', () =>
    expect(rowsOf('cabrera')).toEqual(['aVL V1', 'I V2', '−aVR V3', 'II V4', 'aVF V5', 'III V6']))

  it('have the rhythm in II, V1 and V5', () => expect(rowsOf('3x4+3').slice(3)).toEqual(['II', 'V1', 'V5']))

  it('show median beats side by side, each from its own start', () => {
    const { segments, pageS, continuous } = layOutPaper({ ...standard, layout: 'median' }, 1.1)
    expect([segments.length, pageS, continuous]).toEqual([12, 1.1, false])
    expect(new Set(segments.map(({ startS }) => startS))).toEqual(new Set([0]))
    expect(segments[0]!.widthMm).toBeCloseTo(27.5, 9)
    // A beat too long for its column at 50 mm/s is cut, not drawn over the next one.
    expect(layOutPaper({ ...standard, layout: 'median', speedMmPerS: 50 }, 1.5).pageS).toBe(1.25)
  })
})

describe('every layout at every speed', () => {
  const cases = LAYOUTS.filter((layout) => layout !== 'median').flatMap((layout) =>
    PAPER_SPEEDS_MM_PER_S.map((speedMmPerS) => ({ ...standard, layout, speedMmPerS })),
  )

  it.each(cases)('$layout at $speedMmPerS mm/s shows all twelve leads, or the one that was chosen', (settings) => {
    const shown = new Set(layOutPaper(settings).segments.map((s) => s.lead))
    const wanted = settings.layout === 'one' ? ['II'] : [...LEAD_NAMES]
    expect(wanted.filter((lead) => !shown.has(lead as (typeof LEAD_NAMES)[number]))).toEqual([])
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
  const fit: PaperScale = { size: 'fit', zoom: 1, screenPxPerMm: null }

  it('are CSS millimetres at true size: 10 mm/mV make 1 mV 37.8 CSS px', () => {
    expect(10 * CSS_PX_PER_MM).toBeCloseTo(37.795, 2)
    expect(devicePxPerMm({ ...fit, size: 'true' }, 265, 1100, 2)).toBeCloseTo(2 * CSS_PX_PER_MM, 9)
  })

  it('are those of the screen once somebody measured it: 1 mV at 10 mm/mV is ten of them', () => {
    // A 24-inch screen of 1920 pixels is 531 mm wide.
    const measured: PaperScale = { size: 'true', zoom: 1, screenPxPerMm: 1920 / 531 }
    for (const ratio of [1, 1.25, 2]) {
      expect((10 * devicePxPerMm(measured, 265, 1100, ratio) * 531) / 1920).toBeCloseTo(10, 9)
    }
  })

  it('grow with the zoom, and stay whole when fitted', () => {
    for (const zoom of ZOOMS) {
      const px = devicePxPerMm({ ...fit, zoom }, 265, 1133, 1)
      expect([Number.isInteger(px), px]).toEqual([true, Math.round(4 * zoom)])
    }
    expect(nextZoom(1, -1)).toBe(1)
    expect(nextZoom(1, 1)).toBe(1.25)
    expect(nextZoom(4, 1)).toBe(4)
  })

  it('are whole device pixels when fitted, and the paper never exceeds what is there', () => {
    for (const ratio of [1, 1.25, 1.5, 2, 3]) {
      for (const available of [620, 1048, 1133, 1689]) {
        const px = devicePxPerMm(fit, 265, available, ratio)
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
