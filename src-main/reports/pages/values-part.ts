import { FAINT, INK, QUIET } from '../document/colours.ts'
import type { ReportFindings, ReportPhenotype } from '../findings.ts'
import { decimal, intervalText, quantityText } from '../numbers.ts'
import { heading, SMALL, type PageContext } from './page-frame.ts'

/** What a cardiologist asks for first: size, function and mass of the chambers, thickness, strain, aorta. */
const FIRST_PAGE = [
  'LVEDV',
  'LVEF',
  'LVM',
  'RVEDV',
  'RVEF',
  'LAV_max',
  'RAV_max',
  'WT_global',
  'Ecc_global',
  'Ell_global',
  'AAo_max_area',
]

/** The chambers in one short table. */
export function drawValues(
  context: PageContext,
  findings: ReportFindings,
  xMm: number,
  yMm: number,
  widthMm: number,
): void {
  const { pages, texts, language } = context
  heading(context, texts.phenotypes, xMm, yMm)
  const shown = FIRST_PAGE.flatMap((id) => findings.phenotypes.filter((phenotype) => phenotype.id === id))
  const [valueMm, intervalMm, referenceMm, r2Mm] = [widthMm - 44, widthMm - 22, widthMm - 7.5, widthMm]
  let baselineMm = yMm + 7.6
  pages.group('Table', () => {
    for (const phenotype of shown) {
      const { name, unit, value, interval, r2, weak, reference } = phenotype
      const colour = weak ? FAINT : INK
      const style = { size: 6.6, colour }
      pages.group('TR', () => {
        pages.cell('TD', () => {
          pages.fitted(name[language], xMm, baselineMm - 2.4, { widthMm: valueMm - 7, heightMm: 3.4 }, style, 5)
        })
        pages.cell('TD', () => {
          const unitMm = pages.text(unit, xMm + valueMm + 6.5, baselineMm, {
            ...style,
            size: 5.8,
            colour: weak ? FAINT : QUIET,
            align: 'right',
          })
          pages.text(quantityText(value, unit) + arrow(phenotype), xMm + valueMm + 5.7 - unitMm, baselineMm, {
            ...style,
            weight: 'bold',
            align: 'right',
          })
        })
        pages.cell('TD', () =>
          pages.text(interval ? intervalText(interval, unit) : '–', xMm + intervalMm, baselineMm, {
            ...style,
            size: 6.5,
            align: 'right',
          }),
        )
        pages.cell('TD', () =>
          pages.text(
            reference ? intervalText([reference.lower, reference.upper], unit) : '–',
            xMm + referenceMm,
            baselineMm,
            {
              ...style,
              size: 5.9,
              align: 'right',
            },
          ),
        )
        pages.cell('TD', () =>
          pages.text(r2 === null ? '–' : decimal(r2, 2), xMm + r2Mm, baselineMm, {
            ...style,
            size: 6.5,
            align: 'right',
          }),
        )
      })
      baselineMm += 3.5
    }
  })
  pages.tag('P', () => {
    pages.text(texts.columns.interval, xMm + intervalMm, yMm + 4.6, { ...SMALL, size: 5.8, align: 'right' })
    pages.text(texts.columns.reference, xMm + referenceMm, yMm + 4.6, { ...SMALL, size: 5.8, align: 'right' })
    pages.text(texts.columns.r2, xMm + r2Mm, yMm + 4.6, { ...SMALL, size: 5.8, align: 'right' })
    pages.paragraph(texts.phenotypesNote, xMm, baselineMm - 2.3, widthMm, { ...SMALL, size: 5.8 })
  })
}

/** Beside a value that lies outside the range of its reference. */
export const arrow = ({ outside }: ReportPhenotype): string =>
  outside === null ? '' : outside === 'below' ? ' ↓' : ' ↑'
