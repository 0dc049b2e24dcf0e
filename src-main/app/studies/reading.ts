import { AppError } from '../../../src-preload/contract/errors.ts'
import type { ReportLanguage } from '../../../src-preload/contract/study-report.ts'
import { type MyStudy, ReadingStep, type SelfAudit } from '../../../src-preload/contract/study.ts'
import type { PlannedRead } from '../../reader-study/allocation/delivery-plan.ts'
import { unpackItem } from '../../reader-study/cases/prepare-item.ts'
import { type Answers, checkAnswers, questionsOf } from '../../reader-study/reading/answers.ts'
import type { LogBody, LogEntry } from '../../reader-study/reading/log.ts'
import { type RevisableRead, revisableReads, type Submission } from '../../reader-study/reading/revision.ts'
import { needsPause, type ReaderState } from '../../reader-study/reading/session.ts'
import type { WorkspaceAccess } from '../../registry/access/workspace-access.ts'
import { getAutosave, putAutosave } from '../../registry/studies/study-log.ts'
import { getItem, type StoredRead } from '../../registry/studies/study-plan.ts'
import { calendarOf, listMyStudies, selfAudit } from './my-studies.ts'
import { momentOf, openOwnStudy, type OwnStudy, type Run, sign, stateOf } from './own-study.ts'

/** How much the measured time may exceed what passed on the run's own clock: the window's timer is not main's. */
const TIME_TOLERANCE_MS = 10_000

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
    return listMyStudies(this.#access)
  }

  checkRoom(studyId: string, body: { screenCalibrated: boolean; dimLight: boolean }): void {
    this.#sign(this.#open(studyId), { kind: 'room-checked', ...body })
  }

  /** The case that comes next, with what was autosaved of it; or what there is to wait for. */
  nextStep(studyId: string): ReadingStep {
    const own = this.#open(studyId)
    const state = stateOf(this.#access, own)
    if (state.kind !== 'read')
      return ReadingStep.parse({ ...withoutPlan(state), revisable: this.#listed(own, state.kind) })
    const { readId } = state.read
    if (!this.#shownMs.has(readId)) {
      this.#sign(own, { kind: 'shown', readId })
      this.#shownMs.set(readId, this.#monotonicMs())
    }
    return this.#stepOf(own, state.read, { number: state.number, of: state.of })
  }

  /** A submitted case again, where the protocol lets its answers be changed. That it was opened is signed. */
  reopen(studyId: string, readId: string): ReadingStep {
    const own = this.#open(studyId)
    const one = this.#revisable(own).find(({ read }) => read.readId === readId)
    if (!one)
      throw new AppError('study/not-revisable', 'These answers can no longer be changed: their sitting is over.')
    this.#sign(own, { kind: 'reopened', readId })
    this.#shownMs.set(readId, this.#monotonicMs())
    const of = own.plan.filter(({ sitting }) => sitting === one.read.sitting).length
    return this.#stepOf(own, one.read, { number: one.number, of }, one.last)
  }

  saveAnswers(studyId: string, readId: string, saved: { answers: Answers; activeMs: number; awayMs: number }): void {
    const own = this.#open(studyId)
    const { read } = this.#current(own, readId)
    checkAnswers(this.#questions(own, read), saved.answers, { complete: false })
    this.#access.registry().keep((db) => putAutosave(db, studyId, readId, saved))
  }

  /** The line is signed and on the disk when this returns. It stands, unless the protocol lets the reader come back. */
  submit(
    studyId: string,
    readId: string,
    given: { answers: Answers; activeMs: number; awayMs: number; tools: Record<string, number> },
  ): { feedback: StoredRead['feedback']; pauseDue: boolean } {
    const own = this.#open(studyId)
    const { read, last } = this.#current(own, readId)
    checkAnswers(this.#questions(own, read), given.answers)
    const activeMs = this.#believable(studyId, readId, given.activeMs, last)
    const { minimumS, maximumS } = this.#stage(own, read).timeLimits
    if (activeMs < 1000 * minimumS)
      throw new AppError('study/too-fast', `This study asks for at least ${minimumS} seconds with each case.`)
    const overTime = maximumS !== null && activeMs > 1000 * maximumS
    const { answers, awayMs } = given
    const { version } = own.protocol
    const tools = added(last?.tools ?? {}, given.tools)
    const { moment } = this.#sign(
      own,
      { kind: 'submitted', readId, version, answers, activeMs, awayMs, tools, overTime },
      { drop: readId },
    )
    this.#shownMs.delete(readId)
    const { feedback } = own.plan.find((one) => one.readId === readId)!
    return { feedback, pauseDue: needsPause(own.protocol, own.log, moment.wallMs) }
  }

  beginPause(studyId: string): void {
    this.#sign(this.#open(studyId), { kind: 'paused' })
  }

  /** Reminders of what opens later, without anything of a case. */
  calendar(studyId: string, language: ReportLanguage): string {
    return calendarOf(this.#open(studyId), this.#access.environment.now().utcMs, language)
  }

  auditMyself(studyId: string): SelfAudit {
    return selfAudit(this.#open(studyId))
  }

  /** Parsed, so that a field that the contract does not know cannot leave this place. */
  #stepOf(
    own: OwnStudy,
    read: PlannedRead,
    place: { number: number; of: number },
    last: Submission | null = null,
  ): ReadingStep {
    const registry = this.#access.registry()
    const { studyId, protocol } = own
    const item = getItem(registry.db, studyId, read.itemId)
    const { ecg, cines } = unpackItem(Uint8Array.from(registry.blobs.get(item.blobId)))
    const stage = this.#stage(own, read)
    const saved = getAutosave(registry.db, studyId, read.readId)
    return ReadingStep.parse({
      kind: 'read',
      readId: read.readId,
      ...place,
      training: read.training,
      ecg: ecg.some((value) => value !== 0) ? ecg : null,
      cines,
      cycleMs: item.cycleMs,
      hanging: stage.hanging,
      questions: questionsOf(protocol, stage),
      answers: saved?.answers ?? last?.answers ?? {},
      activeMs: saved?.activeMs ?? last?.activeMs ?? 0,
      awayMs: saved?.awayMs ?? last?.awayMs ?? 0,
      awayAfterS: protocol.sitting.awayAfterS,
      timeLimits: stage.timeLimits,
      final: protocol.finalOnSubmit,
      revising: last !== null,
      revisable: this.#listed(own, 'read'),
    })
  }

  #revisable({ protocol, plan, log }: OwnStudy): RevisableRead[] {
    return revisableReads(protocol, plan, log, this.#access.environment.now().utcMs)
  }

  /** What the window hears of reads that may be opened again; in a pause nothing is read. */
  #listed(own: OwnStudy, state: ReaderState['kind']) {
    if (state === 'pause') return []
    return this.#revisable(own).map(({ read: { readId }, number, revisions }) => ({ readId, number, revisions }))
  }

  /**
   * The read that is due, or one that was opened again, with what was submitted of it.
   *
   * @throws AppError `study/not-this-case` for any other
   */
  #current(own: OwnStudy, readId: string): { read: PlannedRead; last: Submission | null } {
    const state = stateOf(this.#access, own)
    if (state.kind === 'read' && state.read.readId === readId) return { read: state.read, last: null }
    const again = this.#revisable(own).find((one) => one.reopened && one.read.readId === readId)
    if (again && state.kind !== 'pause') return again
    throw new AppError('study/not-this-case', 'This case is not the one to be read now. The room opens the right one.')
  }

  #stage({ protocol }: OwnStudy, { stageId }: PlannedRead) {
    return protocol.stages.find((one) => one.id === stageId)!
  }

  #questions(own: OwnStudy, read: PlannedRead) {
    return questionsOf(own.protocol, this.#stage(own, read))
  }

  /** Time from before a crash was autosaved; since then no more can have passed than the run's clock says. */
  #believable(studyId: string, readId: string, activeMs: number, last: Submission | null): number {
    const saved = getAutosave(this.#access.registry().db, studyId, readId)?.activeMs
    const before = saved ?? last?.activeMs ?? 0
    const since = this.#monotonicMs() - (this.#shownMs.get(readId) ?? this.#monotonicMs())
    return Math.min(activeMs, before + since + TIME_TOLERANCE_MS)
  }

  #open(studyId: string): OwnStudy {
    return openOwnStudy(this.#access, this.#run, studyId)
  }

  #sign(own: OwnStudy, body: LogBody, options: { drop?: string } = {}): LogEntry {
    return sign(this.#access, this.#run, own, body, options)
  }

  #monotonicMs(): number {
    return momentOf(this.#access, this.#run).monotonicMs
  }
}

function withoutPlan(state: Exclude<ReaderState, { kind: 'read' }>) {
  if (state.kind !== 'waiting') return state
  return { kind: state.kind, opensMs: state.opensMs, reason: state.reason }
}

function added(before: Record<string, number>, now: Record<string, number>): Record<string, number> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return Object.fromEntries(names.map((name) => [name, (before[name] ?? 0) + (now[name] ?? 0)]))
}
