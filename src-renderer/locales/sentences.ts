import type { CodedSentence, ErrorReply } from '../contract.ts'
import type { Language } from '../i18n.ts'
import { zhSentences } from './zh/sentences.ts'
import { studyFindings } from './zh/study-findings.ts'

/**
 * The sentence of a refusal, warning or mark in the reader's language.
 *
 * Main words what it found in English, with names and numbers; other languages explain the code and keep that
 * wording as detail, so that nothing that was found is lost in translation.
 */
export function translateSentence(
  language: Language,
  { code, message }: ErrorReply,
): { text: string; detail?: string } {
  if (language === 'en') return { text: message }
  const text = zhSentences[code]
  return text === undefined ? { text: message } : { text, detail: message }
}

/**
 * A finding with its values, in the reader's language. A refusal that stands among findings, of which only the code is
 * known, is worded as {@link translateSentence} words it.
 */
export function translateFinding(
  language: Language,
  { code, values, message }: CodedSentence,
): { text: string; detail?: string } {
  const known = language === 'zh' ? studyFindings[code] : undefined
  if (known === undefined) return translateSentence(language, { code, message })
  return { text: known.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')) }
}
