import type { StudyRecord } from '../bundle/study-record.ts'
import { givenAway } from '../cases/probe-battery.ts'
import type { StudyData } from './ratings.ts'

/** What a reader of the report must know about design and conduct, by name. */
export interface StudyNote {
  code: 'article' | 'missing' | 'revised' | 'early' | 'clock' | 'pictures'
  values: Record<string, number | string>
}

export function studyNotes({ protocol, readings }: StudyData, study: StudyRecord): StudyNote[] {
  const planned = study.reads.filter((read) => !read.training).length
  const missing = planned - readings.length
  const revised = readings.filter((one) => one.revisions > 0).length
  const note = (code: StudyNote['code'], holds: boolean, values: StudyNote['values'] = {}): StudyNote[] =>
    holds ? [{ code, values }] : []
  const leaking = givenAway(study.pictureProbes)
  return [
    ...note('pictures', leaking.length > 0, { probes: leaking.map((one) => one.probe).join(', ') }),
    ...note('article', protocol.template === 'article-design'),
    ...note('missing', missing > 0, { missing, planned }),
    ...note('revised', revised > 0, { revised }),
    ...note(
      'early',
      readings.some((one) => one.openedEarly),
    ),
    ...note(
      'clock',
      readings.some((one) => one.clockFlagged),
    ),
  ]
}
