import { LEAD_NAMES, type LeadName } from '../../contract.ts'

/** CSS defines a millimetre as 96/25.4 px; a screen of other density shows it larger or smaller. */
export const CSS_PX_PER_MM = 96 / 25.4

export const LAYOUTS = ['3x4+1', '6x2', '12x1'] as const
export type LayoutId = (typeof LAYOUTS)[number]
export const SPEEDS_MM_PER_S = [12.5, 25, 50] as const
export type SpeedMmPerS = (typeof SPEEDS_MM_PER_S)[number]
export const GAINS_MM_PER_MV = [5, 10, 20] as const
export type GainMmPerMv = (typeof GAINS_MM_PER_MV)[number]

/** Width of the traces: 10 s at 25 mm/s. Other speeds show more or less time, never another width. */
export const TRACE_WIDTH_MM = 250
/** Room for the calibration pulse; a multiple of 5 mm, so that traces start on a bold line. */
const LEFT_MM = 10
const RIGHT_MM = 5
const TOP_MM = 5
const BOTTOM_MM = 5
export const PULSE_MV = 1
/** A calibration pulse lasts 0.2 s, 5 mm at 25 mm/s. */
export const PULSE_S = 0.2

const ROW_MM: Record<LayoutId, number> = { '3x4+1': 25, '6x2': 20, '12x1': 15 }

export interface PaperSettings {
  layout: LayoutId
  speedMmPerS: SpeedMmPerS
  gainMmPerMv: GainMmPerMv
}

/** One lead's stretch of paper. Times count from the start of the page, places from the paper's top left corner. */
export interface TraceSegment {
  lead: LeadName
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
}

/**
 * Places the leads on paper as electrocardiographs print them: columns follow each other in time, so that any
 * vertical line crosses one moment only.
 *
 * @see AHA/ACCF/HRS recommendations for the standardization of the electrocardiogram, part I, 2007: simultaneous
 *      leads, 25 mm/s, 10 mm/mV
 */
export function layOutPaper({ layout, speedMmPerS }: PaperSettings): PaperLayout {
  const rows = rowsOf(layout)
  const rowMm = ROW_MM[layout]
  const pageS = TRACE_WIDTH_MM / speedMmPerS
  const segments = rows.flatMap((row, index) =>
    row.map((lead, column): TraceSegment => {
      const widthMm = TRACE_WIDTH_MM / row.length
      const topMm = TOP_MM + index * rowMm
      return {
        lead,
        startS: (pageS / row.length) * column,
        durationS: pageS / row.length,
        xMm: LEFT_MM + column * widthMm,
        widthMm,
        // A little below the middle: most QRS complexes reach higher than they fall.
        baselineMm: topMm + Math.round(rowMm * 0.6),
        topMm,
        heightMm: rowMm,
      }
    }),
  )
  const firstOfRow = segments.filter((segment) => segment.startS === 0)
  return {
    widthMm: LEFT_MM + TRACE_WIDTH_MM + RIGHT_MM,
    heightMm: TOP_MM + rows.length * rowMm + BOTTOM_MM,
    pageS,
    segments,
    pulses: firstOfRow.map(({ baselineMm }) => ({ xMm: (LEFT_MM - PULSE_S * speedMmPerS) / 2, baselineMm })),
  }
}

function rowsOf(layout: LayoutId): LeadName[][] {
  const column = (first: number, count: number): LeadName[] => LEAD_NAMES.slice(first, first + count)
  const rows = (columns: LeadName[][]): LeadName[][] => columns[0]!.map((_, row) => columns.map((leads) => leads[row]!))
  switch (layout) {
    case '3x4+1':
      return [...rows([column(0, 3), column(3, 3), column(6, 3), column(9, 3)]), ['II']]
    case '6x2':
      return rows([column(0, 6), column(6, 6)])
    case '12x1':
      return rows([column(0, 12)])
  }
}

/**
 * Device pixels for one millimetre. Whole numbers, so that grid lines are evenly spaced and crisp, except at true
 * size, where the millimetre is exact and lines are rounded one by one.
 *
 * @param availablePx  CSS px; what `fit` may fill
 */
export function devicePxPerMm(size: 'fit' | 'true', widthMm: number, availablePx: number, pixelRatio: number): number {
  if (size === 'true') return CSS_PX_PER_MM * pixelRatio
  return Math.max(2, Math.floor((availablePx * pixelRatio) / widthMm))
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
