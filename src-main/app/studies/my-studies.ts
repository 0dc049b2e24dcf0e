import type { ReportLanguage } from '../../../src-preload/contract/study-report.ts'
import { type MyStudy, ReadingStep, type SelfAudit } from '../../../src-preload/contract/study.ts'
import { icalendar } from '../../reader-study/reading/icalendar.ts'
import type { LogBody } from '../../reader-study/reading/log.ts'
import { type ReaderState, readerState } from '../../reader-study/reading/session.ts'
import { dueReads, submittedAt } from '../../reader-study/reading/washout.ts'
import type { WorkspaceAccess } from '../../registry/access/workspace-access.ts'
import { listLog } from '../../registry/studies/study-log.ts'
import { listPlan, readersOfPerson } from '../../registry/studies/study-plan.ts'
import { getStudy, protocolOf } from '../../registry/studies/studies.ts'
import type { OwnStudy } from './own-study.ts'

/** The studies of the person who is signed in: how far, and what is due when. */
export function listMyStudies(access: WorkspaceAccess): MyStudy[] {
  const { db } = access.registry()
  return readersOfPerson(db, access.actor().id).map(({ studyId, readerId }) => {
    const study = getStudy(db, studyId)
    const protocol = protocolOf(db, study)
    const plan = listPlan(db, studyId, readerId)
    const log = listLog(db, studyId, readerId)
    const submitted = submittedAt(log)
    const state: ReaderState | null =
      study.state === 'reading' ? readerState(protocol, plan, log, access.environment.now().utcMs) : null
    return {
      studyId: study.id,
      title: protocol.title,
      version: protocol.version,
      state: state?.kind ?? 'closed',
      submitted: plan.filter((read) => submitted.has(read.readId)).length,
      planned: plan.length,
      opensMs: state?.kind === 'waiting' ? state.opensMs : state?.kind === 'pause' ? state.untilMs : null,
      reason: state?.kind === 'waiting' ? state.reason : null,
    }
  })
}

const REMINDERS: Readonly<Record<ReportLanguage, (sitting: number) => string>> = {
  en: (sitting) => `Sitting ${sitting} can be read from now on.`,
  zh: (sitting) => `从现在起可以进行第 ${sitting} 次阅片。`,
}

/** Reminders of what opens later, without anything of a case. */
export function calendarOf(
  { studyId, readerId, protocol, plan, log }: OwnStudy,
  nowMs: number,
  language: ReportLanguage,
) {
  const starts = new Map<number, number>()
  for (const { read, opensMs } of dueReads(protocol, plan, log))
    if (opensMs > nowMs) starts.set(read.sitting, Math.max(starts.get(read.sitting) ?? 0, opensMs))
  return icalendar(
    [...starts].map(([sitting, startsMs]) => ({
      uid: `${studyId}-${readerId}-${sitting}@cardionets`,
      startsMs,
      title: protocol.title,
      description: REMINDERS[language](sitting),
    })),
    { madeMs: nowMs },
  )
}

/** What this reader's window was sent, counted from the signed log, and the fields that exist at all. */
export function selfAudit({ plan, log }: OwnStudy): SelfAudit {
  const count = (...kinds: LogBody['kind'][]): number => log.filter(({ body }) => kinds.includes(body.kind)).length
  const [readShape] = ReadingStep.options
  const submitted = submittedAt(log)
  return {
    sent: [
      { what: 'shown', times: count('shown', 'reopened') },
      { what: 'submitted', times: count('submitted') },
      { what: 'feedback', times: plan.filter((read) => read.training && submitted.has(read.readId)).length },
    ],
    fields: Object.keys(readShape.shape),
    never: ['truth', 'scores', 'arm', 'identity', 'files', 'others', 'earlier'],
  }
}
