import { randomUUID } from 'node:crypto'
import type { StudyId } from '../../../src-preload/contract/ids.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { StudyDraft } from '../../../src-preload/contract/study.ts'
import { conjecturedComponents, readersByCases } from '../../statistics/mrmc/sample-size.ts'
import { analyse, analysisText } from '../../reader-study/analysis/analyse.ts'
import { bundleFiles } from '../../reader-study/bundle/bundle-files.ts'
import { studyReport } from '../../reader-study/report/study-report.ts'
import { zipOf } from '../../reader-study/bundle/zip.ts'
import { articleDesign, protocolFrom, sixSequenceWilliamsDesign } from '../../reader-study/protocol/templates.ts'
import { addStudy, getStudy, protocolOf, saveDraft } from '../../registry/studies/studies.ts'
import { listCases } from '../../registry/studies/study-cases.ts'
import { listReaders } from '../../registry/studies/study-plan.ts'
import { listPeople } from '../../registry/tables/people.ts'
import { readSiteSettings } from '../../registry/tables/site-settings.ts'
import { writeStudyReport } from '../../reports/study-report.ts'
import type { Handlers } from '../dispatch.ts'
import type { Services } from '../services.ts'
import { studyBoard, studySummaries } from '../studies/board.ts'
import { amendProtocol, listProtocolVersions } from '../studies/amendments.ts'
import { emergency, lockAnswers, openEarly, studyRecord, unblind } from '../studies/closing.ts'
import { draftProblems, lock, previewAllocation } from '../studies/lock-study.ts'
import { exportPackage, mergeAnswers } from '../studies/packages.ts'

/** `study:*` of the coordinator: design, counts and times, closing. Answers and truth come out only after unblinding. */
export function studyHandlers(services: Services) {
  const { access } = services
  const runId = randomUUID()
  const board = (studyId: string) => studyBoard(access.registry().db, studyId, access.environment.now().utcMs)
  const draftOf = (studyId: StudyId) => describeDraft(services, studyId)
  return {
    'study:list': () => studySummaries(access.registry().db),
    'study:create'({ title, template }) {
      const studyId = randomUUID() as StudyId
      const design = template === 'article-design' ? articleDesign : sixSequenceWilliamsDesign
      const protocol = protocolFrom(design, { studyId, title })
      access.registry().change(access.actor(), (change) => addStudy(change, { protocol, readerAccounts: [] }))
      return draftOf(studyId)
    },
    'study:read-draft': ({ studyId }) => draftOf(studyId),
    'study:save-draft'({ protocol, readerAccounts }) {
      const studyId = protocol.studyId as StudyId
      const { draft } = getStudy(access.registry().db, studyId)
      if (!draft) throw new AppError('study/not-a-draft', 'This study is locked. Amend it instead.')
      // Cases come from the folder alone, so that none is without its files.
      const kept = { ...protocol, cases: draft.protocol.cases }
      access.registry().change(access.actor(), (change) => saveDraft(change, { protocol: kept, readerAccounts }))
      return draftOf(studyId)
    },
    'study:preview-allocation': ({ studyId }) => previewAllocation(access.registry(), studyId),
    'study:plan-size'({ auc, effect, prevalence, correlations, readerSpread, power, readers, groups }) {
      const positives = Math.round(1000 * prevalence)
      const pilot = conjecturedComponents(auc, { positives, negatives: 1000 - positives }, correlations, readerSpread)
      const counts = readers.filter((count) => count % groups === 0)
      return readersByCases(pilot, counts, { effect, power, groups })
    },
    async 'study:lock'({ studyId, custodians }) {
      await lock(services, studyId, custodians)
      return board(studyId)
    },
    'study:amend'({ studyId, changes, reason }) {
      amendProtocol(access, studyId, changes, reason)
      return listProtocolVersions(access, studyId)
    },
    'study:list-versions': ({ studyId }) => listProtocolVersions(access, studyId),
    'study:read-board': ({ studyId }) => board(studyId),
    'study:open-early'({ studyId, readerId, stageId, reason }) {
      openEarly(access, runId, studyId, readerId, stageId, reason)
      return board(studyId)
    },
    'study:open-envelope': ({ studyId, caseId, passphrase, reason }) =>
      emergency(access, studyId, caseId, passphrase, reason),
    'study:lock-data'({ studyId, reason }) {
      lockAnswers(access, studyId, reason)
      return board(studyId)
    },
    'study:unblind'({ studyId, passphrases }) {
      unblind(access, studyId, passphrases)
      return board(studyId)
    },
    'study:analyse': ({ studyId }) => analysisText(analyse(studyRecord(access, studyId))),
    'study:read-report': ({ studyId, language }) => studyReport(studyRecord(access, studyId), language, today(access)),
    async 'study:print-report'({ studyId, language }) {
      const record = studyRecord(access, studyId)
      const bytes = await writeStudyReport(studyReport(record, language, today(access)), {
        language,
        paper: readSiteSettings(access.registry().db).reportPaper,
        date: new Date(record.commitment.lockedAt),
        producer: `CardioNets Desktop ${services.version}`,
      })
      return { name: 'study-report.pdf', bytes }
    },
    'study:export-bundle'({ studyId }) {
      const bytes = zipOf(bundleFiles(studyRecord(access, studyId)))
      return { name: 'study-bundle.zip', bytes }
    },
    'study:export-package': ({ studyId, readerId, passphrase }) => ({
      name: `study-reader-${readerId}.cardionets-study`,
      bytes: Uint8Array.from(exportPackage(access, studyId, readerId, passphrase)),
    }),
    'study:merge-answers': ({ studyId, file }) => mergeAnswers(access, studyId, file),
  } satisfies Partial<Handlers>
}

/** The day where the window is, for the head of a report. */
function today(access: Services['access']): string {
  const { utcMs, offsetMinutes } = access.environment.now()
  return new Date(utcMs + 60_000 * offsetMinutes).toISOString().slice(0, 10)
}

function describeDraft({ access }: Services, id: StudyId): StudyDraft {
  const { db } = access.registry()
  const study = getStudy(db, id)
  const protocol = protocolOf(db, study)
  const cases = listCases(db, id)
  const accounts =
    study.draft?.readerAccounts ??
    listReaders(db, id).flatMap(({ readerId, personId }) => (personId ? [{ readerId, personId }] : []))
  return {
    studyId: study.id,
    state: study.state,
    protocol,
    readerAccounts: accounts,
    people: listPeople(db).flatMap((one) =>
      one.revokedMs === null && one.roles.includes('reader') ? [{ personId: one.id, name: one.displayName }] : [],
    ),
    prepared: study.draft ? cases.length : protocol.cases.length,
    problems: study.draft ? draftProblems(study.draft, cases) : [],
    commitment: study.commitment?.sha256 ?? null,
  }
}
