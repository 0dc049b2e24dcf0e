import { median } from '../preprocessing/median.ts'

/** Fewer intervals than this tell no rhythm. */
const LEAST_INTERVALS = 2
/** Rates outside of this are no measurement of ours, beats per minute. */
const PLAUSIBLE_BPM = [15, 320] as const
/** In units of the median interval: shorter ones hold an invented beat, longer ones a missed beat or a pause. */
const [SHORTEST, LONGEST] = [0.35, 1.75]
/** Where the believable intervals cover less than this share of the time from first to last beat, there is no rhythm. */
const LEAST_COVERAGE = 0.6

/**
 * Mean ventricular rate: 60 over the mean of the R–R intervals, leaving out those that hold a missed or an invented
 * beat. The mean, not the median, because electrocardiographs print the mean, and in atrial fibrillation and with
 * ectopic beats the two differ.
 *
 * @param peaks   R peaks in samples, ascending
 * @param rateHz  of the samples
 * @returns       beats per minute; null for fewer than three beats or where the intervals make no rhythm
 */
export function heartRateBpm(peaks: readonly number[], rateHz: number): number | null {
  const intervals = peaks.slice(1).map((peak, k) => peak - peaks[k]!)
  if (intervals.length < LEAST_INTERVALS) return null
  const typical = median(intervals)
  const believable = intervals.filter((interval) => interval >= SHORTEST * typical && interval <= LONGEST * typical)
  const covered = believable.reduce((sum, interval) => sum + interval, 0)
  if (covered < LEAST_COVERAGE * (peaks.at(-1)! - peaks[0]!)) return null
  const rate = (60 * rateHz * believable.length) / covered
  return rate >= PLAUSIBLE_BPM[0] && rate <= PLAUSIBLE_BPM[1] ? rate : null
}
