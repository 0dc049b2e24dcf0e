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
const ODD_TAPS = halfBandTaps().filter((_, n) => n % 2 === 1)

/** Number of samples after ↓2: the even ones. */
export const halvedLength = (length: number): number => Math.ceil(length / 2)

/**
 * Halves the rate without phase shift: y[m] = Σ_n h[n] x[2m + n], so y[0] lies at the time of x[0].
 *
 * Beyond its ends the signal holds its first and last value (`numpy.pad(x, 31, mode='edge')`). Ten seconds lose these
 * ends to the centre crop anyway.
 *
 * @param x       samples at twice the rate
 * @param from    index of the first output sample to compute, 0 for all
 * @param count   how many outputs
 * @param y       receives y[from] … y[from + count − 1] at its start
 */
export function halveRate(
  x: Float64Array,
  from = 0,
  count: number = halvedLength(x.length) - from,
  y: Float64Array = new Float64Array(count),
): Float64Array {
  const last = x.length - 1
  // Outputs whose taps all lie within the signal: the even samples from `first` up to but not including `end`.
  const first = Math.min(count, Math.max(0, Math.ceil(HALF_BAND_REACH / 2) - from))
  const end = Math.max(first, Math.min(count, Math.floor((last - HALF_BAND_REACH) / 2) + 1 - from))
  for (let m = 0; m < first; m += 1) y[m] = halfBandAtEdge(x, 2 * (from + m))
  halfBandInside(x, 2 * (from + first), end - first, y.subarray(first))
  for (let m = end; m < count; m += 1) y[m] = halfBandAtEdge(x, 2 * (from + m))
  return y
}

function halfBandAtEdge(x: Float64Array, centre: number): number {
  const last = x.length - 1
  let sum = 0.5 * x[centre]!
  for (let i = 0, n = 1; i < ODD_TAPS.length; i += 1, n += 2) {
    sum += ODD_TAPS[i]! * (x[Math.max(0, centre - n)]! + x[Math.min(last, centre + n)]!)
  }
  return sum
}

/** The inner loop written out, in sums of which none waits for another: half the time of a loop over the taps. */
function halfBandInside(x: Float64Array, firstCentre: number, count: number, y: Float64Array): void {
  const [h1, h3, h5, h7, h9, h11, h13, h15, h17, h19, h21, h23, h25, h27, h29, h31] = ODD_TAPS as unknown as SixteenTaps
  for (let m = 0; m < count; m += 1) {
    const c = firstCentre + 2 * m
    const a = h1 * (x[c - 1]! + x[c + 1]!) + h9 * (x[c - 9]! + x[c + 9]!)
    const b = h3 * (x[c - 3]! + x[c + 3]!) + h11 * (x[c - 11]! + x[c + 11]!)
    const d = h5 * (x[c - 5]! + x[c + 5]!) + h13 * (x[c - 13]! + x[c + 13]!)
    const e = h7 * (x[c - 7]! + x[c + 7]!) + h15 * (x[c - 15]! + x[c + 15]!)
    const far =
      h17 * (x[c - 17]! + x[c + 17]!) +
      h19 * (x[c - 19]! + x[c + 19]!) +
      h21 * (x[c - 21]! + x[c + 21]!) +
      h23 * (x[c - 23]! + x[c + 23]!)
    const farthest =
      h25 * (x[c - 25]! + x[c + 25]!) +
      h27 * (x[c - 27]! + x[c + 27]!) +
      h29 * (x[c - 29]! + x[c + 29]!) +
      h31 * (x[c - 31]! + x[c + 31]!)
    y[m] = 0.5 * x[c]! + (a + b) + (d + e) + (far + farthest)
  }
}

type SixteenTaps = [...EightTaps, ...EightTaps]
type EightTaps = [number, number, number, number, number, number, number, number]
