import type { ErrorReply } from '../../../src-preload/contract/errors.ts'
import type { ReportLanguage } from '../report-record.ts'
import { en, type ReportTexts } from './en.ts'
import { zh } from './zh.ts'
import { zhMarks } from './zh-marks.ts'

export type { ReportTexts }

export const reportTexts: Readonly<Record<ReportLanguage, ReportTexts>> = { en, zh }

/** The sentence of a mark or refusal; as it was worded where the language has none for its code. */
export function markText({ code, message }: ErrorReply, language: ReportLanguage): string {
  return language === 'en' ? message : (zhMarks[code] ?? message)
}
