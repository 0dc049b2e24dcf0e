import type { ReportChart, ReportSeries } from '../../contract.ts'

/** For series that name no colour of their own; told apart with colour-blindness too. */
const SERIES_COLOURS = ['#1d6fb8', '#d1541b', '#1b8a6b', '#dd9a12', '#7a4fb0', '#7a858f']

export const PLOT = { width: 480, left: 48, right: 12, top: 10, bottom: 44 } as const
const WIDE_HEIGHT = 300

type AxisOf = ReportChart['x']

export function colourOf({ colour }: ReportSeries, index: number): string {
  return colour ?? SERIES_COLOURS[index % SERIES_COLOURS.length]!
}

/** Both axes measure the same: an ROC plane, a calibration. */
export function isSquare({ x, y }: Pick<ReportChart, 'x' | 'y'>): boolean {
  return !x.names && !y.names && x.range[0] === y.range[0] && x.range[1] === y.range[1]
}

export function heightOf(axes: Pick<ReportChart, 'x' | 'y'>): number {
  return isSquare(axes) ? PLOT.top + (PLOT.width - PLOT.left - PLOT.right) + PLOT.bottom : WIDE_HEIGHT
}

/** Places of values on the drawing, in its own units. */
export function scalesOf({ x, y }: Pick<ReportChart, 'x' | 'y'>) {
  const across = PLOT.width - PLOT.left - PLOT.right
  const down = heightOf({ x, y }) - PLOT.top - PLOT.bottom
  return {
    x: (value: number): number => PLOT.left + (across * (value - x.range[0])) / (x.range[1] - x.range[0]),
    y: (value: number): number => PLOT.top + down - (down * (value - y.range[0])) / (y.range[1] - y.range[0]),
  }
}

/** Marks of an axis: its names, or round numbers about five of them. */
export function ticksOf({ range: [least, most], names }: AxisOf): { value: number; text: string }[] {
  if (names) return names.map((text, value) => ({ value, text }))
  const rough = (most - least) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999)!
  const first = Math.ceil(least / step - 1e-9)
  const last = Math.floor(most / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const value = (first + index) * step
    return { value, text: String(Number(value.toPrecision(6))) }
  })
}

/** The line through a series' points, or with steps between them. */
export function pathOf({ points, kind }: ReportSeries, scales: ReturnType<typeof scalesOf>): string {
  return points
    .map(([px, py], index) => {
      const [x, y] = [scales.x(px).toFixed(1), scales.y(py).toFixed(1)]
      if (index === 0) return `M${x} ${y}`
      return kind === 'steps' ? `H${x}V${y}` : `L${x} ${y}`
    })
    .join('')
}
