import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { ReportChoices } from '../reports/write-report.ts'
import type { ReportRecord } from '../reports/report-record.ts'
import { writeWhole } from '../app/write-whole.ts'

export interface ReportSettings extends ReportChoices {
  readonly out: string
}

export interface WrittenReport {
  path: string
  bytes: number
  sha256: string
}

/** Writes one report as `NAME-HASH.report.pdf`. @throws AppError `files/not-written` */
export async function writeReportFile(
  record: ReportRecord,
  stem: string,
  { out, ...choices }: ReportSettings,
): Promise<WrittenReport> {
  // Fonts and the PDF writer are loaded by who wants a report, and by nobody else.
  const { writeReport } = await import('../reports/write-report.ts')
  const bytes = await writeReport(record, choices)
  const path = join(out, `${stem}.report.pdf`)
  await writeWhole(path, bytes)
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}
