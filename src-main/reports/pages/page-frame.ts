import { CAUTION, DANGER, FAINT, HAIRLINE, INK, QUIET } from '../document/colours.ts'
import type { PdfPages, TextStyle } from '../pdf/pdf-pages.ts'
import { missingCharacters } from '../pdf/typefaces.ts'
import type { PageSize } from '../pdf/paper.ts'
import { reviewState, type ReportLanguage, type ReportRecord } from '../report-record.ts'
import type { ReportTexts } from '../texts/index.ts'

/** What every page of one report is drawn with. */
export interface PageContext {
  readonly pages: PdfPages
  readonly record: ReportRecord
  readonly texts: ReportTexts
  readonly language: ReportLanguage
}

export const MARGIN_MM = 8
const FOOT_MM = 12
export const SMALL: TextStyle = { size: 6.5, colour: QUIET }

/** The pack's own words about itself, or that they are missing. */
export function packStatement({ record, texts, language }: PageContext): string {
  if (record.outcome.kind !== 'screened') return texts.notDevice
  const { statements } = record.outcome.findings
  return statements ? capitalised(statements.statement[language]) : texts.statementUnknown
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export function stateText({ record, texts }: PageContext): string {
  return record.reviewable ? texts.states[reviewState(record)] : texts.states.unattended
}

export const isSigned = (record: ReportRecord): boolean => ['signed', 'amended'].includes(reviewState(record))

/** A word across the page while nobody has signed. */
export function drawWatermark({ pages, record, texts }: PageContext, { widthMm, heightMm }: PageSize): void {
  if (isSigned(record)) return
  pages.artifact(() =>
    pages.watermark(
      texts.watermark,
      widthMm / 2,
      heightMm / 2,
      -Math.round((Math.atan(heightMm / widthMm) * 180) / Math.PI),
      {
        size: 150,
        weight: 'bold',
        colour: '#7a8790',
        opacity: 0.11,
      },
    ),
  )
}

/** The foot of every page: what made it, of what, and which page of how many this is. */
export function drawFoot(context: PageContext, index: number, count: number, { widthMm, heightMm }: PageSize): void {
  const { pages, record, texts } = context
  const { outcome, recording, application } = record
  const style: TextStyle = { size: 5.5, colour: QUIET }
  const topMm = heightMm - MARGIN_MM - FOOT_MM + 3.6
  const pack = outcome.kind === 'screened' ? outcome.findings.pack : null
  const lines = [
    [
      application,
      ...(pack ? [`${texts.pack} ${pack.id} ${pack.version}`, `${texts.packHash} ${pack.sha256}`] : []),
    ].join('   '),
    `${texts.recordingHash} ${recording.sha256}`,
    texts.notDevice,
  ]
  pages.artifact(() => {
    pages.strokes(
      [
        [
          [MARGIN_MM, topMm],
          [widthMm - MARGIN_MM, topMm],
        ],
      ],
      HAIRLINE,
      0.15,
    )
    for (const [line, text] of lines.entries()) {
      pages.text(text, MARGIN_MM, topMm + 2.8 + line * 2.5, style)
    }
    pages.text(texts.pageOf(index + 1, count), widthMm - MARGIN_MM, topMm + 7.8, {
      size: 7,
      colour: INK,
      align: 'right',
    })
  })
}

/** Title at the left, state in a box at the right. @returns the height in mm */
export function drawTitle(context: PageContext, title: string, widthMm: number): number {
  const { pages, record } = context
  const state = stateText(context)
  const signed = isSigned(record)
  const stateStyle: TextStyle = { size: 7.5, weight: 'bold', colour: signed ? '#0b5d3b' : DANGER, align: 'right' }
  const stateMm = pages.widthOf(state, stateStyle)
  const right = widthMm - MARGIN_MM
  pages.tag('H1', () => pages.text(title, MARGIN_MM, MARGIN_MM + 4.6, { size: 14, weight: 'bold', colour: INK }))
  pages.artifact(() =>
    pages.rect(right - stateMm - 4, MARGIN_MM, stateMm + 4, 5.6, {
      stroke: signed ? '#0b5d3b' : DANGER,
      lineMm: 0.3,
      radiusMm: 0.8,
    }),
  )
  pages.tag('P', () => pages.text(state, right - 2, MARGIN_MM + 3.8, stateStyle))
  pages.tag('P', () =>
    pages.text(packStatement(context), MARGIN_MM, MARGIN_MM + 9, { size: 7.5, weight: 'bold', colour: CAUTION }),
  )
  return 10.5
}

/** Says which characters of the names on the page the typeface lacks. @returns null where it has all */
export function missingNote({ record, texts }: PageContext): string | null {
  const { patient, recording, reviews, site } = record
  const words = [
    patient.name,
    patient.id,
    recording.file,
    recording.summary.device,
    site,
    ...reviews.flatMap(({ by, conclusion, reason }) => [by, conclusion, reason]),
  ]
  const missing = missingCharacters(words.filter((word) => typeof word === 'string').join(''))
  if (missing.length === 0) return null
  const codes = missing
    .slice(0, 12)
    .map((character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`)
  return texts.missingCharacters(codes.join(', ') + (missing.length > 12 ? ', …' : ''))
}

export const heading = ({ pages }: PageContext, text: string, xMm: number, topMm: number): void =>
  pages.tag('H2', () => pages.text(text, xMm, topMm + 3, { size: 9, weight: 'bold', colour: INK }))

export const faint: TextStyle = { size: 6.5, colour: FAINT }
