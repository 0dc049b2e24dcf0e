import { describe, expect, it } from 'vitest'
import { REPORT_PAPERS } from '../../src-preload/contract/constants.ts'
import { PULSE_COLOUR, TRACE_COLOUR } from '../../src-main/reports/ecg/draw-ecg.ts'
import { writeReport } from '../../src-main/reports/write-report.ts'
import { openPdf, pageSizeMm, strokesOf, textOf } from './read-pdf.ts'
import { sampleRecord, spikedLeads } from './sample-record.ts'

const CHOICES = { language: 'en', technicalPage: false, patientPage: false } as const

async function ecgOn(paper: (typeof REPORT_PAPERS)[number], leads = spikedLeads()) {
  const sample = sampleRecord()
  const record = { ...sample, recording: { ...sample.recording, waveform: { rateHz: 500, leads } } }
  const [page] = await openPdf(await writeReport(record, { ...CHOICES, paper }))
  return { page: page!, strokes: await strokesOf(page!) }
}

describe.each(REPORT_PAPERS)('an ECG on %s', (paper) => {
  it('lasts 25.0 mm a second and rises 10.0 mm a millivolt, measured in the file', async () => {
    const { strokes } = await ecgOn(paper)
    const lines = strokes.filter(({ colour }) => colour === TRACE_COLOUR).flatMap((stroke) => stroke.lines)
    const rhythm = lines.reduce((a, b) => (b.length > a.length ? b : a))
    const baseline = rhythm[0]![1]
    const peaks = rhythm.filter(([, y]) => Math.abs(y - baseline) > 1)
    expect(peaks).toHaveLength(10)
    for (const [index, [x, y]] of peaks.entries()) {
      expect(Math.abs(y - baseline - 10)).toBeLessThan(0.02)
      if (index > 0) expect(Math.abs(x - peaks[index - 1]![0] - 25)).toBeLessThan(0.02)
    }
    expect(Math.abs(rhythm.at(-1)![0] - rhythm[0]![0] - 249.95)).toBeLessThan(0.02)
  })

  it('has a calibration pulse of 1 mV and 0.2 s before each row, on a grid of 1 and 5 mm', async () => {
    const { strokes } = await ecgOn(paper)
    const pulses = strokes.filter(({ colour }) => colour === PULSE_COLOUR).flatMap((stroke) => stroke.lines)
    expect(pulses).toHaveLength(4)
    for (const pulse of pulses) {
      expect(pulse[3]![0] - pulse[2]![0]).toBeCloseTo(5, 2)
      expect(pulse[2]![1] - pulse[1]![1]).toBeCloseTo(10, 2)
    }
    const grids = strokes.filter(({ lines }) => lines.length > 30).slice(0, 2)
    const places = grids.flatMap(({ lines }) => lines.filter(([from, to]) => Math.abs(from![0] - to![0]) < 1e-6))
    const columns = places.map(([from]) => from![0]).sort((a, b) => a - b)
    for (const [index, x] of columns.entries()) {
      if (index > 0) expect(x - columns[index - 1]!).toBeCloseTo(1, 2)
    }
  })

  it('shows every one of the twelve leads for 2.5 s and lead II for 10 s, within the page', async () => {
    const { page, strokes } = await ecgOn(paper)
    const traces = strokes.filter(({ colour }) => colour === TRACE_COLOUR)
    expect(traces).toHaveLength(13)
    const [width] = pageSizeMm(page)
    for (const [x] of traces.flatMap(({ lines }) => lines.flat())) {
      expect(x).toBeGreaterThan(8)
      expect(x).toBeLessThan(width - 8)
    }
    const lengths = traces.map(({ lines }) => lines[0]!.at(-1)![0] - lines[0]![0]![0])
    expect(lengths.filter((mm) => Math.abs(mm - 62.5) < 0.1)).toHaveLength(12)
  })
})

describe('an ECG of high complexes', () => {
  const highest = async (peakMv: number) => {
    const leads = spikedLeads()
    leads.find(({ name }) => name === 'V4')!.samplesMv[4000] = peakMv
    const { page, strokes } = await ecgOn('A4', leads)
    const grid = strokes.find(({ lines }) => lines.length > 30)!.lines.flat()
    const traces = strokes.filter(({ colour }) => colour === TRACE_COLOUR).flatMap(({ lines }) => lines.flat())
    const pulse = strokes.find(({ colour }) => colour === PULSE_COLOUR)!.lines[0]!
    const top = (points: [number, number][]): number => Math.max(...points.map(([, y]) => y))
    return { text: await textOf(page), above: top(traces) - top(grid), mmPerMv: pulse[2]![1] - pulse[1]![1] }
  }

  it('is cut off nowhere: the rows move down first', async () => {
    for (const peakMv of [1.9, 2.4]) {
      const { text, above, mmPerMv } = await highest(peakMv)
      expect(above).toBeLessThanOrEqual(0)
      expect(mmPerMv).toBeCloseTo(10, 2)
      expect(text).toContain('10 mm/mV')
    }
  })

  it('is drawn at 5 mm/mV where 10 do not fit, and says so', async () => {
    const { text, above, mmPerMv } = await highest(2.6)
    expect(above).toBeLessThanOrEqual(0)
    expect(mmPerMv).toBeCloseTo(5, 2)
    expect(text).toContain('5 mm/mV')
    expect(text).not.toContain('10 mm/mV')
  })
})

it('leaves a gap where samples are missing', async () => {
  const leads = spikedLeads()
  leads[1]!.samplesMv.fill(NaN, 1000, 1500)
  const { strokes } = await ecgOn('A4', leads)
  const rhythm = strokes.filter(({ colour }) => colour === TRACE_COLOUR).at(-1)!
  expect(rhythm.lines).toHaveLength(2)
  expect(rhythm.lines[1]![0]![0] - rhythm.lines[0]!.at(-1)![0]).toBeCloseTo(1 * 25 + 0.05, 1)
})
