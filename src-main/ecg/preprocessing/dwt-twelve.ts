/**
 * The inner loops of the wavelet transform written out for filters of twelve taps (db6), about three times as fast as
 * the general ones. An orthogonal wavelet has one set of taps h (its reconstruction low-pass); the other three filters
 * are h reversed and with alternating signs.
 */

/** Analysis: the newest sample of coefficient k is extended[newest + 2k]. */
export function analyseTwelve(
  extended: Float64Array,
  newest: number,
  count: number,
  h: Float64Array,
  cA: Float64Array,
  cD: Float64Array,
): void {
  const [h0, h1, h2, h3, h4, h5] = [h[0]!, h[1]!, h[2]!, h[3]!, h[4]!, h[5]!]
  const [h6, h7, h8, h9, h10, h11] = [h[6]!, h[7]!, h[8]!, h[9]!, h[10]!, h[11]!]
  for (let k = 0; k < count; k += 1) {
    const i = newest + 2 * k
    const e0 = extended[i]!
    const e1 = extended[i - 1]!
    const e2 = extended[i - 2]!
    const e3 = extended[i - 3]!
    const e4 = extended[i - 4]!
    const e5 = extended[i - 5]!
    const e6 = extended[i - 6]!
    const e7 = extended[i - 7]!
    const e8 = extended[i - 8]!
    const e9 = extended[i - 9]!
    const e10 = extended[i - 10]!
    const e11 = extended[i - 11]!
    // Two partial sums each: the additions of one do not wait for those of the other.
    cA[k] =
      h11 * e0 +
      h10 * e1 +
      h9 * e2 +
      h8 * e3 +
      h7 * e4 +
      h6 * e5 +
      (h5 * e6 + h4 * e7 + h3 * e8 + h2 * e9 + h1 * e10 + h0 * e11)
    cD[k] =
      h1 * e1 -
      h0 * e0 -
      h2 * e2 +
      h3 * e3 -
      h4 * e4 +
      h5 * e5 +
      (h7 * e7 - h6 * e6 - h8 * e8 + h9 * e9 - h10 * e10 + h11 * e11)
  }
}

/**
 * Synthesis of `pairs` pairs of samples from pairs + 5 coefficients. Where details were shrunk to nothing, as most are
 * between the beats, their half of the work is left out.
 */
export function synthesiseTwelve(
  cA: Float64Array,
  cD: Float64Array,
  pairs: number,
  h: Float64Array,
  x: Float64Array,
): void {
  const [h0, h1, h2, h3, h4, h5] = [h[0]!, h[1]!, h[2]!, h[3]!, h[4]!, h[5]!]
  const [h6, h7, h8, h9, h10, h11] = [h[6]!, h[7]!, h[8]!, h[9]!, h[10]!, h[11]!]
  let a1 = cA[4]!
  let a2 = cA[3]!
  let a3 = cA[2]!
  let a4 = cA[1]!
  let a5 = cA[0]!
  let d1 = cD[4]!
  let d2 = cD[3]!
  let d3 = cD[2]!
  let d4 = cD[1]!
  let d5 = cD[0]!
  let zeros = 0
  for (let m = 0; m < pairs; m += 1) {
    const a0 = cA[m + 5]!
    const d0 = cD[m + 5]!
    zeros = d0 === 0 ? zeros + 1 : 0
    let even = h0 * a0 + h2 * a1 + h4 * a2 + h6 * a3 + h8 * a4 + h10 * a5
    let odd = h1 * a0 + h3 * a1 + h5 * a2 + h7 * a3 + h9 * a4 + h11 * a5
    if (zeros < 6) {
      even += h11 * d0 + h9 * d1 + h7 * d2 + h5 * d3 + h3 * d4 + h1 * d5
      odd -= h10 * d0 + h8 * d1 + h6 * d2 + h4 * d3 + h2 * d4 + h0 * d5
    }
    x[2 * m] = even
    x[2 * m + 1] = odd
    a5 = a4
    a4 = a3
    a3 = a2
    a2 = a1
    a1 = a0
    d5 = d4
    d4 = d3
    d3 = d2
    d2 = d1
    d1 = d0
  }
}
