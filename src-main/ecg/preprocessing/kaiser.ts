/**
 * Kaiser window w[n] = I₀(β √(1 − (n/half)²)) / I₀(β) at offset n from the centre of a window of 2·half + 1 taps.
 *
 * @see Kaiser & Schafer, IEEE Trans ASSP 1980;28:105–107; equals `scipy.signal.windows.kaiser(2 * half + 1, beta)`
 */
export function kaiser(offset: number, half: number, beta: number): number {
  const position = offset / half
  return besselI0(beta * Math.sqrt(Math.max(0, 1 - position * position))) / besselI0(beta)
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
