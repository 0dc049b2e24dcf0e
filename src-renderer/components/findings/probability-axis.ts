/** Ends of the axis: beyond 1 in 1,000 and 999 in 1,000 nothing is told apart. */
const LEAST = 0.001
const REACH = Math.log((1 - LEAST) / LEAST)

/** Shares that are written under the axis. */
export const AXIS_TICKS = [0.01, 0.1, 0.5, 0.9, 0.99] as const

/**
 * Where a probability lies on an axis of log odds, from 0 (left) to 1: a linear one would put everything below 10 %,
 * and with it most thresholds, into its first tenth.
 */
export function axisPlace(probability: number): number {
  const bounded = Math.min(1 - LEAST, Math.max(LEAST, probability))
  return (Math.log(bounded / (1 - bounded)) + REACH) / (2 * REACH)
}
