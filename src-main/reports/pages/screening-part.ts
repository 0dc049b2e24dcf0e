import { HAIRLINE, INK, QUIET, RISK, SUNKEN } from '../document/colours.ts'
import type { ReportDisease, ReportFindings } from '../findings.ts'
import { decimal, probabilityRange, probabilityText } from '../numbers.ts'
import type { ReportTexts } from '../texts/index.ts'
import { heading, SMALL, type PageContext } from './page-frame.ts'
import { BAND_TONES, riskBand } from './risk-band.ts'

const ROW_MM = 9

/** Four probabilities with their thresholds and what they hold for. @returns the height in mm */
export function drawScreening(
  context: PageContext,
  findings: ReportFindings,
  xMm: number,
  yMm: number,
  widthMm: number,
): number {
  const { pages, texts, language } = context
  heading(context, texts.screening, xMm, yMm)
  pages.tag('P', () =>
    pages.text(texts.operatingPoints[findings.operatingPoint], xMm + widthMm, yMm + 3, { ...SMALL, align: 'right' }),
  )
  let topMm = yMm + 4.6
  for (const disease of findings.diseases) {
    drawDisease(context, disease, xMm, topMm, widthMm)
    topMm += ROW_MM
  }
  const notes = findings.diseases.some(({ interval }) => interval !== null)
    ? [texts.intervalNote, texts.notDiagnosis]
    : [texts.notDiagnosis]
  if (findings.subtypes.length > 0) {
    const shares = findings.subtypes.map(({ name, probability }) => `${name[language]} ${probabilityText(probability)}`)
    pages.tag('P', () => {
      topMm += pages.paragraph(
        `${texts.subtypes}: ${shares.join(' · ')}. ${texts.subtypesLimit}`,
        xMm,
        topMm,
        widthMm,
        { ...SMALL, size: 6.6, colour: INK },
      )
    })
  }
  pages.tag('P', () => {
    topMm += pages.paragraph(notes.join(' '), xMm, topMm + 0.5, widthMm, SMALL)
  })
  return topMm - yMm
}

function drawDisease(
  { pages, texts, language }: PageContext,
  disease: ReportDisease,
  xMm: number,
  topMm: number,
  widthMm: number,
): void {
  const band = riskBand(disease)
  const colour = RISK[BAND_TONES[band]]
  const { probability, interval, threshold } = disease
  const range = interval ? ` (${probabilityRange(interval)})` : ''
  const barMm = topMm + 3.9
  const at = (value: number): number => xMm + value * widthMm
  pages.tag('P', () => {
    pages.text(disease.name[language], xMm, topMm + 3, { size: 8.5, weight: 'bold' })
    const rangeMm =
      range === '' ? 0 : pages.text(range, xMm + widthMm, topMm + 3, { ...SMALL, size: 7, align: 'right' })
    pages.text(probabilityText(probability), xMm + widthMm - rangeMm, topMm + 3, {
      size: 10,
      weight: 'bold',
      colour,
      align: 'right',
    })
    pages.text(texts.bands[band], xMm, topMm + 7.7, { size: 7, weight: 'bold', colour })
    pages.text(atThreshold(texts, disease), xMm + widthMm, topMm + 7.7, { ...SMALL, align: 'right' })
  })
  pages.artifact(() => {
    pages.rect(xMm, barMm, widthMm, 1.2, { fill: SUNKEN, stroke: HAIRLINE, lineMm: 0.1 })
    pages.rect(xMm, barMm, probability * widthMm, 1.2, { fill: colour })
    if (interval)
      pages.strokes(
        [
          [
            [at(interval[0]), barMm + 0.6],
            [at(interval[1]), barMm + 0.6],
          ],
        ],
        QUIET,
        0.35,
      )
    pages.strokes(
      [
        [
          [at(threshold), barMm - 0.7],
          [at(threshold), barMm + 1.7],
        ],
      ],
      INK,
      0.35,
    )
  })
}

/** What makes it positive, and for whom the number holds: without its prevalence it says nothing about this patient. */
function atThreshold(texts: ReportTexts, { threshold, prevalence }: ReportDisease): string {
  const said = texts.threshold(probabilityText(threshold))
  return prevalence === null ? said : `${said} ${texts.prevalence[prevalence.of](decimal(100 * prevalence.share, 1))}`
}
