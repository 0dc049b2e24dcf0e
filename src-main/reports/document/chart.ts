import { FAINT, HAIRLINE, INK, QUIET, SERIES } from './colours.ts'
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

export function drawChart(pages: PdfPages, chart: Chart, box: Box): void {
  const titleMm = chart.title === undefined ? 0 : 6
  const legendMm = chart.series.length > 1 ? 5 : 0
  const yLabels = (chart.y.names ?? ticks(chart.y.range).map(format(chart.y))).map((text) => pages.widthOf(text, SMALL))
  const leftMm = Math.min(box.widthMm / 2, Math.max(...yLabels, 0) + 8)
  const plot: Box = {
    xMm: box.xMm + leftMm,
    yMm: box.yMm + titleMm + legendMm + 1,
    widthMm: box.widthMm - leftMm - 4,
    heightMm: box.heightMm - titleMm - legendMm - 12,
  }
  const scale = {
    x: (value: number): number => plot.xMm + part(value, chart.x.range) * plot.widthMm,
    y: (value: number): number => plot.yMm + (1 - part(value, chart.y.range)) * plot.heightMm,
  }
  if (chart.title !== undefined) {
    pages.text(chart.title, box.xMm + leftMm, box.yMm + 3.5, { size: 9, weight: 'bold', colour: INK })
  }
  drawAxes(pages, chart, plot, scale)
  if (legendMm > 0) drawLegend(pages, chart, plot, box.yMm + titleMm + 2.5)
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

function drawLegend(pages: PdfPages, { series }: Chart, plot: Box, yMm: number): void {
  let xMm = plot.xMm + plot.widthMm
  for (const [index, { name, colour }] of [...series.entries()].reverse()) {
    xMm -= pages.widthOf(name, SMALL)
    pages.text(name, xMm, yMm, SMALL)
    pages.rect(xMm - 3.4, yMm - 1.9, 2.4, 1.6, { fill: colour ?? SERIES[index % SERIES.length]! })
    xMm -= 7
  }
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
