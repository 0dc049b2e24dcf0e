import { INK, QUIET } from '../document/colours.ts'
import type { TextStyle } from '../pdf/pdf-pages.ts'
import { localTimeText } from '../numbers.ts'
import type { PageContext } from './page-frame.ts'

/** Sex, birth date and age in one line. */
export function personFacts({ record: { patient }, texts }: PageContext): string[] {
  return [
    ...(patient.id === undefined ? [] : [`${texts.id} ${patient.id}`]),
    texts.sex[patient.sex ?? 'unknown'],
    ...(patient.birthDate === undefined ? [] : [texts.born(patient.birthDate)]),
    ...(patient.ageYears === undefined ? [] : [texts.age(Math.floor(patient.ageYears))]),
  ]
}

export function recordedAt({ record: { recording }, texts }: PageContext): string {
  const { startTime } = recording.summary
  return startTime === undefined ? texts.timeUnknown : localTimeText(startTime)
}

/** Who at the left, when and with what at the right. A name is never cut before it is as small as can be read. */
export function drawIdentity(
  context: PageContext,
  place: { yMm: number; leftMm: number; middleMm: number; rightMm: number },
): void {
  const { pages, record, texts } = context
  const { yMm, leftMm, middleMm, rightMm } = place
  const { patient, recording, site } = record
  const fact: TextStyle = { size: 7.5, colour: QUIET }
  pages.tag('P', () => {
    pages.fitted(
      patient.name ?? texts.nameUnknown,
      leftMm,
      yMm,
      { widthMm: middleMm - leftMm - 4, heightMm: 6.2 },
      { size: 12, weight: 'bold', colour: INK },
      5.5,
    )
  })
  const who = personFacts(context).join(' · ') + (patient.source === 'file' ? ` (${texts.fromFile})` : '')
  pages.tag('P', () => {
    pages.fitted(who, leftMm, yMm + 6.2, { widthMm: middleMm - leftMm - 4, heightMm: 3.6 }, fact, 5)
  })
  const rows: [string, string][] = [
    [texts.recorded, recordedAt(context)],
    [
      texts.device,
      [recording.summary.device, site].filter((word) => word !== undefined && word !== '').join(' · ') || '–',
    ],
    [texts.file, recording.file],
  ]
  for (const [index, [name, value]] of rows.entries()) {
    const topMm = yMm + index * 3.5
    pages.tag('P', () => {
      pages.text(name, middleMm, topMm + 2.6, { ...fact, size: 6.5 })
      pages.fitted(
        value,
        middleMm + 19,
        topMm,
        { widthMm: rightMm - middleMm - 19, heightMm: 3.5 },
        { ...fact, colour: INK },
        5,
      )
    })
  }
}
