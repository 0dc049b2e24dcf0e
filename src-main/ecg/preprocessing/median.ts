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

/** Sign, exponent and the first three bits of the fraction: eight buckets for each doubling. */
const BUCKET_SHIFT = 17
const buckets = new Uint16Array(2 ** (32 - BUCKET_SHIFT))
/** Which half of a double holds its exponent. */
const HIGH_WORD = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0

/**
 * As {@link median} for finite values that are not negative, in a fourth of the time where they are many. The bits of
 * such doubles have the order of the numbers, so counting by the first bits tells which few values the median is among.
 *
 * @param values  at most 65535, which stay as they are
 */
export function medianOfMagnitudes(values: Float64Array): number {
  const count = values.length
  if (count === 0) return NaN
  const upper = magnitudeOfRank(values, count >> 1)
  return count % 2 === 1 ? upper : (magnitudeOfRank(values, (count >> 1) - 1) + upper) / 2
}

function magnitudeOfRank(values: Float64Array, rank: number): number {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  let first = buckets.length
  let last = 0
  for (let i = HIGH_WORD; i < words.length; i += 2) {
    const bucket = words[i]! >>> BUCKET_SHIFT
    buckets[bucket]! += 1
    if (bucket < first) first = bucket
    if (bucket > last) last = bucket
  }
  let sought = first
  let below = 0
  while (below + buckets[sought]! <= rank) below += buckets[sought++]!
  const among = new Float64Array(buckets[sought]!)
  buckets.fill(0, first, last + 1)
  for (let i = 0, found = 0; found < among.length; i += 1) {
    if (words[2 * i + HIGH_WORD]! >>> BUCKET_SHIFT === sought) among[found++] = values[i]!
  }
  return smallest(among, rank - below)
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
