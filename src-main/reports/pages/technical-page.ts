import { formatName } from '../../../src-preload/contract/provenance/format-names.ts'
import { translateSource, translateUnits } from '../../../src-preload/contract/provenance/words.ts'
import { FAINT, INK, QUIET } from '../document/colours.ts'
import { drawTable, type Table } from '../document/table.ts'
import type { ReportFindings } from '../findings.ts'
import { decimal, intervalText, quantityText } from '../numbers.ts'
import type { Paper } from '../pdf/paper.ts'
import { bySentence } from './conclusion-part.ts'
import { drawTitle, drawWatermark, heading, MARGIN_MM, SMALL, type PageContext } from './page-frame.ts'
import { personFacts } from './identity.ts'
import { arrow } from './values-part.ts'

const COLUMNS = 3
const ROW_MM = 3.65

/** Everything that the result rests on: all values, the signal of each lead, the recording, the pack, all reviews. */
export function drawTechnicalPage(context: PageContext, paper: Paper): void {
  const { pages, record, texts } = context
  const size = pages.addPage(paper, 'landscape')
  const { widthMm, heightMm } = size
  const contentMm = widthMm - 2 * MARGIN_MM
  drawWatermark(context, size)
  let yMm = MARGIN_MM + drawTitle(context, `${texts.title} · ${texts.titleTechnical}`, widthMm)
  pages.tag('P', () => {
    const who = [record.patient.name ?? texts.nameUnknown, ...personFacts(context)].join(' · ')
    yMm +=
      pages.fitted(who, MARGIN_MM, yMm - 0.5, { widthMm: contentMm, heightMm: 4 }, { size: 8, colour: INK }, 5) + 1.5
  })
  if (record.outcome.kind === 'screened') yMm += drawAllValues(context, record.outcome.findings, yMm, contentMm) + 3
  drawFacts(context, yMm, contentMm, heightMm - MARGIN_MM - 11 - yMm)
}

function drawAllValues(context: PageContext, { phenotypes }: ReportFindings, yMm: number, contentMm: number): number {
  const { pages, texts, language } = context
  heading(context, texts.allPhenotypes, MARGIN_MM, yMm)
  const rows = Math.ceil(phenotypes.length / COLUMNS)
  const gapMm = 6
  const columnMm = (contentMm - gapMm * (COLUMNS - 1)) / COLUMNS
  const topMm = yMm + 5.2
  for (let column = 0; column < COLUMNS; column++) {
    const xMm = MARGIN_MM + column * (columnMm + gapMm)
    pages.artifact(() => {
      pages.text(texts.columns.interval, xMm + columnMm - 8, topMm - 0.4, { ...SMALL, size: 5.5, align: 'right' })
      pages.text(texts.columns.r2, xMm + columnMm, topMm - 0.4, { ...SMALL, size: 5.5, align: 'right' })
    })
    pages.group('Table', () => {
      for (const [row, phenotype] of phenotypes.slice(column * rows, (column + 1) * rows).entries()) {
        const { name, unit, value, interval, r2 } = phenotype
        const baselineMm = topMm + 2.8 + row * ROW_MM
        const style = { size: 6.3, colour: phenotype.weak ? FAINT : INK }
        pages.group('TR', () => {
          pages.cell('TD', () => {
            pages.fitted(name[language], xMm, baselineMm - 2.25, { widthMm: columnMm - 38, heightMm: 3.05 }, style, 4)
          })
          pages.cell('TD', () => {
            const unitMm = pages.text(unit, xMm + columnMm - 25, baselineMm, { ...style, size: 5, align: 'right' })
            pages.text(quantityText(value, unit) + arrow(phenotype), xMm + columnMm - 26 - unitMm, baselineMm, {
              ...style,
              weight: 'bold',
              align: 'right',
            })
          })
          pages.cell('TD', () =>
            pages.text(interval ? intervalText(interval, unit) : '–', xMm + columnMm - 8, baselineMm, {
              ...style,
              size: 5.8,
              align: 'right',
            }),
          )
          pages.cell('TD', () =>
            pages.text(r2 === null ? '–' : decimal(r2, 2), xMm + columnMm, baselineMm, {
              ...style,
              size: 5.8,
              align: 'right',
            }),
          )
        })
      }
    })
  }
  const heightMm = 5.2 + rows * ROW_MM
  pages.tag('P', () => pages.text(texts.phenotypesNote, MARGIN_MM, yMm + heightMm + 2.6, { ...SMALL, size: 5.8 }))
  return heightMm + 3
}

function drawFacts(context: PageContext, yMm: number, contentMm: number, roomMm: number): void {
  const { pages, record, texts, language } = context
  const { recording, outcome } = record
  const { summary } = recording
  const third = (contentMm - 12) / 3
  const facts: [string, string][] = [
    [texts.facts.format, formatName(summary.format)],
    [texts.facts.rate, texts.rate(summary.rateHz, translateSource(language, summary.rateSource))],
    [texts.facts.duration, `${decimal(summary.durationS, 2)} s`],
    [texts.facts.units, translateUnits(language, summary.units)],
    [texts.facts.leads, translateSource(language, summary.leadSource)],
    ...(summary.derivedLeads.length > 0
      ? [[texts.facts.derivedLeads, summary.derivedLeads.join(', ')] as [string, string]]
      : []),
    ...(recording.window
      ? [
          [
            texts.facts.window,
            `${decimal(recording.window.startS, 1)}–${decimal(recording.window.startS + recording.window.durationS, 1)} s`,
          ] as [string, string],
        ]
      : []),
    ...(recording.measurements
      ? [
          [texts.facts.beats, `${recording.measurements.beats.used} / ${recording.measurements.beats.found}`] as [
            string,
            string,
          ],
        ]
      : []),
  ]
  const pack: [string, string][] =
    outcome.kind !== 'screened'
      ? []
      : [
          [texts.pack, `${outcome.findings.pack.id} ${outcome.findings.pack.version}`],
          ...(outcome.findings.statements
            ? ([
                [texts.facts.trainingData, outcome.findings.statements.trainingData[language]],
                [texts.facts.intendedUse, outcome.findings.statements.intendedUse[language]],
              ] as [string, string][])
            : []),
          [texts.facts.provider, outcome.findings.provider.toUpperCase()],
          [
            texts.facts.familiarity,
            `${texts.familiarity[outcome.findings.familiarity.level]} (${decimal(outcome.findings.familiarity.distance, 2)})`,
          ],
          ...(outcome.screenedAt === null ? [] : [[texts.facts.screenedAt, outcome.screenedAt] as [string, string]]),
          [texts.inputHash, outcome.inputSha256],
        ]
  const leads = summary.quality?.leads.map(({ name, verdict, reasons }): [string, string] => [
    name,
    verdict === 'pass' ? texts.leadGood : reasons.map((reason) => texts.leadReasons[reason]).join(', '),
  ])
  drawPairs(context, texts.recordingFacts, facts, { xMm: MARGIN_MM, yMm, widthMm: third })
  drawPairs(context, texts.pack, pack, { xMm: MARGIN_MM + third + 6, yMm, widthMm: third })
  const right = MARGIN_MM + 2 * (third + 6)
  let topMm = yMm
  if (leads) {
    heading(context, texts.leadQuality, right, topMm)
    pages.tag('P', () => {
      topMm +=
        4 +
        pages.paragraph(leads.map(([name, text]) => `${name} ${text}`).join(' · '), right, topMm + 4, third, {
          ...SMALL,
          colour: INK,
        })
    })
    topMm += 1.5
  }
  heading(context, texts.reviews, right, topMm)
  pages.tag('P', () => {
    const said = record.reviews.map((review) =>
      [
        `${bySentence(context, review)}; ${texts.agreement[review.agreement]}`,
        review.conclusion,
        ...(review.reason === null ? [] : [texts.reason(review.reason)]),
      ].join('. '),
    )
    const text = said.length === 0 ? texts.noReviews : said.join('\n')
    pages.fitted(
      text,
      right,
      topMm + 4,
      { widthMm: third, heightMm: Math.max(4, yMm + roomMm - topMm - 4) },
      { ...SMALL, colour: INK },
      4.5,
    )
  })
}

function drawPairs(
  context: PageContext,
  title: string,
  pairs: readonly [string, string][],
  place: { xMm: number; yMm: number; widthMm: number },
): void {
  if (pairs.length === 0) return
  heading(context, title, place.xMm, place.yMm)
  const table: Table = {
    columns: [{ title: '', widthMm: place.widthMm * 0.3 }, { title: '' }],
    rows: pairs.map(([name, value]) => [{ text: name, colour: QUIET }, value]),
    size: 6.2,
    plain: true,
  }
  drawTable(context.pages, table, { ...place, xMm: place.xMm - 1.5, yMm: place.yMm + 3.6 })
}
