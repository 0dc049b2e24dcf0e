import type { StudyBoard, StudySummary } from '../../../src-preload/contract/study.ts'
import { readerState } from '../../reader-study/reading/session.ts'
import { submittedAt } from '../../reader-study/reading/washout.ts'
import { quantile } from '../../statistics/quantile.ts'
import type { ReadableDb } from '../../registry/database.ts'
import { listLog } from '../../registry/studies/study-log.ts'
import { listPlan, listReaders } from '../../registry/studies/study-plan.ts'
import { getStudy, listStudies, protocolOf } from '../../registry/studies/studies.ts'
import { listPeople } from '../../registry/tables/people.ts'

export function studySummaries(db: ReadableDb): StudySummary[] {
  return listStudies(db).map((study) => {
    const protocol = protocolOf(db, study)
    const plan = listPlan(db, study.id)
    const submitted = listReaders(db, study.id).reduce(
      (sum, { readerId }) => sum + submittedAt(listLog(db, study.id, readerId)).size,
      0,
    )
    return {
      studyId: study.id,
      title: protocol.title,
      state: study.state,
      version: protocol.version,
      cases: protocol.cases.length,
      readers: protocol.readers.length,
      submitted,
      planned: plan.length,
      createdMs: study.createdMs,
    }
  })
}

/** How far everybody is. Answers are looked at for their time only. */
export function studyBoard(db: ReadableDb, studyId: string, nowMs: number): StudyBoard {
  const study = getStudy(db, studyId)
  const protocol = protocolOf(db, study)
  const accounts = listReaders(db, studyId)
  const people = new Map(listPeople(db).map((person) => [person.id, person.displayName]))
  return {
    studyId: study.id,
    title: protocol.title,
    state: study.state,
    commitment: study.commitment?.sha256 ?? null,
    lockedAt: study.commitment?.lockedAt ?? null,
    custodians: study.sealed?.custodians.map((one) => one.name) ?? [],
    readers: protocol.readers.map(({ readerId, seniority }) => {
      const plan = listPlan(db, studyId, readerId)
      const log = listLog(db, studyId, readerId)
      const stageOf = new Map(plan.map((read) => [read.readId, read.stageId]))
      const activeS = new Map<string, number[]>(protocol.stages.map((stage) => [stage.id, []]))
      const activeMs = new Map(
        log.flatMap(({ body }) => (body.kind === 'submitted' ? [[body.readId, body.activeMs]] : [])),
      )
      for (const [readId, ms] of activeMs) activeS.get(stageOf.get(readId)!)?.push(ms / 1000)
      const state = readerState(protocol, plan, log, nowMs)
      const account = accounts.find((one) => one.readerId === readerId)
      return {
        readerId,
        seniority,
        person: (account?.personId && people.get(account.personId)) || '',
        stages: protocol.stages.map(({ id }) => ({
          stageId: id,
          submitted: activeS.get(id)!.length,
          planned: plan.filter((read) => read.stageId === id).length,
          medianActiveS: activeS.get(id)!.length > 0 ? quantile(activeS.get(id)!, 0.5) : null,
        })),
        lastMs: log.at(-1)?.moment.wallMs ?? null,
        opensMs: state.kind === 'waiting' ? state.opensMs : null,
        clockFlags: log.filter(({ body }) => body.kind === 'clock-forward').length,
        openedEarly: log.flatMap(({ body }) => (body.kind === 'opened-early' ? [body.stageId] : [])),
      }
    }),
  }
}
