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

/** The k-th smallest of finite values, k from 0; afterwards values[i] ≤ values[k] for i < k. Hoare's selection. */
export function smallest(values: Float64Array, k: number): number {
  let left = 0
  let right = values.length - 1
  while (left < right) {
    const pivot = values[(left + right) >> 1]!
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
