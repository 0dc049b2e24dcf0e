import { randomUUID } from 'node:crypto'
import type { Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'
import { exportAnswers, importPackage } from '../studies/packages.ts'
import { Reading } from '../studies/reading.ts'

/** The channels of a reader; what they may say is closed off in the contract. */
export function studyReadingHandlers({ access }: Services) {
  const reading = new Reading(access, { id: randomUUID() })
  return {
    'study:list-mine': () => reading.listMine(),
    'study:calendar': ({ studyId, language }) => reading.calendar(studyId, language),
    'study:check-room': ({ studyId, ...room }) => reading.checkRoom(studyId, room),
    'study:next-step': ({ studyId }) => reading.nextStep(studyId),
    'study:reopen': ({ studyId, readId }) => reading.reopen(studyId, readId),
    'study:save-answers': ({ studyId, readId, ...saved }) => reading.saveAnswers(studyId, readId, saved),
    'study:submit': ({ studyId, readId, ...given }) => reading.submit(studyId, readId, given),
    'study:begin-pause': ({ studyId }) => reading.beginPause(studyId),
    'study:audit-myself': ({ studyId }) => reading.auditMyself(studyId),
    'study:import-package': ({ file, passphrase }) => importPackage(access, file, passphrase),
    'study:export-answers'({ studyId }) {
      const { readerId, bytes } = exportAnswers(access, studyId)
      // Several readers' answers come home on one stick.
      return { name: `answers-reader-${readerId}.cardionets-answers`, bytes }
    },
  } satisfies Partial<Handlers>
}
