import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import type { PlannedRead } from '../allocation/delivery-plan.ts'
import type { LogEntry } from './log.ts'
import { type Due, dueReads, submittedAt } from './washout.ts'

/** What a reader can do now. */
export type ReaderState =
  | { kind: 'finished' }
  | { kind: 'waiting'; opensMs: number; reason: 'washout' | 'sitting'; stageId: string; readsLeft: number }
  | { kind: 'pause'; untilMs: number }
  | { kind: 'read'; read: PlannedRead; number: number; of: number; early: boolean }

/**
 * The next step of one reader, from the plan and the signed log alone: after a crash the answer is the same case again,
 * and a submitted case never comes back.
 *
 * Within the earliest sitting that is not finished, the first read that is due comes next.
 *
 * @param plan   this reader's reads in order
 * @param nowMs  the checked wall clock
 */
export function readerState(
  protocol: StudyProtocol,
  plan: readonly PlannedRead[],
  entries: readonly LogEntry[],
  nowMs: number,
): ReaderState {
  const due = dueReads(protocol, plan, entries)
  const [first] = due
  if (!first) return { kind: 'finished' }
  const sitting = due.filter((one) => one.read.sitting === first.read.sitting)
  const next = sitting.find((one) => one.opensMs <= nowMs)
  if (!next) {
    const soonest = sitting.reduce((a, b) => (b.opensMs < a.opensMs ? b : a))
    const { opensMs, read } = soonest
    return { kind: 'waiting', opensMs, reason: soonest.reason!, stageId: read.stageId, readsLeft: due.length }
  }
  const pauseUntil = pauseEnds(protocol, entries)
  if (pauseUntil > nowMs) return { kind: 'pause', untilMs: pauseUntil }
  return { kind: 'read', read: next.read, early: next.early, ...place(next, plan, entries) }
}

/** "3 of 111": the place among the reads of this sitting. */
function place(
  { read }: Due,
  plan: readonly PlannedRead[],
  entries: readonly LogEntry[],
): { number: number; of: number } {
  const sitting = plan.filter((one) => one.sitting === read.sitting)
  const submitted = submittedAt(entries)
  return { number: sitting.filter((one) => submitted.has(one.readId)).length + 1, of: sitting.length }
}

/** A pause begun by the log lasts as long as the protocol says. */
function pauseEnds(protocol: StudyProtocol, entries: readonly LogEntry[]): number {
  const last = entries.findLast(({ body }) => body.kind === 'paused')
  return last ? last.moment.wallMs + protocol.sitting.pauseMinutes * 60_000 : -Infinity
}

/** Whether the reader has read for so long without a pause that the protocol wants one. */
export function needsPause(protocol: StudyProtocol, entries: readonly LogEntry[], nowMs: number): boolean {
  const limitMs = protocol.sitting.pauseAfterMinutes * 60_000
  let activeMs = 0
  let before = nowMs
  // A changed answer carries the whole time with its case: it counts once.
  const counted = new Set<string>()
  for (const { body, moment } of entries.toReversed()) {
    // Hours without a read are a pause by themselves.
    if (body.kind === 'paused' || before - moment.wallMs > limitMs) break
    before = moment.wallMs
    if (body.kind !== 'submitted' || counted.has(body.readId)) continue
    counted.add(body.readId)
    activeMs += body.activeMs
  }
  return activeMs >= limitMs
}
