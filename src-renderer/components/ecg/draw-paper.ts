import type { LeadName, Waveform } from '../../contract.ts'
import type { DrawnInterval } from './beat-intervals.ts'
import { drawIntervals } from './draw-intervals.ts'
import { drawTrace, penPx } from './draw-trace.ts'
import { PULSE_MV, PULSE_S, type PaperLayout, type PaperSettings, type TraceSegment } from './paper-layout.ts'

export interface PaperColours {
  paper: string
  minor: string
  major: string
  ink: string
  quiet: string
  window: string
  /** The trace of an earlier recording. */
  earlier: string
  /** Brackets of the intervals. */
  interval: string
  font: string
}

export interface PaperView {
  layout: PaperLayout
  settings: PaperSettings
  waveform: Waveform
  /** Another recording's trace below this one, from `fromS` where this one starts at the page's start. */
  earlier: { waveform: Waveform; fromS: number } | null
  /** Moments of the page to mark in every segment, in s from its start: ends of the waves. */
  marksS: readonly number[]
  /** PR, QRS and QT of beats, in s from the start of the waveform; none for a layer that is off. */
  intervals: readonly (readonly DrawnInterval[])[]
  /** Start of the page in s from the start of the recording. */
  pageStartS: number
  /** Device pixels for one millimetre. */
  pxPerMm: number
  /** Blank paper before the layout's left edge, in mm, and the whole width of the paper. */
  marginMm: number
  paperMm: number
  grid: boolean
  /** Text of a lead that the file does not hold. */
  missingLead: (lead: LeadName) => string
}

/** Draws one page of ECG paper, in device pixels, over the whole canvas. */
export function drawPaper(context: CanvasRenderingContext2D, view: PaperView, colours: PaperColours): void {
  const { layout, pxPerMm } = view
  context.fillStyle = colours.paper
  context.fillRect(0, 0, Math.ceil(view.paperMm * pxPerMm), Math.round(layout.heightMm * pxPerMm))
  if (view.grid) {
    drawLines(context, view, 1, colours.minor)
    drawLines(context, view, 5, colours.major)
  }
  context.save()
  context.translate(Math.round(view.marginMm * pxPerMm), 0)
  for (const segment of layout.segments) drawWindow(context, view, segment, colours)
  context.lineJoin = 'round'
  context.lineWidth = penPx(pxPerMm)
  context.strokeStyle = colours.ink
  for (const pulse of layout.pulses) drawPulse(context, view, pulse)
  for (const segment of layout.segments) {
    drawMarks(context, view, segment, colours)
    if (view.earlier) drawTrace(context, view, segment, view.earlier.waveform, view.earlier.fromS, colours.earlier)
    drawSegment(context, view, segment, colours)
  }
  drawIntervals(context, view, layout.continuous ? view.pageStartS : 0, colours)
  if (layout.continuous) drawSeconds(context, view, colours)
  context.restore()
}

/** Lines every `stepMm`, each one device pixel wide (two on very dense screens) and on whole pixels. */
function drawLines(context: CanvasRenderingContext2D, view: PaperView, stepMm: number, colour: string): void {
  const { layout, pxPerMm } = view
  const thickness = Math.max(1, Math.round(pxPerMm / 8))
  context.fillStyle = colour
  for (let mm = 0; mm <= view.paperMm; mm += stepMm) {
    if (stepMm === 1 && mm % 5 === 0) continue
    context.fillRect(Math.round(mm * pxPerMm), 0, thickness, Math.round(layout.heightMm * pxPerMm))
  }
  for (let mm = 0; mm <= layout.heightMm; mm += stepMm) {
    if (stepMm === 1 && mm % 5 === 0) continue
    context.fillRect(0, Math.round(mm * pxPerMm), Math.ceil(view.paperMm * pxPerMm), thickness)
  }
}

/** Tints what is screened, where the recording is longer than that. */
function drawWindow(
  context: CanvasRenderingContext2D,
  view: PaperView,
  segment: TraceSegment,
  colours: PaperColours,
): void {
  const { waveform, pageStartS, pxPerMm, settings } = view
  const samples = waveform.leads[0]?.samplesMv.length ?? 0
  if (!waveform.window || waveform.window.durationS >= samples / waveform.rateHz - 0.5) return
  const from = Math.max(waveform.window.startS - pageStartS, segment.startS)
  const to = Math.min(
    waveform.window.startS + waveform.window.durationS - pageStartS,
    segment.startS + segment.durationS,
  )
  if (to <= from) return
  const xMm = segment.xMm + (from - segment.startS) * settings.speedMmPerS
  context.fillStyle = colours.window
  context.fillRect(
    xMm * pxPerMm,
    segment.topMm * pxPerMm,
    (to - from) * settings.speedMmPerS * pxPerMm,
    segment.heightMm * pxPerMm,
  )
}

function drawPulse(
  context: CanvasRenderingContext2D,
  view: PaperView,
  pulse: { xMm: number; baselineMm: number },
): void {
  const { pxPerMm, settings } = view
  const shoulder = 1.5
  const width = PULSE_S * settings.speedMmPerS
  const height = PULSE_MV * settings.gainMmPerMv
  const points = [
    [pulse.xMm - shoulder, 0],
    [pulse.xMm, 0],
    [pulse.xMm, height],
    [pulse.xMm + width, height],
    [pulse.xMm + width, 0],
    [pulse.xMm + width + shoulder, 0],
  ] as const
  context.beginPath()
  // On whole pixels, so that the pulse is as sharp as the grid that it is measured on.
  const crisp = (mm: number): number => Math.round(mm * pxPerMm) + (context.lineWidth % 2) / 2
  for (const [xMm, upMm] of points) context.lineTo(crisp(xMm), crisp(pulse.baselineMm - upMm))
  context.stroke()
}

function drawMarks(
  context: CanvasRenderingContext2D,
  { marksS, pxPerMm, settings }: PaperView,
  segment: TraceSegment,
  colours: PaperColours,
): void {
  context.fillStyle = colours.quiet
  // Paler than the trace that they cross.
  context.globalAlpha = 0.5
  for (const mark of marksS) {
    const x = Math.round((segment.xMm + mark * settings.speedMmPerS) * pxPerMm)
    const thickness = Math.max(1, Math.round(pxPerMm / 8))
    context.fillRect(x, (segment.topMm + 2) * pxPerMm, thickness, (segment.heightMm - 4) * pxPerMm)
  }
  context.globalAlpha = 1
}

function drawSegment(
  context: CanvasRenderingContext2D,
  view: PaperView,
  segment: TraceSegment,
  colours: PaperColours,
): void {
  const { waveform, pxPerMm, pageStartS } = view
  const lead = waveform.leads.find(({ name }) => name === segment.lead)
  const left = segment.xMm * pxPerMm
  const baseline = segment.baselineMm * pxPerMm
  context.strokeStyle = colours.ink
  if (segment.startS > 0) {
    context.beginPath()
    context.moveTo(left, baseline - 3 * pxPerMm)
    context.lineTo(left, baseline - 5 * pxPerMm)
    context.moveTo(left, baseline + 3 * pxPerMm)
    context.lineTo(left, baseline + 5 * pxPerMm)
    context.stroke()
  }
  drawTrace(context, view, segment, waveform, pageStartS, colours.ink)
  const name = segment.inverted ? `−${segment.lead}` : segment.lead
  const text = lead ? (lead.derived ? `${name}*` : name) : view.missingLead(segment.lead)
  drawLabel(context, view, text, segment, colours)
}

/** A lead's name over its trace, haloed with paper so that it reads on any line. */
function drawLabel(
  context: CanvasRenderingContext2D,
  view: PaperView,
  text: string,
  segment: TraceSegment,
  colours: PaperColours,
): void {
  const { pxPerMm } = view
  const x = (segment.xMm + 1) * pxPerMm
  const y = (segment.topMm + 4) * pxPerMm
  context.save()
  context.font = `600 ${Math.round(3.1 * pxPerMm)}px ${colours.font}`
  context.textBaseline = 'alphabetic'
  context.lineWidth = 0.8 * pxPerMm
  context.strokeStyle = colours.paper
  context.strokeText(text, x, y)
  context.fillStyle = colours.ink
  context.fillText(text, x, y)
  context.restore()
}

/** Seconds of the recording under the last row. */
function drawSeconds(context: CanvasRenderingContext2D, view: PaperView, colours: PaperColours): void {
  const { layout, pxPerMm, pageStartS, settings } = view
  const left = layout.segments.at(-1)!.startS === 0 ? layout.segments.at(-1)!.xMm : layout.segments[0]!.xMm
  context.save()
  context.font = `${Math.round(2.4 * pxPerMm)}px ${colours.font}`
  context.fillStyle = colours.quiet
  context.textAlign = 'center'
  context.textBaseline = 'alphabetic'
  const stepS = settings.speedMmPerS < 25 ? 2 : 1
  for (let second = Math.ceil(pageStartS - 1e-6); second <= pageStartS + layout.pageS + 1e-6; second++) {
    const x = Math.round((left + (second - pageStartS) * settings.speedMmPerS) * pxPerMm)
    context.fillRect(x, (layout.heightMm - 4.4) * pxPerMm, Math.max(1, Math.round(pxPerMm / 8)), 1.2 * pxPerMm)
    if (second % stepS === 0) context.fillText(`${second} s`, x, (layout.heightMm - 0.8) * pxPerMm)
  }
  context.restore()
}
