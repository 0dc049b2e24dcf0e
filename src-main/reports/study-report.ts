import type { ReportBlock, StudyReport } from '../../src-preload/contract/study-report.ts'
import type { Chart } from './document/chart.ts'
import { Flow } from './document/flow.ts'
import type { Paper } from './pdf/paper.ts'

export interface StudyPdfOptions {
  language: 'en' | 'zh'
  paper: Paper
  /** When the data were locked: a time of the record, so that one record gives one file. */
  date: Date | null
  producer: string
}

const WIDE_CHART_MM = 78
/** Beyond so many columns a table is set smaller. */
const MANY_COLUMNS = 6

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
    flow.heading(2, section.title)
    for (const block of section.blocks) draw(flow, block)
  }
  return flow.finish()
}

function draw(flow: Flow, block: ReportBlock): void {
  switch (block.kind) {
    case 'paragraph':
      return flow.paragraph(block.text, { quiet: block.tone === 'quiet', caution: block.tone === 'caution' })
    case 'facts':
      return flow.facts(block.pairs)
    case 'charts':
      // The contract's optional fields are absent or there, never undefined.
      for (const chart of block.charts as Chart[]) flow.chart(chart, WIDE_CHART_MM)
      return
    case 'table': {
      const { columns, rows } = block.table
      if (block.title !== '') flow.heading(3, block.title)
      return flow.table({ columns, rows, size: columns.length > MANY_COLUMNS ? 6.5 : 8 })
    }
    default:
      return block satisfies never
  }
}
