import { AppError } from '../../../src-preload/contract/errors.ts'
import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { checkClock } from '../../reader-study/reading/clock.ts'
import { appendEntry, type LogBody, type LogEntry, type Moment } from '../../reader-study/reading/log.ts'
import { type ReaderState, readerState } from '../../reader-study/reading/session.ts'
import type { WorkspaceAccess } from '../../registry/access/workspace-access.ts'
import { addLogEntry, dropAutosave, highestSignedMs, listLog } from '../../registry/studies/study-log.ts'
import { listPlan, listReaders, readersOfPerson, type StoredRead } from '../../registry/studies/study-plan.ts'
import { getStudy, protocolOf } from '../../registry/studies/studies.ts'

/** Names this run of the application in every signed line. */
export interface Run {
  readonly id: string
}

/** One study as its reader has it: the reader's own plan and log, and nothing of anybody else. */
export interface OwnStudy {
  studyId: string
  readerId: number
  protocol: StudyProtocol
  privateKey: string
  plan: StoredRead[]
  log: LogEntry[]
}

/**
 * Opens a study for the person who is signed in, and holds the clock against everything that was signed.
 *
 * @throws AppError `study/not-yours`, `study/closed`, `study/clock-back`
 */
export function openOwnStudy(access: WorkspaceAccess, run: Run, studyId: string): OwnStudy {
  const { db } = access.registry()
  const mine = readersOfPerson(db, access.actor().id).find((one) => one.studyId === studyId)
  if (!mine) throw new AppError('study/not-yours', 'You are not a reader of this study.')
  const study = getStudy(db, studyId)
  if (study.state !== 'reading')
    throw new AppError('study/closed', 'The data of this study are locked; nothing more is read.')
  const { readerId } = mine
  const { privateKey } = listReaders(db, studyId).find((one) => one.readerId === readerId)!
  const own = {
    studyId,
    readerId,
    protocol: protocolOf(db, study),
    privateKey: privateKey!,
    plan: listPlan(db, studyId, readerId),
    log: listLog(db, studyId, readerId),
  }
  const ahead = checkClock(momentOf(access, run), own.log, highestSignedMs(db))
  if (ahead !== null) sign(access, run, own, { kind: 'clock-forward', aheadMs: ahead })
  return own
}

/** Adds a signed line: it is on the disk, and in `own.log`, when this returns. @param drop  an autosave that it replaces */
export function sign(
  access: WorkspaceAccess,
  run: Run,
  own: OwnStudy,
  body: LogBody,
  { drop }: { drop?: string } = {},
): LogEntry {
  const { studyId, readerId, privateKey, log } = own
  const moment = momentOf(access, run)
  const entry = appendEntry(log.at(-1) ?? null, { studyId, readerId, moment, body }, { privateKey })
  access.registry().change(access.actor(), (change) => {
    addLogEntry(change, entry)
    if (drop) dropAutosave(change, studyId, drop)
  })
  log.push(entry)
  return entry
}

export function momentOf({ environment }: WorkspaceAccess, run: Run): Moment {
  return { wallMs: environment.now().utcMs, monotonicMs: environment.monotonicMs(), runId: run.id }
}

export function stateOf(access: WorkspaceAccess, { protocol, plan, log }: OwnStudy): ReaderState {
  return readerState(protocol, plan, log, access.environment.now().utcMs)
}
