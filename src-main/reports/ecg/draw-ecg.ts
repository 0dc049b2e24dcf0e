import { FAINT, INK } from '../document/colours.ts'
import type { PdfPages } from '../pdf/pdf-pages.ts'
import type { ReportRecording } from '../report-record.ts'
import type { ReportTexts } from '../texts/index.ts'
import { GRID_HEIGHT_MM, pulseLine, traceLines, type Segment, type StripPlan } from './ecg-strip.ts'

export const TRACE_COLOUR = '#111111'
export const PULSE_COLOUR = '#141414'
const MINOR = '#f8d3d3'
const MAJOR = '#eea9a9'
const LABEL = { size: 8, weight: 'bold', colour: INK } as const

/** Draws the ECG paper with its upper left corner at a place of the page. `widthMm` is a multiple of 5. */
export function drawEcg(
  pages: PdfPages,
  { waveform, window }: ReportRecording,
  { gainMmPerMv, baselinesMm, segments }: StripPlan,
  place: { xMm: number; yMm: number; widthMm: number },
  texts: ReportTexts,
): void {
  const { xMm, yMm, widthMm } = place
  const move = ([x, y]: readonly [number, number]): [number, number] => [xMm + x, yMm + y]
  const startS = window?.startS ?? 0
  drawGrid(pages, place)
  pages.clipped(xMm, yMm, widthMm, GRID_HEIGHT_MM, () => {
    pages.strokes(
      baselinesMm.map((baseline) => pulseLine(baseline, gainMmPerMv).map(move)),
      PULSE_COLOUR,
      0.25,
    )
    pages.strokes(
      segments
        .filter(({ fromS }) => fromS > 0)
        .flatMap(({ xMm: x, baselineMm }) => [
          [[x, baselineMm - 5] as const, [x, baselineMm - 3] as const].map(move),
          [[x, baselineMm + 3] as const, [x, baselineMm + 5] as const].map(move),
        ]),
      INK,
      0.2,
    )
    for (const segment of segments) {
      const lead = waveform.leads.find(({ name }) => name === segment.lead)
      if (!lead) continue
      const lines = traceLines(lead.samplesMv, waveform.rateHz, startS, segment, gainMmPerMv)
      pages.strokes(
        lines.map((line) => line.map(move)),
        TRACE_COLOUR,
        0.25,
      )
    }
  })
  for (const segment of segments) drawLabel(pages, segment, waveform.leads, move, texts)
}

function drawGrid(pages: PdfPages, { xMm, yMm, widthMm }: { xMm: number; yMm: number; widthMm: number }): void {
  const lines = (stepMm: number): [number, number][][] => {
    const wanted = (mm: number): boolean => stepMm === 5 || mm % 5 !== 0
    const upright = countTo(widthMm, stepMm).filter(wanted)
    const level = countTo(GRID_HEIGHT_MM, stepMm).filter(wanted)
    return [
      ...upright.map((mm): [number, number][] => [
        [xMm + mm, yMm],
        [xMm + mm, yMm + GRID_HEIGHT_MM],
      ]),
      ...level.map((mm): [number, number][] => [
        [xMm, yMm + mm],
        [xMm + widthMm, yMm + mm],
      ]),
    ]
  }
  pages.strokes(lines(1), MINOR, 0.08)
  pages.strokes(lines(5), MAJOR, 0.15)
}

const countTo = (mm: number, stepMm: number): number[] =>
  Array.from({ length: Math.floor(mm / stepMm) + 1 }, (_, index) => index * stepMm)

/** The lead's name above its trace; over the rhythm row and at the left edge too, since columns have no other head. */
function drawLabel(
  pages: PdfPages,
  segment: Segment,
  leads: ReportRecording['waveform']['leads'],
  move: (point: readonly [number, number]) => [number, number],
  texts: ReportTexts,
): void {
  const lead = leads.find(({ name }) => name === segment.lead)
  const text = lead ? `${segment.lead}${lead.derived ? '*' : ''}` : texts.leadAbsent(segment.lead)
  const [x, y] = move([segment.xMm + 1, segment.baselineMm - 8.2])
  const width = pages.widthOf(text, LABEL)
  pages.rect(x - 0.4, y - 2.8, width + 0.8, 3.5, { fill: '#ffffff' })
  pages.text(text, x, y, lead ? LABEL : { ...LABEL, weight: 'regular', colour: FAINT })
}
