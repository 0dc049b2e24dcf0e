import type { Warning } from '../../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { FrameOrder, FrameTimes } from '../../cine.ts'
import type { FrameFacts } from './frame-facts.ts'

export interface OrderedFrames<T> {
  frames: T[]
  order: FrameOrder
  frameTimesMs: number[] | null
  frameTimes: FrameTimes
  warnings: Warning[]
}

/**
 * Puts the frames of one plane in the order of the heart's cycle.
 *
 * By the delay after the R wave where each frame has its own; where that is absent or the same for several frames (as
 * in real-time series), by the scanner's number, else by the time of acquisition.
 *
 * @param stored  frames of one multi-frame object, whose own order counts where nothing else does
 * @throws AppError `cmr/order-unknown`
 */
export function orderFrames<T extends { facts: FrameFacts }>(frames: readonly T[], stored: boolean): OrderedFrames<T> {
  const triggers = distinct(frames, ({ facts }) => facts.triggerMs)
  if (triggers === 'distinct') {
    const sorted = by(frames, ({ facts }) => facts.triggerMs!)
    return { ...timed(sorted, ({ facts }) => facts.triggerMs, 'trigger-time'), order: 'trigger-time', warnings: [] }
  }
  const warnings: Warning[] =
    triggers === 'repeated'
      ? [
          {
            code: 'cmr/trigger-constant',
            message: 'The trigger time is the same in several frames, so it does not tell their order.',
          },
        ]
      : []
  const times: FrameTimes = stored ? 'frame-time' : 'acquisition-time'
  if (distinct(frames, ({ facts }) => facts.instance) === 'distinct') {
    const sorted = by(frames, ({ facts }) => facts.instance!)
    const result = timed(sorted, ({ facts }) => facts.acquiredMs, times)
    if (result.disordered) {
      warnings.push({
        code: 'cmr/order-disagrees',
        message: 'The numbers of the frames and their acquisition times give two orders; the numbers were followed.',
      })
    }
    return { ...result, order: stored ? 'as-stored' : 'instance-number', warnings }
  }
  if (distinct(frames, ({ facts }) => facts.acquiredMs) === 'distinct') {
    const sorted = by(frames, ({ facts }) => facts.acquiredMs!)
    return { ...timed(sorted, ({ facts }) => facts.acquiredMs, times), order: 'acquisition-time', warnings }
  }
  throw new AppError(
    'cmr/order-unknown',
    `The order of ${frames.length} frames of one plane can't be told: neither trigger times, numbers nor acquisition times differ. Export the series again.`,
  )
}

/** Times from the first frame on, where they grow from frame to frame; else even steps of the nominal beat. */
function timed<T extends { facts: FrameFacts }>(
  frames: T[],
  timeOf: (frame: T) => number | undefined,
  source: FrameTimes,
): Omit<OrderedFrames<T>, 'order' | 'warnings'> & { disordered: boolean } {
  const times = frames.flatMap((frame) => timeOf(frame) ?? [])
  const complete = times.length === frames.length
  const ascending = complete && times.every((time, index) => index === 0 || time > times[index - 1]!)
  if (ascending && frames.length > 1) {
    return {
      frames,
      frameTimesMs: times.map((time) => Math.round((time - times[0]!) * 1e3) / 1e3),
      frameTimes: source,
      disordered: false,
    }
  }
  // Equal times are coarse clocks; only a step back contradicts the order.
  const disordered = complete && times.some((time, index) => index > 0 && time < times[index - 1]!)
  const interval = frames[0]!.facts.nominalIntervalMs
  if (interval === undefined || interval <= 0) return { frames, frameTimesMs: null, frameTimes: 'none', disordered }
  const frameTimesMs = frames.map((_, index) => (index * interval) / frames.length)
  return { frames, frameTimesMs, frameTimes: 'nominal-interval', disordered }
}

function distinct<T>(frames: readonly T[], valueOf: (frame: T) => number | undefined) {
  const values = frames.flatMap((frame) => valueOf(frame) ?? [])
  if (values.length < frames.length) return 'absent'
  return new Set(values).size === frames.length ? 'distinct' : 'repeated'
}

const by = <T>(frames: readonly T[], valueOf: (frame: T) => number): T[] =>
  frames.toSorted((a, b) => valueOf(a) - valueOf(b))
