import { REPORT_LANGUAGES, REPORT_PAPERS } from '../../src-preload/contract/constants.ts'
import { oneOf } from './arguments.ts'
import type { ReportSettings } from './write-report.ts'

export const reportOptions = {
  report: { type: 'boolean', default: false },
  'report-language': { type: 'string', default: 'en' },
  paper: { type: 'string', default: 'A4' },
  'technical-page': { type: 'boolean', default: false },
  'patient-page': { type: 'boolean', default: false },
} as const

interface ReportValues {
  report: boolean
  'report-language': string
  paper: string
  'technical-page': boolean
  'patient-page': boolean
  out: string
}

/** @throws UsageError for a language or paper that there is not; null where no report is wanted */
export function reportSettings(values: ReportValues): ReportSettings | null {
  const settings = {
    out: values.out,
    language: oneOf('report-language', values['report-language'], REPORT_LANGUAGES),
    paper: oneOf('paper', values.paper, REPORT_PAPERS),
    technicalPage: values['technical-page'],
    patientPage: values['patient-page'],
  }
  return values.report ? settings : null
}
