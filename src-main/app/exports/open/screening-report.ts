import {
  AppError,
  type AppDescription,
  type RecordingId,
  type ScreeningId,
} from '../../../../src-preload/contract/index.ts'
import type { ReportChoices } from '../../../../src-preload/contract/reports.ts'
import { readSiteSettings } from '../../../registry/tables/site-settings.ts'
import { recordOfRegistry, type ReportSource } from '../../reports/registry-record.ts'
import type { ViewFile } from './views.ts'

export interface ReportWords {
  /** The pack that is installed, for its own words about what it found; null where it was refused. */
  readonly pack: AppDescription['pack']
  readonly language: ReportChoices['language']
}

/**
 * The clinician's page of one screening as it stands now, a draft marked as such: the same bytes for the same registry,
 * site name, pack and language.
 *
 * @returns null where a review was altered: nothing is told of it
 * @throws AppError `registry/blob-…`
 */
export async function screeningReport(
  source: ReportSource,
  screening: { readonly id: ScreeningId; readonly recordingId: RecordingId },
  { pack, language }: ReportWords,
): Promise<ViewFile | null> {
  const subject = { recordingId: screening.recordingId, screeningId: screening.id }
  const { reportPaper: paper } = readSiteSettings(source.db)
  // Fonts and the PDF writer are loaded by who wants a report, and by nobody else.
  const { writeReport } = await import('../../../reports/write-report.ts')
  try {
    const record = recordOfRegistry(source, subject, pack, null)
    const bytes = await writeReport(record, { language, paper, technicalPage: false, patientPage: false })
    return { name: `reports/screening-${screening.id}.pdf`, bytes }
  } catch (error) {
    if (error instanceof AppError && error.code === 'screening/review-altered') return null
    throw error
  }
}
