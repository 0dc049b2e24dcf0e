import type { Warning } from '../../../src-preload/contract/ecg.ts'
import { heartRateBpm } from '../measurements/heart-rate.ts'
import type { ChosenWindow } from './window.ts'

/** Rates that a device may state; anything else is a filler such as 0 or 999. */
const STATED_RATE_BPM = [15, 320] as const
/** Our rate and the device's disagree when they differ by more than both of these. */
const RATE_DIFFERENCE = { bpm: 15, share: 0.2 }

/** The device's rate where it is one. */
export function statedRate(bpm: number | undefined): number | null {
  const [lowest, highest] = STATED_RATE_BPM
  return bpm !== undefined && bpm >= lowest && bpm <= highest ? bpm : null
}

/** Our rate of the window, else of the whole recording. */
export function ownRate(peaks: readonly number[], { from, to }: ChosenWindow, rateHz: number): number | null {
  const inside = peaks.filter((peak) => peak >= from && peak < to)
  return heartRateBpm(inside, rateHz) ?? heartRateBpm(peaks, rateHz)
}

/** What the two rates say of each other. */
export function rateMarks(stated: number | null, own: number | null): Warning[] {
  if (stated === null) return []
  if (own === null) {
    return [
      {
        code: 'quality/heart-rate-unconfirmed',
        message: `The file states ${Math.round(stated)} beats/min, but no regular beats were found. Check the recording.`,
      },
    ]
  }
  const difference = Math.abs(stated - own)
  if (difference <= Math.max(RATE_DIFFERENCE.bpm, RATE_DIFFERENCE.share * stated)) return []
  return [
    {
      code: 'quality/heart-rate-differs',
      message: `The file states ${Math.round(stated)} beats/min, ${Math.round(own)} were measured. Check the recording.`,
    },
  ]
}
