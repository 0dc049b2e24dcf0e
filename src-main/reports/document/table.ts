import { HAIRLINE, INK, QUIET, SUNKEN } from './colours.ts'
import { lineMm, type PdfPages, type TextStyle } from '../pdf/pdf-pages.ts'

export interface Column {
  readonly title: string
  /** Absent: what is left is shared by the columns without a width. */
  readonly widthMm?: number
  readonly align?: 'left' | 'right'
}

export interface Cell {
  readonly text: string
  readonly colour?: string
  readonly bold?: boolean
}

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | Cell)[])[]
  /** Points; 8 where absent. */
  readonly size?: number
  /** Without head and rules. */
  readonly plain?: boolean
}

const PAD_X_MM = 1.5
/** Above and below a row's text. */
const padYMm = ({ plain = false }: Table): number => (plain ? 0.35 : 0.9)

const cellOf = (cell: string | Cell): Cell => (typeof cell === 'string' ? { text: cell } : cell)

function widthsMm({ columns }: Table, widthMm: number): number[] {
  const open = columns.filter((column) => column.widthMm === undefined).length
  const taken = columns.reduce((sum, column) => sum + (column.widthMm ?? 0), 0)
  return columns.map((column) => column.widthMm ?? (widthMm - taken) / open)
}

/**
 * The table with a width for every column: what its widest text takes and an equal share of what is left; where they do
 * not all fit, less of it in proportion.
 */
export function fitColumns(pages: PdfPages, table: Table, widthMm: number): Table {
  const widest = table.columns.map((column, index) => {
    const head = pages.widthOf(column.title, headStyle(table, column))
    const cells = table.rows.map((row) => {
      const cell = cellOf(row[index]!)
      return pages.widthOf(cell.text, styleOf(table, cell, column))
    })
    return Math.max(head, ...cells) + 2 * PAD_X_MM
  })
  const open = table.columns.flatMap(({ widthMm: given }, index) => (given === undefined ? [index] : []))
  const availableMm = widthMm - table.columns.reduce((sum, column) => sum + (column.widthMm ?? 0), 0)
  const wantedMm = open.reduce((sum, index) => sum + widest[index]!, 0)
  const fitted = (index: number): number =>
    wantedMm < availableMm
      ? widest[index]! + (availableMm - wantedMm) / open.length
      : (widest[index]! * availableMm) / wantedMm
  const columns = table.columns.map((column, index) => ({ ...column, widthMm: column.widthMm ?? fitted(index) }))
  return { ...table, columns }
}

const styleOf = (table: Table, cell: Cell, column: Column): TextStyle => ({
  size: table.size ?? 8,
  colour: cell.colour ?? INK,
  weight: cell.bold === true ? 'bold' : 'regular',
  align: column.align ?? 'left',
})

const headStyle = (table: Table, column: Column): TextStyle => ({
  size: (table.size ?? 8) - 0.5,
  weight: 'bold',
  colour: QUIET,
  align: column.align ?? 'left',
})

function rowHeightMm(
  pages: PdfPages,
  table: Table,
  widths: readonly number[],
  row: readonly (string | Cell)[],
): number {
  const lines = row.map((cell, index) => {
    const style = styleOf(table, cellOf(cell), table.columns[index]!)
    return pages.linesOf(cellOf(cell).text, widths[index]! - 2 * PAD_X_MM, style).length
  })
  return Math.max(...lines) * lineMm({ size: table.size ?? 8 }) + 2 * padYMm(table)
}

function headHeightMm(pages: PdfPages, table: Table, widths: readonly number[]): number {
  if (table.plain === true) return 0
  const lines = table.columns.map(
    (column, index) => pages.linesOf(column.title, widths[index]! - 2 * PAD_X_MM, headStyle(table, column)).length,
  )
  return Math.max(...lines) * lineMm({ size: (table.size ?? 8) - 0.5 }) + 2 * padYMm(table)
}

export function tableHeightMm(pages: PdfPages, table: Table, widthMm: number, from: number, to: number): number {
  const widths = widthsMm(table, widthMm)
  return table.rows
    .slice(from, to)
    .reduce((sum, row) => sum + rowHeightMm(pages, table, widths, row), headHeightMm(pages, table, widths))
}

/** Draws rows `from` to `to` with the head above. @returns the height in mm */
export function drawTable(
  pages: PdfPages,
  table: Table,
  place: { xMm: number; yMm: number; widthMm: number },
  from = 0,
  to = table.rows.length,
): number {
  const widths = widthsMm(table, place.widthMm)
  const lefts = widths.map((_, index) => place.xMm + widths.slice(0, index).reduce((sum, width) => sum + width, 0))
  let yMm = place.yMm
  const draw = (text: string, index: number, style: TextStyle): void => {
    pages.paragraph(text, lefts[index]! + PAD_X_MM, yMm + padYMm(table), widths[index]! - 2 * PAD_X_MM, style)
  }
  pages.group('Table', () => {
    const headMm = headHeightMm(pages, table, widths)
    if (headMm > 0) {
      pages.artifact(() => pages.rect(place.xMm, yMm, place.widthMm, headMm, { fill: SUNKEN }))
      pages.group('TR', () => {
        for (const [index, column] of table.columns.entries()) {
          pages.cell('TH', () => draw(column.title, index, headStyle(table, column)))
        }
      })
      yMm += headMm
    }
    for (const row of table.rows.slice(from, to)) {
      pages.group('TR', () => {
        for (const [index, cell] of row.entries()) {
          pages.cell('TD', () => draw(cellOf(cell).text, index, styleOf(table, cellOf(cell), table.columns[index]!)))
        }
      })
      yMm += rowHeightMm(pages, table, widths, row)
      if (table.plain !== true) {
        const at = yMm
        pages.artifact(() =>
          pages.strokes(
            [
              [
                [place.xMm, at],
                [place.xMm + place.widthMm, at],
              ],
            ],
            HAIRLINE,
            0.15,
          ),
        )
      }
    }
  })
  return yMm - place.yMm
}
