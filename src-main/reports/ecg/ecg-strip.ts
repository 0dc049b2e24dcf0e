import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { LeadName } from '../../../src-preload/contract/ecg.ts'

export const SPEED_MM_PER_S = 25
export const STRIP_S = 10
/** Room before the traces for the calibration pulse: two bold squares. */
export const PULSE_ZONE_MM = 10
export const PULSE_MM = 5
export const GRID_HEIGHT_MM = 85

const COLUMNS = 4
const ROWS = 4
const RHYTHM: LeadName = 'II'
/**
 * Gains and places of the rows in the order in which they are tried. There is more room above, where most complexes
 * reach; baselines lie on bold lines as long as the usual gain leaves a choice.
 */
const PLANS = [
  { gainMmPerMv: 10, firstBaselineMm: 15, rowMm: 20 },
  { gainMmPerMv: 10, firstBaselineMm: 20, rowMm: 20 },
  { gainMmPerMv: 10, firstBaselineMm: 25, rowMm: 18 },
  { gainMmPerMv: 5, firstBaselineMm: 15, rowMm: 20 },
  { gainMmPerMv: 5, firstBaselineMm: 20, rowMm: 20 },
] as const
type Plan = (typeof PLANS)[number]

/** One lead's stretch of the page. Times from the start of the page, places from the grid's upper left corner. */
export interface Segment {
  readonly lead: LeadName
  readonly fromS: number
  readonly durationS: number
  readonly xMm: number
  readonly baselineMm: number
}

/** How high a millivolt is, and where the leads lie. */
export interface StripPlan {
  readonly gainMmPerMv: number
  readonly baselinesMm: readonly number[]
  readonly segments: readonly Segment[]
}

interface Lead {
  readonly name: LeadName
  readonly samplesMv: Float32Array
}

/**
 * Places the leads so that the paper's upper and lower edge cut nothing off: at 10 mm/mV where that is possible, at
 * 5 mm/mV as electrocardiographs do where complexes are higher than 25 mm. What is higher even so is an artefact and
 * changes nothing.
 *
 * @param leads   mV at `rateHz`
 * @param startS  moment of the recording at which the page starts
 */
export function planStrip(leads: readonly Lead[], rateHz: number, startS: number): StripPlan {
  const plan = PLANS.find((one) => fits(one, leads, rateHz, startS)) ?? PLANS[0]
  return {
    gainMmPerMv: plan.gainMmPerMv,
    baselinesMm: Array.from({ length: ROWS }, (_, row) => plan.firstBaselineMm + row * plan.rowMm),
    segments: segmentsOf(plan),
  }
}

function fits(plan: Plan, leads: readonly Lead[], rateHz: number, startS: number): boolean {
  const { gainMmPerMv, firstBaselineMm, rowMm } = plan
  const outermost = [firstBaselineMm, firstBaselineMm + (ROWS - 1) * rowMm]
  return segmentsOf(plan).every(({ lead: wanted, baselineMm, fromS, durationS }) => {
    const lead = leads.find(({ name }) => name === wanted)
    if (!lead || !outermost.includes(baselineMm)) return true
    const first = Math.max(0, Math.floor((startS + fromS) * rateHz))
    const shown = lead.samplesMv.subarray(first, Math.ceil(first + durationS * rateHz) + 1)
    const [up, down] = [baselineMm / gainMmPerMv, (GRID_HEIGHT_MM - baselineMm) / gainMmPerMv]
    // A gap in the samples, NaN, is neither above nor below.
    return !shown.some((mv) => mv > up || -mv > down)
  })
}

/** Three rows of four leads of 2.5 s that follow each other in time, and a row of lead II below. */
const segmentsOf = ({ firstBaselineMm, rowMm }: Plan): Segment[] => [
  ...LEAD_NAMES.map((lead, index): Segment => {
    const column = Math.floor(index / 3)
    const durationS = STRIP_S / COLUMNS
    return {
      lead,
      fromS: column * durationS,
      durationS,
      xMm: PULSE_ZONE_MM + column * durationS * SPEED_MM_PER_S,
      baselineMm: firstBaselineMm + (index % 3) * rowMm,
    }
  }),
  { lead: RHYTHM, fromS: 0, durationS: STRIP_S, xMm: PULSE_ZONE_MM, baselineMm: firstBaselineMm + 3 * rowMm },
]

type Point = readonly [number, number]

/**
 * Every sample of one stretch as a point on paper; nothing is left out and nothing is smoothed. A gap in the samples is
 * a gap in the line.
 *
 * @param samplesMv one lead, mV, at `rateHz`
 * @param startS    moment of the recording at which the page starts
 * @returns lines of points in mm from the grid's upper left corner
 */
export function traceLines(
  samplesMv: Float32Array,
  rateHz: number,
  startS: number,
  segment: Segment,
  gainMmPerMv: number,
): Point[][] {
  const fromS = startS + segment.fromS
  const first = Math.max(0, Math.ceil(fromS * rateHz - 1e-6))
  const last = Math.min(samplesMv.length - 1, Math.floor((fromS + segment.durationS) * rateHz + 1e-6))
  const lines: Point[][] = []
  let line: Point[] = []
  for (let index = first; index <= last; index++) {
    const value = samplesMv[index]!
    if (Number.isFinite(value)) {
      line.push([segment.xMm + (index / rateHz - fromS) * SPEED_MM_PER_S, segment.baselineMm - value * gainMmPerMv])
    } else if (line.length > 0) {
      lines.push(line)
      line = []
    }
  }
  return line.length > 0 ? [...lines, line] : lines
}

/** A square pulse of 1 mV and 0.2 s with its shoulders, at the middle of the zone before a row. */
export function pulseLine(baselineMm: number, gainMmPerMv: number): Point[] {
  const left = (PULSE_ZONE_MM - PULSE_MM) / 2
  const right = left + PULSE_MM
  const top = baselineMm - gainMmPerMv
  return [
    [left - 1.5, baselineMm],
    [left, baselineMm],
    [left, top],
    [right, top],
    [right, baselineMm],
    [right + 1.5, baselineMm],
  ]
}
