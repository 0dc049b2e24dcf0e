import { CAUTION, INK, QUIET } from '../document/colours.ts'
import { drawEcg } from '../ecg/draw-ecg.ts'
import { GRID_HEIGHT_MM, planStrip, SPEED_MM_PER_S, STRIP_S } from '../ecg/ecg-strip.ts'
import { decimal } from '../numbers.ts'
import type { Paper } from '../pdf/paper.ts'
import { markText } from '../texts/index.ts'
import { drawCine } from './cine-part.ts'
import { drawConclusion, drawLimits } from './conclusion-part.ts'
import { drawIdentity } from './identity.ts'
import { measuredFacts, qualityFacts } from './measured-line.ts'
import { drawTitle, drawWatermark, MARGIN_MM, SMALL, type PageContext } from './page-frame.ts'
import { drawScreening } from './screening-part.ts'
import { drawValues } from './values-part.ts'

const LOWER_MM = 54

/** One landscape page: who, the ECG as on paper, what the screening says, how far it goes, who signed. */
export function drawClinicianPage(context: PageContext, paper: Paper): void {
  const { pages, record, texts } = context
  const size = pages.addPage(paper, 'landscape')
  const { widthMm, heightMm } = size
  const contentMm = widthMm - 2 * MARGIN_MM
  drawWatermark(context, size)
  let yMm = MARGIN_MM + drawTitle(context, texts.title, widthMm)
  drawIdentity(context, { yMm, leftMm: MARGIN_MM, middleMm: MARGIN_MM + contentMm * 0.5, rightMm: widthMm - MARGIN_MM })
  yMm += 11
  drawEcgPart(context, yMm, contentMm)
  yMm += 4 + GRID_HEIGHT_MM + 2.5

  const [first, second] = [contentMm * 0.31, contentMm * 0.29]
  const third = contentMm - first - second - 12
  const { outcome } = record
  if (outcome.kind === 'screened') {
    drawScreening(context, outcome.findings, MARGIN_MM, yMm, first)
    drawValues(context, outcome.findings, MARGIN_MM + first + 6, yMm, second)
    drawCine(context, record.cine, MARGIN_MM + first + second + 12, yMm, third)
  } else {
    const refused = outcome.kind === 'refused'
    pages.tag('H2', () =>
      pages.text(refused ? texts.refusedTitle : texts.notScreenedTitle, MARGIN_MM, yMm + 5, {
        size: 13,
        weight: 'bold',
        colour: CAUTION,
      }),
    )
    pages.tag('P', () => {
      const reason = refused ? `${markText(outcome.refusal, context.language)} ` : ''
      pages.paragraph(
        `${reason}${refused ? texts.refusedNote : texts.notScreenedNote}`,
        MARGIN_MM,
        yMm + 8,
        contentMm * 0.6,
        { size: 9, colour: INK },
      )
    })
  }
  const lowMm = yMm + LOWER_MM
  const boxMm = heightMm - MARGIN_MM - 10 - lowMm
  drawLimits(context, { xMm: MARGIN_MM, yMm: lowMm, widthMm: contentMm * 0.55, heightMm: boxMm })
  drawConclusion(context, {
    xMm: MARGIN_MM + contentMm * 0.55 + 5,
    yMm: lowMm,
    widthMm: contentMm * 0.45 - 5,
    heightMm: boxMm,
  })
}

function drawEcgPart(context: PageContext, yMm: number, contentMm: number): void {
  const { pages, record, texts } = context
  const { recording } = record
  const measured = measuredFacts(context)
  pages.tag('P', () => {
    pages.text(measured.join('   '), MARGIN_MM, yMm + 2.6, { size: 8, weight: 'bold', colour: INK })
    pages.text(qualityFacts(context), MARGIN_MM + contentMm, yMm + 2.6, { size: 7.5, colour: QUIET, align: 'right' })
  })
  const topMm = yMm + 4
  const gridMm = Math.floor(contentMm / 5) * 5
  if (recording.waveform.leads.length === 0) {
    pages.tag('P', () => pages.text(texts.noLeads, MARGIN_MM, topMm + 10, { size: 9, colour: CAUTION }))
    return
  }
  const rate = recording.summary.heartRateBpm
  const bpm = rate === null ? texts.rateUnknown : `${decimal(rate, 0)} ${texts.measureUnits.heartRateBpm}`
  const { leads, rateHz } = recording.waveform
  const plan = planStrip(leads, rateHz, recording.window?.startS ?? 0)
  pages.tag(
    'Figure',
    () => drawEcg(pages, recording, plan, { xMm: MARGIN_MM, yMm: topMm, widthMm: gridMm }, texts),
    texts.ecgDescription(bpm),
  )
  const startS = recording.window?.startS ?? 0
  const endS = Math.min(startS + STRIP_S, recording.summary.durationS)
  const caption = [
    texts.ecgScale(SPEED_MM_PER_S, plan.gainMmPerMv),
    texts.ecgStretch(decimal(startS, 1), decimal(endS, 1), decimal(recording.summary.durationS, 1)),
    ...(recording.window ? [texts.ecgWindow] : []),
    ...(recording.waveform.leads.some(({ derived }) => derived) ? [texts.derived] : []),
  ].join('   ')
  pages.tag('P', () => {
    const width = pages.widthOf(caption, SMALL)
    pages.rect(MARGIN_MM + gridMm - width - 2, topMm + GRID_HEIGHT_MM - 3.6, width + 1.6, 3.2, { fill: '#ffffff' })
    pages.text(caption, MARGIN_MM + gridMm - 1.2, topMm + GRID_HEIGHT_MM - 1.2, { ...SMALL, align: 'right' })
  })
}
