import { AppError } from '../../../src-preload/contract/errors.ts'
import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import type { MyStudy, ReadingStep, SelfAudit } from '../../../src-preload/contract/study.ts'
import { ReadingStep as ReadingStepSchema } from '../../../src-preload/contract/study.ts'
import { unpackItem } from '../../reader-study/cases/prepare-item.ts'
import { type Answers, checkAnswers, questionsOf } from '../../reader-study/reading/answers.ts'
import { checkClock } from '../../reader-study/reading/clock.ts'
import { icalendar } from '../../reader-study/reading/icalendar.ts'
import { appendEntry, type LogBody, type LogEntry, type Moment } from '../../reader-study/reading/log.ts'
import { needsPause, type ReaderState, readerState } from '../../reader-study/reading/session.ts'
import { dueReads, submittedAt } from '../../reader-study/reading/washout.ts'
import type { WorkspaceAccess } from '../../registry/access/workspace-access.ts'
import {
  addLogEntry,
  dropAutosave,
  getAutosave,
  highestSignedMs,
  listLog,
  putAutosave,
} from '../../registry/studies/study-log.ts'
import { getItem, listPlan, listReaders, readersOfPerson, type StoredRead } from '../../registry/studies/study-plan.ts'
import { getStudy, protocolOf } from '../../registry/studies/studies.ts'

/** How much the measured time may exceed what passed on the run's own clock: the window's timer is not main's. */
const TIME_TOLERANCE_MS = 10_000

/** Names this run of the application in every signed line. */
export interface Run {
  readonly id: string
}

/** The reading of the person who is signed in: every call looks at clock, plan and signed log anew. */
export class Reading {
  readonly #access: WorkspaceAccess
  readonly #run: Run
  /** When the case on the screen was handed out, on the run's own clock: time with it cannot be longer. */
  readonly #shownMs = new Map<string, number>()

  constructor(access: WorkspaceAccess, run: Run) {
    this.#access = access
    this.#run = run
  }

  listMine(): MyStudy[] {
    const { db } = this.#access.registry()
    return readersOfPerson(db, this.#access.actor().id).map(({ studyId, readerId }) => {
      const study = getStudy(db, studyId)
      const protocol = protocolOf(db, study)
      const plan = listPlan(db, studyId, readerId)
      const log = listLog(db, studyId, readerId)
      const submitted = submittedAt(log)
      const state: ReaderState | null =
        study.state === 'reading' ? readerState(protocol, plan, log, this.#moment().wallMs) : null
      return {
        studyId: study.id,
        title: protocol.title,
        state: state?.kind ?? 'closed',
        submitted: plan.filter((read) => submitted.has(read.readId)).length,
        planned: plan.length,
        opensMs: state?.kind === 'waiting' ? state.opensMs : state?.kind === 'pause' ? state.untilMs : null,
        reason: state?.kind === 'waiting' ? state.reason : null,
      }
    })
  }

  checkRoom(studyId: string, body: { screenCalibrated: boolean; dimLight: boolean }): void {
    this.#add(this.#open(studyId), { kind: 'room-checked', ...body })
  }

  /** The case that comes next, with what was autosaved of it; or what there is to wait for. */
  nextStep(studyId: string): ReadingStep {
    const own = this.#open(studyId)
    const state = this.#state(own)
    if (state.kind !== 'read') return ReadingStepSchema.parse(withoutPlan(state))
    const { read } = state
    const { readId } = read
    if (!this.#shownMs.has(readId)) {
      this.#add(own, { kind: 'shown', readId })
      this.#shownMs.set(readId, this.#moment().monotonicMs)
    }
    const registry = this.#access.registry()
    const item = getItem(registry.db, studyId, read.itemId)
    const { ecg, cines } = unpackItem(Uint8Array.from(registry.blobs.get(item.blobId)))
    const stage = own.protocol.stages.find((one) => one.id === read.stageId)!
    const saved = getAutosave(registry.db, studyId, readId)
    // Parsed, so that a field that the contract does not know cannot leave this place.
    return ReadingStepSchema.parse({
      kind: 'read',
      readId,
      number: state.number,
      of: state.of,
      training: read.training,
      ecg: ecg.some((value) => value !== 0) ? ecg : null,
      cines,
      cycleMs: item.cycleMs,
      hanging: stage.hanging,
      questions: questionsOf(own.protocol, stage),
      answers: saved?.answers ?? {},
      activeMs: saved?.activeMs ?? 0,
      awayMs: saved?.awayMs ?? 0,
      awayAfterS: own.protocol.sitting.awayAfterS,
      timeLimits: stage.timeLimits,
      final: own.protocol.finalOnSubmit,
    })
  }

  saveAnswers(studyId: string, readId: string, saved: { answers: Answers; activeMs: number; awayMs: number }): void {
    const own = this.#open(studyId)
    const { read } = this.#current(own, readId)
    checkAnswers(this.#questions(own, read), saved.answers, { complete: false })
    this.#access.registry().keep((db) => putAutosave(db, studyId, readId, saved))
  }

  /** Final. The line is signed and on the disk when this returns. */
  submit(
    studyId: string,
    readId: string,
    given: { answers: Answers; activeMs: number; awayMs: number; tools: Record<string, number> },
  ): { feedback: StoredRead['feedback']; pauseDue: boolean } {
    const own = this.#open(studyId)
    const { read } = this.#current(own, readId)
    checkAnswers(this.#questions(own, read), given.answers)
    const stage = own.protocol.stages.find((one) => one.id === read.stageId)!
    const activeMs = this.#believable(studyId, readId, given.activeMs)
    const { minimumS, maximumS } = stage.timeLimits
    if (activeMs < 1000 * minimumS)
      throw new AppError('study/too-fast', `This study asks for at least ${minimumS} seconds with each case.`)
    const overTime = maximumS !== null && activeMs > 1000 * maximumS
    const { answers, awayMs, tools } = given
    const entry = this.#add(
      own,
      { kind: 'submitted', readId, answers, activeMs, awayMs, tools, overTime },
      { drop: readId },
    )
    this.#shownMs.delete(readId)
    const plan = own.plan.find((one) => one.readId === readId)!
    return { feedback: plan.feedback, pauseDue: needsPause(own.protocol, [...own.log, entry], entry.moment.wallMs) }
  }

  beginPause(studyId: string): void {
    this.#add(this.#open(studyId), { kind: 'paused' })
  }

  /** Reminders of what opens later, without anything of a case. */
  calendar(studyId: string): string {
    const own = this.#open(studyId)
    const starts = new Map<number, number>()
    for (const { read, opensMs } of dueReads(own.protocol, own.plan, own.log))
      if (opensMs > this.#moment().wallMs) starts.set(read.sitting, Math.max(starts.get(read.sitting) ?? 0, opensMs))
    return icalendar(
      [...starts].map(([sitting, startsMs]) => ({
        uid: `${studyId}-${own.readerId}-${sitting}@cardionets`,
        startsMs,
        title: own.protocol.title,
        description: `Sitting ${sitting} can be read from now on.`,
      })),
      { madeMs: this.#moment().wallMs },
    )
  }

  /** What this reader's window was sent, counted from the signed log, and the fields that exist at all. */
  auditMyself(studyId: string): SelfAudit {
    const own = this.#open(studyId)
    const count = (kind: LogBody['kind']): number => own.log.filter(({ body }) => body.kind === kind).length
    const [readShape] = ReadingStepSchema.options
    return {
      sent: [
        { what: 'shown', times: count('shown') },
        { what: 'submitted', times: count('submitted') },
        {
          what: 'feedback',
          times: own.plan.filter((read) => read.training && submittedAt(own.log).has(read.readId)).length,
        },
      ],
      fields: Object.keys(readShape.shape),
      never: ['truth', 'scores', 'arm', 'identity', 'files', 'others', 'earlier'],
    }
  }

  /** @throws AppError `study/not-yours`, `study/closed` */
  #open(studyId: string): OwnStudy {
    const { db } = this.#access.registry()
    const mine = readersOfPerson(db, this.#access.actor().id).find((one) => one.studyId === studyId)
    if (!mine) throw new AppError('study/not-yours', 'You are not a reader of this study.')
    const study = getStudy(db, studyId)
    if (study.state !== 'reading')
      throw new AppError('study/closed', 'The data of this study are locked; nothing more is read.')
    const { readerId } = mine
    const protocol = protocolOf(db, study)
    const { privateKey } = listReaders(db, studyId).find((one) => one.readerId === readerId)!
    const own = {
      studyId,
      readerId,
      protocol,
      privateKey: privateKey!,
      plan: listPlan(db, studyId, readerId),
      log: listLog(db, studyId, readerId),
    }
    const ahead = checkClock(this.#moment(), own.log, highestSignedMs(db))
    if (ahead !== null) own.log.push(this.#add(own, { kind: 'clock-forward', aheadMs: ahead }))
    return own
  }

  #state(own: OwnStudy): ReaderState {
    return readerState(own.protocol, own.plan, own.log, this.#moment().wallMs)
  }

  /** @throws AppError `study/not-this-case` for any read but the one that is due */
  #current(own: OwnStudy, readId: string) {
    const state = this.#state(own)
    if (state.kind === 'read' && state.read.readId === readId) return state
    throw new AppError('study/not-this-case', 'This case is not the one to be read now. The room opens the right one.')
  }

  #questions({ protocol }: OwnStudy, { stageId }: { stageId: string }) {
    return questionsOf(
      protocol,
      protocol.stages.find((one) => one.id === stageId)!,
    )
  }

  /** Time from before a crash was autosaved; since then no more can have passed than the run's clock says. */
  #believable(studyId: string, readId: string, activeMs: number): number {
    const before = getAutosave(this.#access.registry().db, studyId, readId)?.activeMs ?? 0
    const since = this.#moment().monotonicMs - (this.#shownMs.get(readId) ?? this.#moment().monotonicMs)
    return Math.min(activeMs, before + since + TIME_TOLERANCE_MS)
  }

  #add({ studyId, readerId, privateKey, log }: OwnStudy, body: LogBody, { drop }: { drop?: string } = {}): LogEntry {
    const entry = appendEntry(log.at(-1) ?? null, { studyId, readerId, moment: this.#moment(), body }, { privateKey })
    this.#access.registry().change(this.#access.actor(), (change) => {
      addLogEntry(change, entry)
      if (drop) dropAutosave(change, studyId, drop)
    })
    return entry
  }

  #moment(): Moment {
    const { environment } = this.#access
    return { wallMs: environment.now().utcMs, monotonicMs: environment.monotonicMs(), runId: this.#run.id }
  }
}

interface OwnStudy {
  studyId: string
  readerId: number
  protocol: StudyProtocol
  privateKey: string
  plan: StoredRead[]
  log: LogEntry[]
}

function withoutPlan(state: Exclude<ReaderState, { kind: 'read' }>) {
  if (state.kind !== 'waiting') return state
  return { kind: state.kind, opensMs: state.opensMs, reason: state.reason }
}
