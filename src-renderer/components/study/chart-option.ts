import type { EChartsCoreOption } from 'echarts/core'
import type { ReportChart, ReportSeries } from '../../contract.ts'

/** For series that name no colour of their own; told apart with colour-blindness too. */
export const SERIES_COLOURS = ['#1d6fb8', '#d1541b', '#1b8a6b', '#dd9a12', '#7a4fb0', '#7a858f']

export interface ChartInks {
  ink: string
  quiet: string
  line: string
}

type AxisOf = ReportChart['x']

/** A chart of the report as ECharts draws it; its legend stands below it as text, where it can take more lines. */
export function chartOption(
  { x, y, series, guides = [] }: ReportChart,
  { ink, quiet, line }: ChartInks,
): EChartsCoreOption {
  const axis = ({ title, range, names }: AxisOf, gap: number) => ({
    type: 'value',
    min: range[0],
    max: range[1],
    name: title,
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { color: quiet },
    axisLine: { show: true, lineStyle: { color: quiet } },
    axisTick: { show: names === undefined },
    splitLine: { show: names === undefined, lineStyle: { color: line } },
    axisLabel: { color: quiet, ...(names && { formatter: (at: number) => names[at] ?? '' }) },
    ...(names && { interval: 1 }),
  })
  return {
    animation: false,
    textStyle: { color: ink, fontFamily: 'inherit' },
    grid: { left: 56, right: 16, top: 12, bottom: x.title === '' ? 28 : 44 },
    xAxis: axis(x, 28),
    yAxis: axis(y, 36),
    series: [
      ...guides.map(({ from, to }) => ({
        type: 'line',
        data: [from, to],
        showSymbol: false,
        silent: true,
        lineStyle: { color: quiet, width: 1, type: 'dashed' },
      })),
      ...series.flatMap((one, index) => drawn(one, colourOf(one, index))),
    ],
  }
}

export function colourOf({ colour }: ReportSeries, index: number): string {
  return colour ?? SERIES_COLOURS[index % SERIES_COLOURS.length]!
}

function drawn(one: ReportSeries, colour: string): object[] {
  const { name, kind, points, intervals, intervalsAlong = 'y', dashed = false } = one
  const type = kind === 'bars' ? 'bar' : kind === 'points' ? 'scatter' : 'line'
  return [
    {
      type,
      name,
      data: points,
      showSymbol: false,
      symbolSize: 8,
      barMaxWidth: 48,
      ...(kind === 'steps' && { step: 'end' }),
      itemStyle: { color: colour },
      lineStyle: { color: colour, width: dashed ? 1.5 : 2, type: dashed ? 'dashed' : 'solid' },
    },
    // Each interval is a line of its own.
    ...(intervals ?? []).map(([low, high], index) => {
      const [px, py] = points[index]!
      return {
        type: 'line',
        silent: true,
        showSymbol: false,
        data:
          intervalsAlong === 'y'
            ? [
                [px, low],
                [px, high],
              ]
            : [
                [low, py],
                [high, py],
              ],
        lineStyle: { color: colour, width: 1.5 },
      }
    }),
  ]
}
