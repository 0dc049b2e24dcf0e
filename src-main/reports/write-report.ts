import type { ReportChoices } from '../../src-preload/contract/reports.ts'
import { PdfPages } from './pdf/pdf-pages.ts'
import { drawClinicianPage } from './pages/clinician-page.ts'
import { drawFoot, type PageContext } from './pages/page-frame.ts'
import { drawPatientPage } from './pages/patient-page.ts'
import { drawTechnicalPage } from './pages/technical-page.ts'
import type { ReportRecord } from './report-record.ts'
import { reportTexts } from './texts/index.ts'

export type { ReportChoices }

/**
 * Lays a record out as PDF: one page for the clinician, then the technical page and the patient's page as chosen.
 *
 * @returns the file; the same bytes for the same record and choices, on every computer
 */
export function writeReport(record: ReportRecord, choices: ReportChoices): Promise<Uint8Array> {
  const texts = reportTexts[choices.language]
  const pages = new PdfPages({
    title: [texts.title, record.patient.id].filter((part) => part !== undefined).join(' · '),
    subject: texts.subject,
    language: texts.tag,
    date: record.date,
    producer: record.application,
  })
  const context: PageContext = { pages, record, texts, language: choices.language }
  drawClinicianPage(context, choices.paper)
  if (choices.technicalPage) drawTechnicalPage(context, choices.paper)
  if (choices.patientPage) drawPatientPage(context, choices.paper)
  pages.onEveryPage((index, count, size) => drawFoot(context, index, count, size))
  return pages.finish()
}
