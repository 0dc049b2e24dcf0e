import { isNotReliable } from '../../../src-preload/contract/findings/not-reliable.ts'
import { ACCENT, CAUTION, CAUTION_SOFT, HAIRLINE, INK, QUIET, RISK } from '../document/colours.ts'
import type { ReportDisease } from '../findings.ts'
import type { Paper } from '../pdf/paper.ts'
import type { TextStyle } from '../pdf/pdf-pages.ts'
import { personFacts, recordedAt } from './identity.ts'
import { drawWatermark, isSigned, missingNote, packStatement, type PageContext } from './page-frame.ts'

const MARGIN_MM = 20
const BODY: TextStyle = { size: 10.5, colour: INK }
const SUBHEAD: TextStyle = { size: 12.5, weight: 'bold', colour: ACCENT }
const ROW_MM = 15

/** One portrait page in plain language, for the person who was recorded. */
export function drawPatientPage(context: PageContext, paper: Paper): void {
  const { pages, record, texts } = context
  const size = pages.addPage(paper, 'portrait')
  const widthMm = size.widthMm - 2 * MARGIN_MM
  const { handOut } = texts
  drawWatermark(context, size)
  let yMm = MARGIN_MM - 4
  const say = (text: string, style: TextStyle = BODY, afterMm = 2.5): void => {
    pages.tag('P', () => {
      yMm += pages.paragraph(text, MARGIN_MM, yMm, widthMm, style) + afterMm
    })
  }
  const subhead = (text: string): void => {
    pages.tag('H2', () => {
      yMm += pages.paragraph(text, MARGIN_MM, yMm + 1, widthMm, SUBHEAD) + 2
    })
  }

  pages.tag('H1', () => {
    yMm += pages.paragraph(texts.titlePatient, MARGIN_MM, yMm, widthMm, { size: 19, weight: 'bold', colour: INK }) + 1.5
  })
  pages.tag('P', () => {
    yMm += pages.fitted(
      record.patient.name ?? texts.nameUnknown,
      MARGIN_MM,
      yMm,
      { widthMm, heightMm: 11 },
      { size: 12, weight: 'bold' },
      7,
    )
  })
  say(
    [...personFacts(context), texts.labelled(texts.recorded, recordedAt(context))].join(' · '),
    { size: 9, colour: QUIET },
    2,
  )
  if (!isSigned(record)) {
    pages.artifact(() => pages.rect(MARGIN_MM, yMm, widthMm, 7.4, { fill: CAUTION_SOFT }))
    pages.tag('P', () =>
      pages.text(handOut.draft, MARGIN_MM + 2.5, yMm + 4.9, { size: 9.5, weight: 'bold', colour: CAUTION }),
    )
    yMm += 10
  }
  say(handOut.intro)
  const { outcome } = record
  if (outcome.kind === 'screened' && outcome.findings.marks.some(isNotReliable)) {
    // Neither a fright nor a comfort may come from numbers that a physician is told not to rely on.
    say(handOut.notReliable, { ...BODY, weight: 'bold' })
  } else if (outcome.kind === 'screened') {
    subhead(handOut.found)
    for (const disease of outcome.findings.diseases) {
      drawDisease(context, disease, yMm, widthMm)
      yMm += ROW_MM
    }
    yMm += 2
    subhead(handOut.means)
    const anyAbove = outcome.findings.diseases.some(({ positive }) => positive)
    say(anyAbove ? `${handOut.meansAbove} ${handOut.meansBelow}` : handOut.meansBelow)
  } else {
    say(outcome.kind === 'refused' ? handOut.refused : handOut.notScreened, { ...BODY, weight: 'bold' })
  }
  subhead(handOut.doctor)
  const said = isSigned(record) ? record.reviews.at(-1) : undefined
  pages.tag('P', () => {
    const text = said ? `${said.conclusion}\n${said.by}, ${said.at}` : handOut.doctorNone
    yMm += pages.fitted(text, MARGIN_MM, yMm, { widthMm, heightMm: 30 }, BODY, 7) + 2.5
  })
  subhead(handOut.next)
  for (const step of handOut.nextSteps) {
    pages.artifact(() => pages.circle(MARGIN_MM + 1, yMm + 2.3, 0.7, { fill: ACCENT }))
    pages.tag('P', () => {
      yMm += pages.paragraph(step, MARGIN_MM + 4, yMm, widthMm - 4, BODY) + 1
    })
  }
  yMm += 1.5
  if (record.cine) {
    subhead(handOut.pictures)
    say(handOut.picturesText)
  }
  subhead(handOut.limits)
  const note = missingNote(context)
  say([packStatement(context), handOut.limitsText, ...(note === null ? [] : [note])].join('\n'), {
    size: 9,
    colour: CAUTION,
  })
}

/** Name, what it is, where it lies, and how often it is true: as words and as a row of a hundred people. */
function drawDisease(
  { pages, texts, language }: PageContext,
  disease: ReportDisease,
  yMm: number,
  widthMm: number,
): void {
  const { handOut } = texts
  const { id, name, positive, probability } = disease
  const colour = positive ? RISK.high : RISK.low
  const count = Math.round(100 * probability)
  const peopleMm = 44
  const textMm = widthMm - peopleMm - 4
  const left = MARGIN_MM + widthMm - peopleMm
  pages.tag('P', () => {
    const nameMm = pages.text(name[language], MARGIN_MM, yMm + 4, { size: 10.5, weight: 'bold', colour: INK })
    pages.fitted(
      handOut.explain[id],
      MARGIN_MM + nameMm + 2.5,
      yMm + 0.9,
      { widthMm: textMm - nameMm - 2.5, heightMm: 4 },
      { size: 8.5, colour: QUIET },
      6,
    )
    pages.text(positive ? handOut.above : handOut.below, MARGIN_MM, yMm + 8.4, { size: 9.5, weight: 'bold', colour })
    pages.text(count < 1 ? handOut.fewerThanOne : handOut.ofHundred(count), MARGIN_MM, yMm + 12.4, {
      size: 8.5,
      colour: INK,
    })
  })
  pages.artifact(() => {
    const pitchMm = peopleMm / 20
    for (let person = 0; person < 100; person++) {
      const xMm = left + (person % 20) * pitchMm + pitchMm / 2
      const rowMm = yMm + 2 + Math.floor(person / 20) * pitchMm
      const ill = person < count
      pages.circle(xMm, rowMm, 0.75, ill ? { fill: colour } : { fill: '#dde4e9' })
    }
    pages.strokes(
      [
        [
          [MARGIN_MM, yMm + ROW_MM - 1.2],
          [MARGIN_MM + widthMm, yMm + ROW_MM - 1.2],
        ],
      ],
      HAIRLINE,
      0.12,
    )
  })
}
