/**
 * One side of a Kaiser window of 2·half + 1 taps: w[n] = I₀(β √(1 − (n/half)²)) / I₀(β) for n = 0 … half.
 *
 * @see Kaiser & Schafer, IEEE Trans ASSP 1980;28:105–107; equals `scipy.signal.windows.kaiser(2 * half + 1, beta)`
 */
export function kaiserSide(half: number, beta: number): Float64Array {
  const peak = besselI0(beta)
  return Float64Array.from({ length: half + 1 }, (_, n) => besselI0(beta * Math.sqrt(1 - (n / half) ** 2)) / peak)
}

/** Modified Bessel function of order zero by its power series Σ ((x/2)^k / k!)², to double precision for |x| < 50. */
export function besselI0(x: number): number {
  const quarter = (x * x) / 4
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-17; k += 1) {
    term *= quarter / (k * k)
    sum += term
  }
  return sum
}

/** sin(πx)/(πx), 1 at 0. */
export function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}
