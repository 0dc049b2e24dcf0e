import { AppError } from '../../../../src-preload/contract/errors.ts'

/** Times may stray from an even spacing by this part of an interval, as times rounded to their last digit do. */
const MAX_STRAY = 0.6

/**
 * The sampling rate of a column of times.
 *
 * @param times  at least two, in units of `secondsPerUnit`
 * @returns Hz; a whole number where the times leave that within their rounding
 * @throws AppError `format/rate-unknown` where the times are not evenly spaced
 */
export function rateOfTimes(times: ArrayLike<number>, secondsPerUnit: number): number {
  const last = times.length - 1
  const interval = (times[last]! - times[0]!) / last
  if (!(interval > 0))
    throw new AppError(
      'format/rate-unknown',
      'The time column does not grow. Export the table with a time in s or ms, or state “# rate=500”.',
    )
  for (let row = 0; row <= last; row++) {
    const stray = Math.abs(times[row]! - times[0]! - row * interval)
    if (!(stray <= MAX_STRAY * interval)) {
      throw new AppError(
        'format/rate-unknown',
        `The times are not evenly spaced (row ${row + 1}): samples are missing or doubled. Export the recording without gaps.`,
      )
    }
  }
  const rateHz = 1 / (interval * secondsPerUnit)
  const whole = Math.round(rateHz)
  // First and last time are each wrong by half an interval at most, so the rate is known to one part in `last`.
  return whole > 0 && Math.abs(rateHz - whole) <= Math.min(rateHz / last, rateHz * 2e-3) ? whole : rateHz
}
