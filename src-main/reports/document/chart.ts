import { FAINT, HAIRLINE, INK, QUIET, SERIES } from './colours.ts'
import { drawLegend, legendHeightMm, legendRows } from './legend.ts'
import { ticks } from './ticks.ts'
import type { PdfPages, TextStyle } from '../pdf/pdf-pages.ts'

export interface Axis {
  readonly title: string
  readonly range: readonly [least: number, most: number]
  /** Absent: round numbers are found. With names the axis is one of categories at 0, 1, 2 … */
  readonly names?: readonly string[]
  readonly format?: (value: number) => string
}

export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
  /** `steps` for ROC curves and the like, `bars` from y = 0 upwards. */
  readonly kind: 'line' | 'steps' | 'points' | 'bars'
  /** Lower and upper end for each point, drawn as a vertical bar; or as a horizontal one (forest plots). */
  readonly intervals?: readonly (readonly [lower: number, upper: number])[]
  readonly intervalsAlong?: 'x' | 'y'
  readonly colour?: string
  readonly dashed?: boolean
}

/** Points with lines, steps, bars or intervals over two linear axes. */
export interface Chart {
  /** What a screen reader says in its stead. */
  readonly description: string
  readonly title?: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
  /** Straight lines for comparison, e.g. the diagonal of an ROC plane or the line of no difference. */
  readonly guides?: readonly { readonly from: readonly [number, number]; readonly to: readonly [number, number] }[]
}

export interface Box {
  readonly xMm: number
  readonly yMm: number
  readonly widthMm: number
  readonly heightMm: number
}

const SMALL: TextStyle = { size: 7, colour: QUIET }
/** Right of the plane; below it, for marks and title of the axis; above it, for the title of the other. */
const RIGHT_MM = 4
const BELOW_MM = 11
const AXIS_TITLE_MM = 4

/** Both axes measure the same: an ROC plane, a calibration. It is drawn as a square. */
export function isSquare({ x, y }: Chart): boolean {
  return !x.names && !y.names && x.range[0] === y.range[0] && x.range[1] === y.range[1]
}

/** How high a chart of a width has to be for its plane to be a square. */
export function squareHeightMm(pages: PdfPages, chart: Chart, widthMm: number): number {
  const { leftMm, aboveMm } = edgesOf(pages, chart, widthMm)
  return aboveMm + (widthMm - leftMm - RIGHT_MM) + BELOW_MM
}

/** What stands left of the plane and above it. */
function edgesOf(pages: PdfPages, chart: Chart, widthMm: number) {
  const yLabels = (chart.y.names ?? ticks(chart.y.range).map(format(chart.y))).map((text) => pages.widthOf(text, SMALL))
  const leftMm = Math.min(widthMm / 2, Math.max(...yLabels, 0) + 8)
  const legend = legendRows(pages, chart.series, widthMm - leftMm - RIGHT_MM, SMALL)
  const titleMm = chart.title === undefined ? 0 : 6
  return { leftMm, titleMm, legend, aboveMm: titleMm + legendHeightMm(legend) + AXIS_TITLE_MM }
}

export function drawChart(pages: PdfPages, chart: Chart, box: Box): void {
  const { leftMm, titleMm, legend, aboveMm } = edgesOf(pages, chart, box.widthMm)
  const plot: Box = {
    xMm: box.xMm + leftMm,
    yMm: box.yMm + aboveMm,
    widthMm: box.widthMm - leftMm - RIGHT_MM,
    heightMm: box.heightMm - aboveMm - BELOW_MM,
  }
  const scale = {
    x: (value: number): number => plot.xMm + part(value, chart.x.range) * plot.widthMm,
    y: (value: number): number => plot.yMm + (1 - part(value, chart.y.range)) * plot.heightMm,
  }
  if (chart.title !== undefined) {
    pages.text(chart.title, box.xMm + leftMm, box.yMm + 3.5, { size: 9, weight: 'bold', colour: INK })
  }
  drawAxes(pages, chart, plot, scale)
  drawLegend(pages, legend, { xMm: plot.xMm, yMm: box.yMm + titleMm }, SMALL)
  pages.clipped(plot.xMm - 0.3, plot.yMm - 0.3, plot.widthMm + 0.6, plot.heightMm + 0.6, () => {
    for (const { from, to } of chart.guides ?? []) {
      pages.strokes(
        [
          [
            [scale.x(from[0]), scale.y(from[1])],
            [scale.x(to[0]), scale.y(to[1])],
          ],
        ],
        FAINT,
        0.2,
        [1, 1],
      )
    }
    for (const [index, series] of chart.series.entries()) {
      drawSeries(pages, series, series.colour ?? SERIES[index % SERIES.length]!, scale)
    }
  })
}

interface Scale {
  x(value: number): number
  y(value: number): number
}

const part = (value: number, [least, most]: readonly [number, number]): number => (value - least) / (most - least)
const format = ({ format: own }: Axis) => own ?? ((value: number): string => String(Number(value.toPrecision(6))))

function drawAxes(pages: PdfPages, { x, y }: Chart, plot: Box, scale: Scale): void {
  const bottomMm = plot.yMm + plot.heightMm
  const marks = (axis: Axis): { value: number; text: string }[] =>
    axis.names
      ? axis.names.map((text, value) => ({ value, text }))
      : ticks(axis.range).map((value) => ({ value, text: format(axis)(value) }))
  for (const { value, text } of marks(x)) {
    const at = scale.x(value)
    if (x.names === undefined)
      pages.strokes(
        [
          [
            [at, plot.yMm],
            [at, bottomMm],
          ],
        ],
        HAIRLINE,
        0.1,
      )
    pages.text(text, at, bottomMm + 3.4, { ...SMALL, align: 'centre' })
  }
  for (const { value, text } of marks(y)) {
    const at = scale.y(value)
    if (y.names === undefined)
      pages.strokes(
        [
          [
            [plot.xMm, at],
            [plot.xMm + plot.widthMm, at],
          ],
        ],
        HAIRLINE,
        0.1,
      )
    pages.text(text, plot.xMm - 1.2, at + 0.9, { ...SMALL, align: 'right' })
  }
  pages.strokes(
    [
      [
        [plot.xMm, plot.yMm],
        [plot.xMm, bottomMm],
        [plot.xMm + plot.widthMm, bottomMm],
      ],
    ],
    QUIET,
    0.25,
  )
  pages.text(x.title, plot.xMm + plot.widthMm / 2, bottomMm + 7.6, { ...SMALL, size: 7.5, align: 'centre' })
  pages.text(y.title, plot.xMm, plot.yMm - 1.4, { ...SMALL, size: 7.5 })
}

function drawSeries(pages: PdfPages, series: Series, colour: string, scale: Scale): void {
  const { kind, points, intervals, intervalsAlong = 'y', dashed = false } = series
  const placed = points.map(([x, y]) => [scale.x(x), scale.y(y)] as const)
  if (intervals) {
    const lines = intervals.map(([lower, upper], index) => {
      const [x, y] = placed[index]!
      return intervalsAlong === 'y'
        ? ([
            [x, scale.y(lower)],
            [x, scale.y(upper)],
          ] as const)
        : ([
            [scale.x(lower), y],
            [scale.x(upper), y],
          ] as const)
    })
    pages.strokes(lines, colour, 0.35)
  }
  switch (kind) {
    case 'line':
      pages.strokes([placed], colour, 0.4, dashed ? [1.4, 1] : undefined)
      break
    case 'steps':
      pages.strokes([stepsOf(placed)], colour, 0.4, dashed ? [1.4, 1] : undefined)
      break
    case 'points':
      for (const [x, y] of placed) pages.circle(x, y, 0.8, { fill: colour })
      break
    case 'bars': {
      const spacingMm = placed.length > 1 ? Math.abs(placed[1]![0] - placed[0]![0]) : 10
      const widthMm = spacingMm * 0.7
      for (const [x, y] of placed) pages.rect(x - widthMm / 2, y, widthMm, scale.y(0) - y, { fill: colour })
    }
  }
}

/** Across, then up: between two operating points of an ROC curve nothing was measured. */
function stepsOf(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1]
    return before === undefined ? [point] : [[point[0], before[1]] as const, point]
  })
}
