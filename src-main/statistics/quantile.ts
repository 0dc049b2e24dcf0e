import { refuse, requireNumbers, type Values } from './checks.ts'

/**
 * Sample quantile by Hyndman and Fan's definition 7, the default of R and NumPy.
 *
 * @throws AppError `statistics/empty`, `statistics/not-finite`, `statistics/bad-parameter` for p outside [0, 1]
 */
export function quantile(values: Values, p: number): number {
  requireNumbers(values, 'the sample')
  return sortedQuantile(Float64Array.from(values).sort(), p)
}

/** As {@link quantile}, for values already in rising order. */
export function sortedQuantile(sorted: Values, p: number): number {
  if (!(p >= 0 && p <= 1)) refuse('bad-parameter', `a quantile at ${p} does not exist; give a share in [0, 1]`)
  const position = p * (sorted.length - 1)
  const below = Math.min(Math.floor(position), sorted.length - 1)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  const share = position - below
  // From the nearer end, so that equal neighbours give exactly their value.
  return share < 0.5 ? low + share * (high - low) : high - (1 - share) * (high - low)
}

/** Middle value (quantile at 0.5). @throws AppError as {@link quantile}. */
export function median(values: Values): number {
  return quantile(values, 0.5)
}
