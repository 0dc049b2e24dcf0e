import type { PaperLayout, PaperSettings, TraceSegment } from './paper-layout.ts'

/** Two points of one row, by time and voltage, so that they stay where they are when the page moves. */
export interface Calliper {
  /** Index of the segment in which it was started. */
  segment: number
  fromS: number
  toS: number
  fromMv: number
  toMv: number
}

/** A calliper that spans no time has no rate. */
export interface CalliperReading {
  intervalMs: number
  amplitudeMv: number
  ratePerMin: number | null
}

export interface Page {
  layout: PaperLayout
  settings: PaperSettings
  /** In s from the start of the recording. */
  pageStartS: number
}

export function readCalliper({ fromS, toS, fromMv, toMv }: Calliper): CalliperReading {
  const intervalMs = Math.abs(toS - fromS) * 1000
  return {
    intervalMs,
    amplitudeMv: toMv - fromMv,
    ratePerMin: intervalMs >= 1 ? 60_000 / intervalMs : null,
  }
}

/** Index of the segment under a place on the paper; −1 beside all of them. */
export function segmentAt({ segments }: PaperLayout, xMm: number, yMm: number): number {
  return segments.findIndex(
    ({ xMm: left, widthMm, topMm, heightMm }) =>
      xMm >= left && xMm < left + widthMm && yMm >= topMm && yMm < topMm + heightMm,
  )
}

/** Time and voltage of a place on the paper, as the row of a segment has them. */
export function toSignal(page: Page, segment: TraceSegment, xMm: number, yMm: number): { timeS: number; mv: number } {
  const { settings, pageStartS } = page
  const up = (segment.baselineMm - yMm) / settings.gainMmPerMv
  return {
    timeS: pageStartS + segment.startS + (xMm - segment.xMm) / settings.speedMmPerS,
    mv: segment.inverted ? -up : up,
  }
}

export const xOfTime = ({ settings, pageStartS }: Page, segment: TraceSegment, timeS: number): number =>
  segment.xMm + (timeS - pageStartS - segment.startS) * settings.speedMmPerS

export const yOfMv = ({ settings }: Page, segment: TraceSegment, mv: number): number =>
  segment.baselineMm - (segment.inverted ? -mv : mv) * settings.gainMmPerMv

/** More lines than this say nothing. */
const MOST_LINES = 200

/**
 * Where the calliper's interval falls again and again over its row, in mm: regular beats stay on the lines. Without the
 * two ends themselves.
 */
export function marchLines(page: Page, calliper: Calliper): number[] {
  const segment = page.layout.segments[calliper.segment]!
  const row = page.layout.segments.filter(({ topMm }) => topMm === segment.topMm)
  const bounds = page.layout.continuous ? row : [segment]
  const left = Math.min(...bounds.map(({ xMm }) => xMm))
  const right = Math.max(...bounds.map(({ xMm, widthMm }) => xMm + widthMm))
  const [from, to] = [xOfTime(page, segment, calliper.fromS), xOfTime(page, segment, calliper.toS)]
  const step = Math.abs(to - from)
  if (!(step * MOST_LINES >= right - left)) return []
  const lines: number[] = []
  for (let x = Math.min(from, to) - step; x >= left - 1e-9; x -= step) if (x <= right) lines.unshift(x)
  for (let x = Math.max(from, to) + step; x <= right + 1e-9; x += step) if (x >= left) lines.push(x)
  return lines
}

/** What appears when callipers are asked for from the keyboard: a second of the last row, half a millivolt high. */
export function firstCalliper({ layout, pageStartS }: Page): Calliper {
  const segment = layout.segments.length - 1
  const { startS, durationS } = layout.segments[segment]!
  const fromS = pageStartS + startS + 0.1 * durationS
  return { segment, fromS, toS: fromS + Math.min(1, 0.5 * durationS), fromMv: 0, toMv: 0.5 }
}
