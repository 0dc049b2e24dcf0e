import { CAUTION, CAUTION_SOFT, HAIRLINE, INK, QUIET } from '../document/colours.ts'
import type { ConsistencyCheck } from '../../../src-preload/contract/findings/contradictions.ts'
import { isNotReliable } from '../../../src-preload/contract/findings/not-reliable.ts'
import { quantityText } from '../numbers.ts'
import type { TextStyle } from '../pdf/pdf-pages.ts'
import type { ReportReview } from '../report-record.ts'
import { markText } from '../texts/index.ts'
import { heading, missingNote, SMALL, type PageContext } from './page-frame.ts'

interface Place {
  readonly xMm: number
  readonly yMm: number
  readonly widthMm: number
  readonly heightMm: number
}

/** What the result can't be relied on for, in a box that is seen; the gravest first. */
export function drawLimits(context: PageContext, { xMm, yMm, widthMm, heightMm }: Place): void {
  const { pages, record, texts, language } = context
  const { outcome } = record
  const marks = outcome.kind === 'screened' ? outcome.findings.marks : record.recording.summary.warnings
  const note = missingNote(context)
  const contradictions = outcome.kind === 'screened' ? outcome.findings.contradictions : []
  const sentences = [
    ...(note === null ? [] : [note]),
    ...marks
      .toSorted((a, b) => Number(isNotReliable(b)) - Number(isNotReliable(a)))
      .map((mark) => markText(mark, language)),
    ...(contradictions.length === 0 ? [] : [texts.contradiction(contradictions.map(asEquation).join('; '))]),
  ]
  pages.artifact(() => pages.rect(xMm, yMm, widthMm, heightMm, { fill: CAUTION_SOFT }))
  pages.tag('H2', () =>
    pages.text(marks.some(isNotReliable) ? texts.limitsGrave : texts.limits, xMm + 2, yMm + 3.6, {
      size: 8,
      weight: 'bold',
      colour: CAUTION,
    }),
  )
  pages.tag('P', () => {
    const text = sentences.length === 0 ? texts.noLimits : sentences.map((sentence) => `• ${sentence}`).join('\n')
    pages.fitted(
      text,
      xMm + 2,
      yMm + 4.6,
      { widthMm: widthMm - 4, heightMm: heightMm - 5 },
      { size: 7, colour: INK },
      5,
    )
  })
}

/** What was said of the result, and by whom; a line to sign by hand where nobody has. */
export function drawConclusion(context: PageContext, { xMm, yMm, widthMm, heightMm }: Place): void {
  const { pages, record, texts } = context
  heading(context, texts.conclusion, xMm, yMm - 0.4)
  const last = record.reviews.at(-1)
  const style: TextStyle = { size: 8, colour: INK }
  if (!last) {
    pages.tag('P', () =>
      pages.paragraph(texts.noConclusion, xMm, yMm + 4, widthMm, { ...SMALL, size: 7, colour: CAUTION }),
    )
    const lineMm = yMm + heightMm - 3.4
    pages.artifact(() =>
      pages.strokes(
        [
          [
            [xMm, lineMm],
            [xMm + widthMm, lineMm],
          ],
        ],
        HAIRLINE,
        0.2,
      ),
    )
    pages.tag('P', () => pages.text(texts.signatureLine, xMm, lineMm + 2.6, SMALL))
    return
  }
  pages.tag('P', () => {
    pages.fitted(last.conclusion, xMm, yMm + 3.8, { widthMm, heightMm: heightMm - 9.4 }, style, 5)
  })
  pages.tag('P', () => {
    const said = [
      `${bySentence(context, last)} (${texts.agreement[last.agreement]})`,
      ...(last.reason === null ? [] : [texts.reason(last.reason)]),
    ]
    pages.fitted(
      said.join('. '),
      xMm,
      yMm + heightMm - 5.6,
      { widthMm, heightMm: 3.2 },
      { size: 7, weight: 'bold', colour: INK },
      5,
    )
    if (last.recordSha256 !== null) {
      pages.text(`${texts.signatureHash} SHA-256 ${last.recordSha256}`, xMm, yMm + heightMm - 0.4, {
        size: 5.2,
        colour: QUIET,
      })
    }
  })
}

export function bySentence({ texts }: PageContext, { state, by, at }: ReportReview): string {
  return { reviewed: texts.reviewedBy, signed: texts.signedBy, amended: texts.amendedBy }[state](by, at)
}

/** "LVSV 80 mL ≠ 102 mL from LVEDV, LVESV" */
function asEquation({ of, from, unit, predicted, implied }: ConsistencyCheck): string {
  return `${of} ${quantityText(predicted, unit)} ≠ ${quantityText(implied, unit)} ${unit} ← ${from.join(', ')}`
}
