/** Pixel by pixel the mean of cines. @param cines at least one, all of one length */
export function meanCine(cines: readonly Float32Array[]): Float32Array {
  const length = requireSameLength(cines)
  const mean = new Float32Array(length)
  for (let index = 0; index < length; index++) {
    let sum = 0
    for (const cine of cines) sum += cine[index]!
    mean[index] = sum / cines.length
  }
  return mean
}

/**
 * Pixel by pixel the standard deviation of cines, with n − 1 in the denominator: an estimate for all seeds from few.
 *
 * @param cines at least two, all of one length
 */
export function deviationOfCines(cines: readonly Float32Array[], mean: Float32Array): Float32Array {
  const length = requireSameLength([...cines, mean])
  if (cines.length < 2) throw new RangeError('a deviation needs two cines or more')
  const deviation = new Float32Array(length)
  for (let index = 0; index < length; index++) {
    let sum = 0
    for (const cine of cines) sum += (cine[index]! - mean[index]!) ** 2
    deviation[index] = Math.sqrt(sum / (cines.length - 1))
  }
  return deviation
}

/**
 * The pair with the smallest likeness.
 *
 * @param likeness symmetric, at least 2 × 2; the diagonal is not looked at
 */
export function leastAlike(likeness: readonly (readonly number[])[]): [number, number] {
  let pair: [number, number] = [0, 1]
  for (let a = 0; a < likeness.length; a++) {
    for (let b = a + 1; b < likeness.length; b++) {
      if (likeness[a]![b]! < likeness[pair[0]]![pair[1]]!) pair = [a, b]
    }
  }
  return pair
}

function requireSameLength(cines: readonly Float32Array[]): number {
  const length = cines[0]?.length ?? 0
  if (length === 0 || cines.some((cine) => cine.length !== length)) {
    throw new RangeError('cines of one length are needed')
  }
  return length
}
