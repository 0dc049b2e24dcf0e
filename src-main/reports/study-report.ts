import type { ReportBlock, StudyReport } from '../../src-preload/contract/study-report.ts'
import type { Chart } from './document/chart.ts'
import { Flow } from './document/flow.ts'
import type { Table } from './document/table.ts'
import type { Paper } from './pdf/paper.ts'

export interface StudyPdfOptions {
  language: 'en' | 'zh'
  paper: Paper
  /** When the data were locked: a time of the record, so that one record gives one file. */
  date: Date | null
  producer: string
}

/** Beyond so many columns a table is set smaller. */
const MANY_COLUMNS = 6
/** A short paragraph, and the title of a table. */
const TEXT_MM = 14
const TITLE_MM = 10

/** A reader study's report as PDF: the same sections, tables and charts as the window shows. */
export function writeStudyReport(report: StudyReport, options: StudyPdfOptions): Promise<Uint8Array> {
  const { language, paper, date, producer } = options
  const flow = new Flow({
    title: report.title,
    subject: report.subtitle,
    language: language === 'zh' ? 'zh-CN' : 'en',
    date,
    producer,
    paper,
    footer: report.footer,
    pageOf: (page, of) => `${page} / ${of}`,
  })
  flow.heading(1, report.title)
  flow.paragraph(report.subtitle, { quiet: true })
  for (const section of report.sections) {
    flow.heading(2, section.title, belowHeading(flow, section.blocks))
    for (const block of section.blocks) draw(flow, block)
  }
  return flow.finish()
}

/** The contract's optional fields are absent or there, never undefined. */
const chartsOf = (block: ReportBlock & { kind: 'charts' }): Chart[] => block.charts as Chart[]

/** What must stand on the page of a heading: the first block below it, and a line of text with what it speaks of. */
function belowHeading(flow: Flow, [first, second]: readonly ReportBlock[]): number {
  if (first?.kind !== 'paragraph') return first ? firstMm(flow, first) : 0
  return TEXT_MM + (second ? firstMm(flow, second) : 0)
}

function firstMm(flow: Flow, block: ReportBlock): number {
  switch (block.kind) {
    case 'paragraph':
      return TEXT_MM
    case 'facts':
      return flow.firstFactsMm(block.pairs)
    case 'charts':
      return flow.firstChartsMm(chartsOf(block))
    case 'table':
      return (block.title === '' ? 0 : TITLE_MM) + flow.firstTableMm(tableOf(block))
    default:
      return block satisfies never
  }
}

function tableOf({ table: { columns, rows } }: ReportBlock & { kind: 'table' }): Table {
  return { columns, rows, size: columns.length > MANY_COLUMNS ? 6.5 : 8 }
}

function draw(flow: Flow, block: ReportBlock): void {
  switch (block.kind) {
    case 'paragraph':
      return flow.paragraph(block.text, { quiet: block.tone === 'quiet', caution: block.tone === 'caution' })
    case 'facts':
      return flow.facts(block.pairs)
    case 'charts':
      return flow.charts(chartsOf(block))
    case 'table':
      if (block.title !== '') flow.heading(3, block.title, flow.firstTableMm(tableOf(block)))
      return flow.table(tableOf(block))
    default:
      return block satisfies never
  }
}
