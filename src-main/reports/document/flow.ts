import { ACCENT, CAUTION, CAUTION_SOFT, FAINT, HAIRLINE, INK, QUIET } from './colours.ts'
import { drawChart, isSquare, squareHeightMm, type Chart } from './chart.ts'
import { drawTable, fitColumns, tableHeightMm, type Table } from './table.ts'
import type { PageSize, Orientation, Paper } from '../pdf/paper.ts'
import { PdfPages, type DocumentFacts, type TextStyle } from '../pdf/pdf-pages.ts'

export interface FlowOptions extends DocumentFacts {
  readonly paper: Paper
  readonly orientation?: Orientation
  /** Stands at the foot of every page, at the left. */
  readonly footer: string
  readonly pageOf: (page: number, of: number) => string
}

const MARGIN_MM = 18
const FOOT_MM = 14
const WIDE_CHART_MM = 78
const CHART_GAP_MM = 6
/** A table up to this share of a page stands whole; a longer one fills what is left of the page. */
const WHOLE_SHARE = 0.5
/** The head and the first rows of a table that may go on. */
const BEGUN_MM = 20
const HEADINGS: Readonly<Record<1 | 2 | 3, { style: TextStyle; beforeMm: number; afterMm: number }>> = {
  1: { style: { size: 18, weight: 'bold' }, beforeMm: 0, afterMm: 4 },
  2: { style: { size: 13, weight: 'bold', colour: ACCENT }, beforeMm: 6, afterMm: 2 },
  3: { style: { size: 10.5, weight: 'bold' }, beforeMm: 4, afterMm: 1.5 },
}
/** Name and value of each. */
type Facts = readonly (readonly [name: string, value: string])[]

const BODY: TextStyle = { size: 9.5, colour: INK }

/**
 * A document that runs from page to page: headings, paragraphs, tables, charts, one below the other. Charts, facts and
 * short tables are not split; a longer table goes on, with its head again.
 */
export class Flow {
  readonly #pages: PdfPages
  readonly #options: FlowOptions
  #size: PageSize
  #yMm = 0

  constructor(options: FlowOptions) {
    this.#options = options
    this.#pages = new PdfPages(options)
    this.#size = this.#newPage()
  }

  get widthMm(): number {
    return this.#size.widthMm - 2 * MARGIN_MM
  }

  /** @param withMm  what must stand on the same page below it: a heading is never the last thing on one */
  heading(level: 1 | 2 | 3, text: string, withMm = 14): void {
    const { style, beforeMm, afterMm } = HEADINGS[level]
    const lines = this.#pages.linesOf(text, this.widthMm, style).length
    this.#reserve(beforeMm + lines * style.size * 0.47 + afterMm + withMm)
    if (this.#yMm > MARGIN_MM) this.#yMm += beforeMm
    this.#pages.tag(`H${level}`, () => {
      this.#yMm += this.#pages.paragraph(text, MARGIN_MM, this.#yMm, this.widthMm, style) + afterMm
    })
  }

  paragraph(text: string, { quiet = false, caution = false }: { quiet?: boolean; caution?: boolean } = {}): void {
    const style = { ...BODY, ...(quiet && { size: 8.5, colour: QUIET }), ...(caution && { colour: CAUTION }) }
    const padMm = caution ? 2.5 : 0
    const heightMm = this.#pages.linesOf(text, this.widthMm - 2 * padMm, style).length * style.size * 0.466 + 2 * padMm
    this.#reserve(Math.min(heightMm, 60))
    if (caution) {
      this.#pages.artifact(() => this.#pages.rect(MARGIN_MM, this.#yMm, this.widthMm, heightMm, { fill: CAUTION_SOFT }))
    }
    this.#pages.tag('P', () =>
      this.#pages.paragraph(text, MARGIN_MM + padMm, this.#yMm + padMm, this.widthMm - 2 * padMm, style),
    )
    this.#yMm += heightMm + 2
  }

  /** Name and value, one pair a line. */
  facts(pairs: Facts): void {
    this.table(this.#factsTable(pairs))
  }

  table(given: Table): void {
    const table = this.#fitted(given)
    if (this.#isWhole(table)) this.#reserve(this.#tableMm(table))
    let from = 0
    while (from < table.rows.length || (from === 0 && table.rows.length === 0)) {
      const left = this.#bottomMm - this.#yMm
      let to = table.rows.length
      while (to > from + 1 && tableHeightMm(this.#pages, table, this.widthMm, from, to) > left) to -= 1
      if (tableHeightMm(this.#pages, table, this.widthMm, from, to) > left && this.#yMm > MARGIN_MM) {
        this.#breakPage()
        continue
      }
      this.#yMm += drawTable(this.#pages, table, { xMm: MARGIN_MM, yMm: this.#yMm, widthMm: this.widthMm }, from, to)
      from = to
      if (from >= table.rows.length) break
      this.#breakPage()
    }
    this.#yMm += 3
  }

  /** Charts one below the other over the whole width; square ones two in a row. */
  charts(charts: readonly Chart[]): void {
    for (const row of this.#chartRows(charts)) {
      const heightMm = Math.max(...row.map((one) => one.heightMm))
      this.#reserve(heightMm + 2)
      for (const [place, { chart, widthMm, heightMm: own }] of row.entries()) {
        const box = { xMm: MARGIN_MM + place * (widthMm + CHART_GAP_MM), yMm: this.#yMm, widthMm, heightMm: own }
        this.#pages.tag('Figure', () => drawChart(this.#pages, chart, box), chart.description)
      }
      this.#yMm += heightMm + 3
    }
  }

  /** What must stand below a heading of these facts: all of them. */
  firstFactsMm(pairs: Facts): number {
    return this.firstTableMm(this.#factsTable(pairs))
  }

  /** What must stand below a heading of this table: all of a short one, the first rows of a long one. */
  firstTableMm(given: Table): number {
    const table = this.#fitted(given)
    return this.#isWhole(table) ? this.#tableMm(table) : BEGUN_MM
  }

  #fitted(table: Table): Table {
    return fitColumns(this.#pages, table, this.widthMm)
  }

  #factsTable(pairs: Facts): Table {
    return {
      columns: [
        { title: '', widthMm: this.widthMm * 0.32 },
        { title: '', widthMm: this.widthMm * 0.68 },
      ],
      rows: pairs.map(([name, value]) => [name, value]),
      plain: true,
    }
  }

  #tableMm(table: Table): number {
    return tableHeightMm(this.#pages, table, this.widthMm, 0, table.rows.length)
  }

  #isWhole(table: Table): boolean {
    return this.#tableMm(table) <= WHOLE_SHARE * (this.#bottomMm - MARGIN_MM)
  }

  /** What the first row of them takes: for a heading that is to stand above it. */
  firstChartsMm(charts: readonly Chart[]): number {
    const [first = []] = this.#chartRows(charts)
    return Math.max(0, ...first.map((one) => one.heightMm))
  }

  #chartRows(charts: readonly Chart[]): { chart: Chart; widthMm: number; heightMm: number }[][] {
    const halfMm = (this.widthMm - CHART_GAP_MM) / 2
    const rows: { chart: Chart; widthMm: number; heightMm: number }[][] = []
    for (const chart of charts) {
      if (!isSquare(chart)) rows.push([{ chart, widthMm: this.widthMm, heightMm: WIDE_CHART_MM }])
      else {
        const one = { chart, widthMm: halfMm, heightMm: squareHeightMm(this.#pages, chart, halfMm) }
        const last = rows.at(-1)
        if (last?.length === 1 && isSquare(last[0]!.chart)) last.push(one)
        else rows.push([one])
      }
    }
    return rows
  }

  /** @returns the bytes of the file: the same for the same calls */
  finish(): Promise<Uint8Array> {
    const { footer, pageOf } = this.#options
    const style: TextStyle = { size: 7, colour: FAINT }
    this.#pages.onEveryPage((index, count, { widthMm, heightMm }) => {
      this.#pages.artifact(() => {
        const yMm = heightMm - FOOT_MM + 4
        this.#pages.strokes(
          [
            [
              [MARGIN_MM, yMm - 3.5],
              [widthMm - MARGIN_MM, yMm - 3.5],
            ],
          ],
          HAIRLINE,
          0.15,
        )
        this.#pages.fitted(
          footer,
          MARGIN_MM,
          yMm - 2.6,
          { widthMm: widthMm - 2 * MARGIN_MM - 30, heightMm: 7 },
          style,
          5,
        )
        this.#pages.text(pageOf(index + 1, count), widthMm - MARGIN_MM, yMm, { ...style, align: 'right' })
      })
    })
    return this.#pages.finish()
  }

  get #bottomMm(): number {
    return this.#size.heightMm - FOOT_MM - 3
  }

  #reserve(heightMm: number): void {
    if (this.#yMm + heightMm > this.#bottomMm && this.#yMm > MARGIN_MM) this.#breakPage()
  }

  #breakPage(): void {
    this.#size = this.#newPage()
  }

  #newPage(): PageSize {
    const { paper, orientation = 'portrait' } = this.#options
    this.#yMm = MARGIN_MM
    return this.#pages.addPage(paper, orientation)
  }
}
