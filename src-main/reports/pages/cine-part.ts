import { CAUTION, HAIRLINE } from '../document/colours.ts'
import type { ReportCine } from '../report-record.ts'
import { heading, SMALL, type PageContext } from './page-frame.ts'

/** Stills of the two ends of the beat, and a strip of frames below; every picture carries the mark. */
export function drawCine(
  context: PageContext,
  cine: ReportCine | null,
  xMm: number,
  yMm: number,
  widthMm: number,
): void {
  const { pages, texts } = context
  heading(context, texts.cine, xMm, yMm)
  if (cine === null) {
    pages.tag('P', () => pages.paragraph(texts.cineNone, xMm, yMm + 5.5, widthMm, { ...SMALL, size: 7 }))
    return
  }
  const stillMm = Math.min(27, (widthMm - 3) / 2)
  pages.tag(
    'Figure',
    () => {
      for (const [index, { image, phase, frame }] of cine.stills.slice(0, 2).entries()) {
        const left = xMm + index * (stillMm + 3)
        pages.image(image, left, yMm + 5, stillMm, stillMm)
        const caption = [...(phase === null ? [] : [texts.phases[phase]]), texts.frame(frame + 1)].join(' · ')
        pages.text(caption, left, yMm + stillMm + 7.9, SMALL)
      }
      const { length } = cine.strip
      const gapMm = 1
      const smallMm = (widthMm - gapMm * (length - 1)) / Math.max(1, length)
      for (const [index, { image, frame }] of cine.strip.entries()) {
        const left = xMm + index * (smallMm + gapMm)
        pages.image(image, left, yMm + stillMm + 9.2, smallMm, smallMm)
        pages.text(String(frame + 1), left + smallMm / 2, yMm + stillMm + 11.4 + smallMm, {
          ...SMALL,
          size: 5.5,
          align: 'centre',
        })
      }
    },
    `${texts.cineDescription} ${texts.generated}`,
  )
  const besideMm = xMm + 2 * (stillMm + 3)
  pages.tag('P', () => {
    const roomMm = xMm + widthMm - besideMm
    const first = pages.paragraph(texts.generated, besideMm, yMm + 5, roomMm, {
      size: 6.5,
      weight: 'bold',
      colour: CAUTION,
    })
    pages.paragraph(texts.cineFacts(cine.seed, cine.sampler), besideMm, yMm + 6 + first, roomMm, { ...SMALL, size: 6 })
  })
  pages.artifact(() =>
    pages.strokes(
      [
        [
          [xMm - 3, yMm],
          [xMm - 3, yMm + 50],
        ],
      ],
      HAIRLINE,
      0.15,
    ),
  )
}
