/**
 * Median of finite values by quickselect; the mean of the two middle ones where their number is even. Reorders them.
 *
 * @returns NaN for no values
 */
export function medianInPlace(values: Float64Array): number {
  const count = values.length
  if (count === 0) return NaN
  const middle = count >> 1
  const upper = smallest(values, middle)
  if (count % 2 === 1) return upper
  // After the selection everything left of the middle is no larger than it.
  let lower = -Infinity
  for (let i = 0; i < middle; i += 1) if (values[i]! > lower) lower = values[i]!
  return (lower + upper) / 2
}

/** Median of finite values, which stay as they are. */
export const median = (values: ArrayLike<number>): number => medianInPlace(new Float64Array(values))

/**
 * Whether so many values lie below a limit that their median does, without finding it. False may also mean that just
 * half of them do.
 */
export function mostAreBelow(values: Float64Array, limit: number): boolean {
  let below = 0
  for (let i = 0; i < values.length; i += 1) if (values[i]! < limit) below += 1
  return below > values.length / 2
}

/** Above this, a sample finds a pivot that is worth its cost. */
const SAMPLED_FROM = 600

/**
 * The k-th smallest of finite values, k from 0; afterwards values[i] ≤ values[k] for i < k.
 *
 * @see Hoare CAR, Commun ACM 1961;4:321–322; Floyd RW, Rivest RL, Commun ACM 1975;18:173 (the sample)
 */
export function smallest(values: Float64Array, k: number, left = 0, right = values.length - 1): number {
  while (left < right) {
    const isLong = right - left > SAMPLED_FROM
    if (isLong) placePivot(values, k, left, right)
    const pivot = values[isLong ? k : (left + right) >> 1]!
    let i = left
    let j = right
    while (i <= j) {
      while (values[i]! < pivot) i += 1
      while (values[j]! > pivot) j -= 1
      if (i <= j) {
        const swapped = values[i]!
        values[i] = values[j]!
        values[j] = swapped
        i += 1
        j -= 1
      }
    }
    if (k <= j) right = j
    else if (k >= i) left = i
    else break
  }
  return values[k]!
}

/** Puts at k the k-th smallest of the values around it: a little beyond the sought one, on the side with more values. */
function placePivot(values: Float64Array, k: number, left: number, right: number): void {
  const count = right - left + 1
  const rank = k - left + 1
  const logarithm = Math.log(count)
  const sample = 0.5 * Math.exp((2 * logarithm) / 3)
  const margin = 0.5 * Math.sqrt((logarithm * sample * (count - sample)) / count) * Math.sign(rank - count / 2)
  const from = Math.max(left, Math.floor(k - (rank * sample) / count + margin))
  const to = Math.min(right, Math.floor(k + ((count - rank) * sample) / count + margin))
  smallest(values, k, from, to)
}
