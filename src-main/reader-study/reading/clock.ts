import { AppError } from '../../../src-preload/contract/errors.ts'
import type { LogEntry, Moment } from './log.ts'

/** Clocks are corrected by a few minutes now and then; more than this is somebody's hand. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

/**
 * Holds the clock of this moment against everything that was signed before.
 *
 * Backward: refused when the wall clock shows more than five minutes before the latest signed time. Forward: cannot be
 * proven false without a network, so it is compared with the run's own clock and told to the log.
 *
 * @param entries    the reader's log
 * @param highestMs  latest time that anything on this computer was signed with
 * @returns how far the wall clock ran ahead of the run's clock since the last line of the same run, in ms, or null
 * @throws AppError `study/clock-back`
 */
export function checkClock(now: Moment, entries: readonly LogEntry[], highestMs = -Infinity): number | null {
  const latest = Math.max(highestMs, ...entries.map((entry) => entry.moment.wallMs))
  if (now.wallMs < latest - CLOCK_TOLERANCE_MS) {
    throw new AppError(
      'study/clock-back',
      `The clock of this computer shows ${minutes(latest - now.wallMs)} minutes before the last signed reading. ` +
        'Set it right, then go on.',
    )
  }
  const last = entries.findLast((entry) => entry.moment.runId === now.runId)
  if (!last) return null
  const ahead = now.wallMs - last.moment.wallMs - (now.monotonicMs - last.moment.monotonicMs)
  return ahead > CLOCK_TOLERANCE_MS ? ahead : null
}

function minutes(ms: number): number {
  return Math.round(ms / 60_000)
}
