import { SERIES } from './colours.ts'
import type { Series } from './chart.ts'
import type { PdfPages, TextStyle } from '../pdf/pdf-pages.ts'

const SWATCH_MM = 3.4
const GAP_MM = 3.6
const ROW_MM = 4

interface Entry {
  name: string
  colour: string
  widthMm: number
}

/** The names of the series in as many rows as the width asks for; none where there is one series. */
export function legendRows(pages: PdfPages, series: readonly Series[], widthMm: number, style: TextStyle): Entry[][] {
  if (series.length < 2) return []
  const rows: Entry[][] = [[]]
  let usedMm = 0
  for (const [index, { name, colour }] of series.entries()) {
    const entryMm = SWATCH_MM + pages.widthOf(name, style) + GAP_MM
    if (usedMm > 0 && usedMm + entryMm - GAP_MM > widthMm) {
      rows.push([])
      usedMm = 0
    }
    rows.at(-1)!.push({ name, colour: colour ?? SERIES[index % SERIES.length]!, widthMm: entryMm })
    usedMm += entryMm
  }
  return rows
}

export function legendHeightMm(rows: readonly Entry[][]): number {
  return rows.length * ROW_MM
}

/** @param yMm  top of the first row */
export function drawLegend(
  pages: PdfPages,
  rows: readonly Entry[][],
  at: { xMm: number; yMm: number },
  style: TextStyle,
): void {
  for (const [row, entries] of rows.entries()) {
    let { xMm } = at
    const yMm = at.yMm + row * ROW_MM + 2.6
    for (const { name, colour, widthMm } of entries) {
      pages.rect(xMm, yMm - 1.9, 2.4, 1.6, { fill: colour })
      pages.text(name, xMm + SWATCH_MM, yMm, style)
      xMm += widthMm
    }
  }
}
