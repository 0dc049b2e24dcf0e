import { kaiserSide } from './kaiser.ts'

/** Half the length of the filter: offsets −31 … 31, 63 taps. */
export const HALF_BAND_REACH = 31
/** Kaiser β: about 80 dB stop band; at 500 Hz flat to 105 Hz, −6 dB at 125 Hz, stopped from 145 Hz. */
export const HALF_BAND_BETA = 8

/**
 * The taps of the half-band low-pass, windowed sinc, for offsets 0 … 31 (the filter is symmetric):
 *
 *     h[0] = ½,   h[n] = 0 for even n ≠ 0,
 *     h[n] = ¼ g[n] / Σ_{m = 1, 3, …, 31} g[m]  for odd n,
 *     g[n] = sin(π n / 2) / (π n) · I₀(8 √(1 − (n/31)²)) / I₀(8)
 *
 * The odd taps of one side add to ¼, so the DC gain is exactly 1 and the centre stays ½.
 */
export function halfBandTaps(): Float64Array {
  const window = kaiserSide(HALF_BAND_REACH, HALF_BAND_BETA)
  const taps = new Float64Array(HALF_BAND_REACH + 1)
  let sum = 0
  for (let n = 1; n <= HALF_BAND_REACH; n += 2) {
    taps[n] = (Math.sin((Math.PI * n) / 2) / (Math.PI * n)) * window[n]!
    sum += taps[n]!
  }
  for (let n = 1; n <= HALF_BAND_REACH; n += 2) taps[n]! *= 0.25 / sum
  taps[0] = 0.5
  return taps
}

/** h[1], h[3], …, h[31]: the only taps besides the centre. */
export const ODD_TAPS = halfBandTaps().filter((_, n) => n % 2 === 1)

/** Number of samples after ↓2: the even ones. */
export const halvedLength = (length: number): number => Math.ceil(length / 2)

/**
 * Halves the rate without phase shift: y[m] = Σ_n h[n] x[2m + n], so y[0] lies at the time of x[0].
 *
 * Beyond its ends the signal holds its first and last value (`numpy.pad(x, 31, mode='edge')`). Ten seconds lose these
 * ends to the centre crop anyway.
 *
 * @param x  samples at twice the rate
 */
export function halveRate(x: Float64Array): Float64Array {
  const last = x.length - 1
  return Float64Array.from({ length: halvedLength(x.length) }, (_, m) => {
    let sum = 0.5 * x[2 * m]!
    for (const [i, tap] of ODD_TAPS.entries()) {
      const n = 2 * i + 1
      sum += tap * (x[Math.max(0, 2 * m - n)]! + x[Math.min(last, 2 * m + n)]!)
    }
    return sum
  })
}
