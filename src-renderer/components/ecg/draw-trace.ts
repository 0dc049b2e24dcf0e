import type { Waveform } from '../../contract.ts'
import type { PaperSettings, TraceSegment } from './paper-layout.ts'
import { makeTrace } from './trace.ts'
import { outlineTrace, type TraceOutline } from './trace-outline.ts'

/** Where a trace stands and how it is scaled. */
export interface TraceScale {
  settings: PaperSettings
  /** Device pixels for one millimetre. */
  pxPerMm: number
}

/** Thickness of the line that draws traces and pulses, in device pixels. */
export const penPx = (pxPerMm: number): number => Math.max(1, Math.round(pxPerMm * 0.3))

/**
 * Draws one lead of a recording over its segment.
 *
 * @param fromS  the moment of the recording at which the page starts
 */
export function drawTrace(
  context: CanvasRenderingContext2D,
  { pxPerMm, settings }: TraceScale,
  segment: TraceSegment,
  { leads, rateHz }: Waveform,
  fromS: number,
  colour: string,
): void {
  const lead = leads.find(({ name }) => name === segment.lead)
  if (!lead) return
  const left = segment.xMm * pxPerMm
  const baseline = segment.baselineMm * pxPerMm
  const scale = {
    fromS: fromS + segment.startS,
    durationS: segment.durationS,
    pxPerS: settings.speedMmPerS * pxPerMm,
    pxPerMv: settings.gainMmPerMv * pxPerMm * (segment.inverted ? -1 : 1),
    penPx: penPx(pxPerMm),
  }
  if (rateHz > 2 * scale.pxPerS) {
    fillOutline(context, outlineTrace(lead.samplesMv, rateHz, scale), left, baseline, colour)
    return
  }
  const { x, mv } = makeTrace(lead.samplesMv, rateHz, scale.fromS, scale.durationS, scale.pxPerS)
  context.strokeStyle = colour
  context.beginPath()
  let penDown = false
  for (let index = 0; index < x.length; index++) {
    const value = mv[index]!
    if (penDown) context.lineTo(left + x[index]!, baseline - value * scale.pxPerMv)
    else context.moveTo(left + x[index]!, baseline - value * scale.pxPerMv)
    penDown = !Number.isNaN(value)
  }
  context.stroke()
}

/** Fills each unbroken stretch: along its upper edge and back along its lower one. */
function fillOutline(
  context: CanvasRenderingContext2D,
  { x, top, bottom }: TraceOutline,
  left: number,
  baseline: number,
  colour: string,
): void {
  context.fillStyle = colour
  context.beginPath()
  for (let start = 0; start < x.length; start++) {
    if (Number.isNaN(top[start])) continue
    let end = start
    while (end < x.length && !Number.isNaN(top[end])) end++
    context.moveTo(left + x[start]!, baseline + bottom[start]!)
    for (let index = start; index < end; index++) context.lineTo(left + x[index]!, baseline + top[index]!)
    // A lone column has no width of its own.
    if (end === start + 1) context.rect(left + x[start]! - 0.5, baseline + top[start]!, 1, bottom[start]! - top[start]!)
    for (let index = end - 1; index > start; index--) context.lineTo(left + x[index]!, baseline + bottom[index]!)
    context.closePath()
    start = end
  }
  context.fill()
}
