import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import type { PlannedRead } from '../allocation/delivery-plan.ts'
import type { LogEntry } from './log.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

export interface Due {
  read: PlannedRead
  /** When it opens, in ms since 1970; −Infinity where nothing holds it back. */
  opensMs: number
  reason: 'washout' | 'sitting' | null
  /** A coordinator opened it before its time. */
  early: boolean
}

/** Of each submitted read: the signed time in ms at which the reader last saw its case, be it to change an answer. */
export function submittedAt(entries: readonly LogEntry[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const { body, moment } of entries)
    if (body.kind === 'submitted' || body.kind === 'reopened') times.set(body.readId, moment.wallMs)
  return times
}

/**
 * When each read that is still to be made opens: after the washout of its stage from the reader's signed reads of the
 * same case in earlier stages, and after the gap from the sitting before.
 */
export function dueReads(protocol: StudyProtocol, plan: readonly PlannedRead[], entries: readonly LogEntry[]): Due[] {
  const submitted = submittedAt(entries)
  const early = new Set(entries.flatMap(({ body }) => (body.kind === 'opened-early' ? [body.stageId] : [])))
  const stageIndex = new Map(protocol.stages.map((stage, index) => [stage.id, index]))
  // The latest signed time of each case up to each stage, and of each sitting: looked up, since a plan has hundreds of reads.
  const ofCase = new Map<string, number>()
  const ofSitting = new Map<number, number>()
  for (const { readId, caseToken, stageId, sitting } of plan) {
    const time = submitted.get(readId)
    if (time === undefined) continue
    ofSitting.set(sitting, Math.max(ofSitting.get(sitting) ?? -Infinity, time))
    for (let later = stageIndex.get(stageId)! + 1; later < protocol.stages.length; later++) {
      const key = `${later}/${caseToken}`
      ofCase.set(key, Math.max(ofCase.get(key) ?? -Infinity, time))
    }
  }
  return plan
    .filter((read) => !submitted.has(read.readId))
    .map((read) => {
      const index = stageIndex.get(read.stageId)!
      const washout =
        (ofCase.get(`${index}/${read.caseToken}`) ?? -Infinity) + protocol.stages[index]!.washoutDays * DAY_MS
      const sitting = (ofSitting.get(read.sitting - 1) ?? -Infinity) + protocol.sitting.gapHours * HOUR_MS
      const opensMs = Math.max(washout, sitting)
      if (early.has(read.stageId)) return { read, opensMs: -Infinity, reason: null, early: opensMs > -Infinity }
      const reason = opensMs === -Infinity ? null : washout >= sitting ? 'washout' : 'sitting'
      return { read, opensMs, reason, early: false }
    })
}
