import type { DrawnInterval } from './beat-intervals.ts'
import type { PaperColours, PaperView } from './draw-paper.ts'
import type { TraceSegment } from './paper-layout.ts'

/** Heights over the segment's lower edge, in mm: QT lowest, PR and QRS side by side above it. */
const HEIGHTS_MM = { pr: 5.2, qrs: 5.2, qt: 2.4 } as const
const NAMES = { pr: 'PR', qrs: 'QRS', qt: 'QT' } as const

/**
 * Brackets under the beats of the lowest row, with their milliseconds under the first beat that is whole.
 *
 * @param pageStartS  0 for the median beat, whose intervals are counted from its own start
 */
export function drawIntervals(
  context: CanvasRenderingContext2D,
  { layout, settings, pxPerMm, intervals }: PaperView,
  pageStartS: number,
  colours: PaperColours,
): void {
  if (intervals.length === 0) return
  const lowestMm = Math.max(...layout.segments.map(({ topMm }) => topMm))
  context.save()
  context.strokeStyle = colours.interval
  context.fillStyle = colours.interval
  context.lineWidth = Math.max(1, Math.round(pxPerMm * 0.35))
  context.font = `${Math.round(2.3 * pxPerMm)}px ${colours.font}`
  context.textBaseline = 'alphabetic'
  let labelled = false
  for (const segment of layout.segments.filter(({ topMm }) => topMm === lowestMm)) {
    for (const beat of intervals) {
      const shown = beat.filter((interval) => isWithin(interval, pageStartS, segment))
      for (const interval of shown) {
        const [from, to] = [interval.fromS, interval.toS].map(
          (atS) => (segment.xMm + (atS - pageStartS - segment.startS) * settings.speedMmPerS) * pxPerMm,
        ) as [number, number]
        const y = (segment.topMm + segment.heightMm - HEIGHTS_MM[interval.kind]) * pxPerMm
        bracket(context, from, to, y, pxPerMm)
        if (!labelled) label(context, interval, from, to, y, pxPerMm)
      }
      labelled ||= shown.length > 0 && shown.length === beat.length
    }
  }
  context.restore()
}

function isWithin({ fromS, toS }: DrawnInterval, pageStartS: number, segment: TraceSegment): boolean {
  const startS = pageStartS + segment.startS
  return fromS >= startS && toS <= startS + segment.durationS
}

function bracket(context: CanvasRenderingContext2D, from: number, to: number, y: number, pxPerMm: number): void {
  const end = 0.9 * pxPerMm
  context.beginPath()
  context.moveTo(from, y - end)
  context.lineTo(from, y)
  context.lineTo(to, y)
  context.lineTo(to, y - end)
  context.stroke()
}

/** PR stands left of its bracket and QRS right of its own, which are too short for them; QT under its. */
function label(
  context: CanvasRenderingContext2D,
  { kind, ms }: DrawnInterval,
  from: number,
  to: number,
  y: number,
  pxPerMm: number,
): void {
  const text = `${NAMES[kind]} ${Math.round(ms)}`
  context.textAlign = ({ pr: 'right', qrs: 'left', qt: 'center' } as const)[kind]
  if (kind === 'qt') context.fillText(text, (from + to) / 2, y + 2.2 * pxPerMm)
  else context.fillText(text, kind === 'pr' ? from - pxPerMm : to + pxPerMm, y)
}
