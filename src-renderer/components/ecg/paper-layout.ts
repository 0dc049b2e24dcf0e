import type { LeadName, PAPER_GAINS_MM_PER_MV, PAPER_SPEEDS_MM_PER_S } from '../../contract.ts'
import { leadRows, ROW_MM, type LayoutId, type PlacedLead } from './lead-rows.ts'
import type { LeadReach } from './lead-reach.ts'

export type SpeedMmPerS = (typeof PAPER_SPEEDS_MM_PER_S)[number]
export type GainMmPerMv = (typeof PAPER_GAINS_MM_PER_MV)[number]

/** Width of the traces: 10 s at 25 mm/s. Other speeds show more or less time on the same paper. */
export const TRACE_WIDTH_MM = 250
/** Room for the calibration pulse; a multiple of 5 mm, so that traces start on a bold line. */
const LEFT_MM = 10
const RIGHT_MM = 5
const TOP_MM = 5
const BOTTOM_MM = 5
/** No more paper than that is added for a trace that leaves it: an artefact of 10 mV would push the ECG off the screen. */
const MOST_ADDED_MM = 25
export const PULSE_MV = 1
/** A calibration pulse lasts 0.2 s, 5 mm at 25 mm/s. */
export const PULSE_S = 0.2

export interface PaperSettings {
  layout: LayoutId
  /** What the layout `one` shows. */
  lead: LeadName
  speedMmPerS: SpeedMmPerS
  gainMmPerMv: GainMmPerMv
}

/** One lead's stretch of paper. Times count from the start of the page, places from the paper's top left corner. */
export interface TraceSegment extends PlacedLead {
  startS: number
  durationS: number
  xMm: number
  widthMm: number
  baselineMm: number
  topMm: number
  heightMm: number
}

export interface PaperLayout {
  widthMm: number
  heightMm: number
  /** Seconds that one page shows. */
  pageS: number
  segments: readonly TraceSegment[]
  /** One calibration pulse a row, before the traces. */
  pulses: readonly { xMm: number; baselineMm: number }[]
  /** Whether every vertical line crosses one moment of the recording: not so on a page of median beats. */
  continuous: boolean
}

/**
 * Places the leads on paper as electrocardiographs print them: columns follow each other in time, so that any
 * vertical line crosses one moment only. On a page of median beats every column starts at the beat's own start.
 *
 * The paper grows by whole bold squares where the complexes of the outermost rows would be cut off by its edges.
 *
 * @param beatS       how long the median beat is, in s
 * @param reach       how far each lead goes up and down
 * @param recordingS  columns share no more time than that: at 12.5 mm/s those of the chest leads would else lie behind
 *                    the end of a recording of ten seconds
 * @see AHA/ACCF/HRS recommendations for the standardization of the electrocardiogram, part I, 2007: simultaneous
 *      leads, 25 mm/s, 10 mm/mV
 */
export function layOutPaper(
  settings: PaperSettings,
  beatS = 0,
  reach: LeadReach = new Map(),
  recordingS = Infinity,
): PaperLayout {
  const { layout, lead, speedMmPerS } = settings
  const rows = leadRows(layout, lead)
  const rowMm = ROW_MM[layout]
  const continuous = layout !== 'median'
  const pageS = continuous
    ? Math.min(TRACE_WIDTH_MM / speedMmPerS, recordingS)
    : Math.min(beatS, TRACE_WIDTH_MM / 4 / speedMmPerS)
  const baselineOfRowMm = Math.round(rowMm * 0.6)
  const farthestMm = (row: PlacedLead[], direction: 1 | -1): number =>
    settings.gainMmPerMv * Math.max(0, ...row.map((placed) => reachOf(reach, placed, direction)))
  const headMm = TOP_MM + addedMm(farthestMm(rows[0]!, 1) - TOP_MM - baselineOfRowMm)
  const footMm = BOTTOM_MM + addedMm(farthestMm(rows.at(-1)!, -1) - rowMm + baselineOfRowMm)
  const segments = rows.flatMap((row, index) =>
    row.map((placed, column): TraceSegment => {
      const columnMm = (continuous ? pageS * speedMmPerS : TRACE_WIDTH_MM) / row.length
      const durationS = continuous ? pageS / row.length : pageS
      const topMm = headMm + index * rowMm
      return {
        ...placed,
        startS: continuous ? durationS * column : 0,
        durationS,
        xMm: LEFT_MM + column * columnMm,
        widthMm: continuous ? columnMm : durationS * speedMmPerS,
        // A little below the middle: most QRS complexes reach higher than they fall.
        baselineMm: topMm + baselineOfRowMm,
        topMm,
        heightMm: rowMm,
      }
    }),
  )
  const firstOfRow = segments.filter(({ xMm }) => xMm === LEFT_MM)
  return {
    widthMm: LEFT_MM + TRACE_WIDTH_MM + RIGHT_MM,
    heightMm: headMm + rows.length * rowMm + footMm,
    pageS,
    segments,
    pulses: firstOfRow.map(({ baselineMm }) => ({ xMm: (LEFT_MM - PULSE_S * speedMmPerS) / 2, baselineMm })),
    continuous,
  }
}

function reachOf(reach: LeadReach, { lead, inverted }: PlacedLead, direction: 1 | -1): number {
  const { upMv, downMv } = reach.get(lead) ?? { upMv: 0, downMv: 0 }
  return (direction === 1) === inverted ? downMv : upMv
}

function addedMm(missingMm: number): number {
  return Math.min(MOST_ADDED_MM, Math.max(0, Math.ceil(missingMm / 5) * 5))
}

/** The latest start of a page, in s, so that the recording's end stays on it. */
export function lastPageStart(durationS: number, pageS: number): number {
  return Math.max(0, durationS - pageS)
}

/** Where a page should start so that the screened window is seen, with half of the spare time before it. */
export function pageStartForWindow(
  window: { startS: number; durationS: number } | null,
  durationS: number,
  pageS: number,
): number {
  if (!window) return 0
  const start = window.startS - Math.max(0, pageS - window.durationS) / 2
  return Math.min(Math.max(0, start), lastPageStart(durationS, pageS))
}
