import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { LeadName } from '../../../src-preload/contract/ecg.ts'

export const SPEED_MM_PER_S = 25
export const GAIN_MM_PER_MV = 10
export const STRIP_S = 10
/** Room before the traces for the calibration pulse: two bold squares. */
export const PULSE_ZONE_MM = 10
export const PULSE_MM = 5
export const GRID_HEIGHT_MM = 85

const COLUMNS = 4
const ROW_MM = 20
/** From the grid's upper edge, so that baselines lie on bold lines; more room above, where most complexes reach. */
const FIRST_BASELINE_MM = 15
const RHYTHM: LeadName = 'II'

/** One lead's stretch of the page. Times from the start of the page, places from the grid's upper left corner. */
export interface Segment {
  readonly lead: LeadName
  readonly fromS: number
  readonly durationS: number
  readonly xMm: number
  readonly baselineMm: number
}

/** Three rows of four leads of 2.5 s that follow each other in time, and a row of lead II below. */
export const SEGMENTS: readonly Segment[] = [
  ...LEAD_NAMES.map((lead, index): Segment => {
    const column = Math.floor(index / 3)
    const durationS = STRIP_S / COLUMNS
    return {
      lead,
      fromS: column * durationS,
      durationS,
      xMm: PULSE_ZONE_MM + column * durationS * SPEED_MM_PER_S,
      baselineMm: FIRST_BASELINE_MM + (index % 3) * ROW_MM,
    }
  }),
  { lead: RHYTHM, fromS: 0, durationS: STRIP_S, xMm: PULSE_ZONE_MM, baselineMm: FIRST_BASELINE_MM + 3 * ROW_MM },
]

export const BASELINES_MM = [0, 1, 2, 3].map((row) => FIRST_BASELINE_MM + row * ROW_MM)

type Point = readonly [number, number]

/**
 * Every sample of one stretch as a point on paper; nothing is left out and nothing is smoothed. A gap in the samples is
 * a gap in the line.
 *
 * @param samplesMv one lead, mV, at `rateHz`
 * @param startS    moment of the recording at which the page starts
 * @returns lines of points in mm from the grid's upper left corner
 */
export function traceLines(samplesMv: Float32Array, rateHz: number, startS: number, segment: Segment): Point[][] {
  const fromS = startS + segment.fromS
  const first = Math.max(0, Math.ceil(fromS * rateHz - 1e-6))
  const last = Math.min(samplesMv.length - 1, Math.floor((fromS + segment.durationS) * rateHz + 1e-6))
  const lines: Point[][] = []
  let line: Point[] = []
  for (let index = first; index <= last; index++) {
    const value = samplesMv[index]!
    if (Number.isFinite(value)) {
      line.push([segment.xMm + (index / rateHz - fromS) * SPEED_MM_PER_S, segment.baselineMm - value * GAIN_MM_PER_MV])
    } else if (line.length > 0) {
      lines.push(line)
      line = []
    }
  }
  return line.length > 0 ? [...lines, line] : lines
}

/** A square pulse of 1 mV and 0.2 s with its shoulders, at the middle of the zone before a row. */
export function pulseLine(baselineMm: number): Point[] {
  const left = (PULSE_ZONE_MM - PULSE_MM) / 2
  const right = left + PULSE_MM
  const top = baselineMm - GAIN_MM_PER_MV
  return [
    [left - 1.5, baselineMm],
    [left, baselineMm],
    [left, top],
    [right, top],
    [right, baselineMm],
    [right + 1.5, baselineMm],
  ]
}
