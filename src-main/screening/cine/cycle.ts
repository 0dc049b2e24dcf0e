/** One beat a second where no rhythm is measurable. */
const DEFAULT_CYCLE_MS = 1000

/** Length of one cardiac cycle in ms for the cine of an ECG with this heart rate. */
export function cycleMsOf(heartRateBpm: number | null): number {
  return heartRateBpm === null ? DEFAULT_CYCLE_MS : 60_000 / heartRateBpm
}
