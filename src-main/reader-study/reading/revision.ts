import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import type { PlannedRead } from '../allocation/delivery-plan.ts'
import type { LogBody, LogEntry } from './log.ts'

/** A sitting is over when the next one begins, or this long after its last answer. */
export const SITTING_ENDS_AFTER_MS = 12 * 3_600_000

export type Submission = Extract<LogBody, { kind: 'submitted' }>

/** A submitted read whose answers may still be changed. */
export interface RevisableRead {
  read: PlannedRead
  /** Its place among the reads of the sitting, as it was shown. */
  number: number
  /** How often its answers were submitted again. */
  revisions: number
  /** What counts now. */
  last: Submission
  /** It was opened again and not submitted since. */
  reopened: boolean
}

/**
 * The reads of the sitting that goes on, where the protocol lets a reader come back to an answer. Never one of an
 * earlier sitting, which may be another stage or another arm of the same case; never a training case, of which the
 * reader was told the truth.
 */
export function revisableReads(
  protocol: StudyProtocol,
  plan: readonly PlannedRead[],
  entries: readonly LogEntry[],
  nowMs: number,
): RevisableRead[] {
  if (protocol.finalOnSubmit) return []
  const readOf = new Map(plan.map((read) => [read.readId, read]))
  const sittingOf = ({ body }: LogEntry): number | undefined =>
    'readId' in body ? readOf.get(body.readId)?.sitting : undefined
  const last = entries.findLast((entry) => sittingOf(entry) !== undefined)
  if (!last || nowMs - last.moment.wallMs > SITTING_ENDS_AFTER_MS) return []
  const found = new Map<string, RevisableRead>()
  for (const entry of entries) {
    const { body } = entry
    if (sittingOf(entry) !== sittingOf(last) || !('readId' in body)) continue
    const known = found.get(body.readId)
    if (body.kind === 'submitted') {
      const read = readOf.get(body.readId)!
      const number = known?.number ?? found.size + 1
      found.set(body.readId, { read, number, revisions: known ? known.revisions + 1 : 0, last: body, reopened: false })
    } else if (body.kind === 'reopened' && known) known.reopened = true
  }
  return [...found.values()].filter(({ read }) => !read.training)
}
