import { describe, expect, it } from 'vitest'
import { attributionCells, strongestStretches } from '@/components/explanations/attribution-cells.ts'
import { layOutPaper, type PaperSettings } from '@/components/ecg/paper-layout.ts'
import { LEAD_NAMES, type LeadTimeAttribution } from '@/contract.ts'

const settings: PaperSettings = { layout: '12x1', lead: 'II', speedMmPerS: 25, gainMmPerMv: 10 }
const layout = layOutPaper(settings)
const attribution = (set: Record<number, number>, startS = 0.5): LeadTimeAttribution => {
  const changes = new Float32Array(2 * 180)
  for (const [cell, value] of Object.entries(set)) changes[180 + Number(cell)] = value
  return {
    leads: [...LEAD_NAMES],
    windows: 15,
    windowS: 0.6,
    startS,
    targets: ['cad', 'hf'],
    units: ['', ''],
    changes,
    checks: [[], []],
    provider: 'cpu',
  }
}

describe('cells of an attribution on ECG paper', () => {
  it('lie on their lead and at their time, in millimetres', () => {
    // V1 is the seventh lead; its fourth stretch begins 0.5 + 3 · 0.6 s after the recording's start.
    const cells = attributionCells(attribution({ [6 * 15 + 3]: -2, 0: 1 }), 1, layout, settings, 0)
    const strongest = cells.find(({ share }) => share === -1)!
    const row = layout.segments.find(({ lead }) => lead === 'V1')!
    expect(strongest.xMm).toBeCloseTo(row.xMm + 2.3 * 25, 6)
    expect([strongest.topMm, strongest.widthMm]).toEqual([row.topMm, expect.closeTo(15, 6)])
    expect(cells.find(({ share }) => share === 0.5)!.topMm).toBe(layout.segments[0]!.topMm)
    expect(cells).toHaveLength(180)
  })

  it('are cut at the edges of the page', () => {
    const cells = attributionCells(attribution({ 0: 1 }), 1, layout, settings, 1)
    const first = cells.find(({ share }) => share === 1)!
    expect([first.xMm, first.widthMm]).toEqual([layout.segments[0]!.xMm, expect.closeTo(0.1 * 25, 6)])
  })

  it('are all clear where nothing matters', () => {
    expect(attributionCells(attribution({}), 1, layout, settings, 0).every(({ share }) => share === 0)).toBe(true)
  })

  it('are named in words, the strongest first', () => {
    const named = strongestStretches(attribution({ 16: -3, 50: 2, 179: 1 }), 1, 2)
    expect(named).toEqual([
      { lead: 'II', fromS: expect.closeTo(1.1, 6), toS: expect.closeTo(1.7, 6), change: -3 },
      { lead: 'aVR', fromS: expect.closeTo(3.5, 6), toS: expect.closeTo(4.1, 6), change: 2 },
    ])
  })
})
