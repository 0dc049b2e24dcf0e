/** y[n] = b0 x[n] + b1 x[n−1] + b2 x[n−2] − a1 y[n−1] − a2 y[n−2] */
export interface Biquad {
  b0: number
  b1: number
  b2: number
  a1: number
  a2: number
}

/** Run both ways, a Butterworth filter of second order is 3 dB down at this share of its own corner. */
const BOTH_WAYS = (Math.SQRT2 - 1) ** 0.25
const BUTTERWORTH_Q = Math.SQRT1_2

/**
 * Butterworth high-pass of second order; −3 dB at `hz` after {@link filterBothWays}.
 *
 * @see Bristow-Johnson, Cookbook formulae for audio EQ biquad filter coefficients (bilinear, prewarped)
 */
export const highPass = (hz: number, rateHz: number): Biquad =>
  design(moved(hz, BOTH_WAYS, rateHz), BUTTERWORTH_Q, rateHz, (cos) => [(1 + cos) / 2, -(1 + cos), (1 + cos) / 2])

/** Butterworth low-pass of second order; −3 dB at `hz` after {@link filterBothWays}. */
export const lowPass = (hz: number, rateHz: number): Biquad =>
  design(moved(hz, 1 / BOTH_WAYS, rateHz), BUTTERWORTH_Q, rateHz, (cos) => [(1 - cos) / 2, 1 - cos, (1 - cos) / 2])

/** Takes out one frequency; its −3 dB width one way is hz/q. */
export const notch = (hz: number, q: number, rateHz: number): Biquad => design(hz, q, rateHz, (cos) => [1, -2 * cos, 1])

/** A frequency moved by a factor on the analogue axis, which the bilinear transform bends. */
const moved = (hz: number, factor: number, rateHz: number): number =>
  (rateHz / Math.PI) * Math.atan(factor * Math.tan((Math.PI * hz) / rateHz))

function design(hz: number, q: number, rateHz: number, numerator: (cos: number) => [number, number, number]): Biquad {
  const omega = (2 * Math.PI * hz) / rateHz
  const [cos, alpha] = [Math.cos(omega), Math.sin(omega) / (2 * q)]
  const [b0, b1, b2] = numerator(cos)
  const a0 = 1 + alpha
  return { b0: b0 / a0, b1: b1 / a0, b2: b2 / a0, a1: (-2 * cos) / a0, a2: (1 - alpha) / a0 }
}

/**
 * Filters forwards and then backwards, so that nothing is moved in time. Each end is continued by its own image, turned
 * about the last sample, over `margin` samples (fewer where the signal is shorter).
 *
 * @returns a new array of the same length
 */
export function filterBothWays(x: Float64Array, filter: Biquad, margin: number): Float64Array {
  const length = x.length
  const beyond = Math.min(margin, length - 1)
  if (beyond < 1) return x.slice()
  const y = new Float64Array(length + 2 * beyond)
  y.set(x, beyond)
  for (let i = 1; i <= beyond; i++) {
    y[beyond - i] = 2 * x[0]! - x[i]!
    y[beyond + length - 1 + i] = 2 * x[length - 1]! - x[length - 1 - i]!
  }
  run(y, filter)
  y.reverse()
  run(y, filter)
  y.reverse()
  return y.slice(beyond, beyond + length)
}

/** In place, starting as if the first value had lasted for ever. */
function run(y: Float64Array, { b0, b1, b2, a1, a2 }: Biquad): void {
  const start = y[0]!
  const rest = ((b0 + b1 + b2) / (1 + a1 + a2)) * start
  let [x1, x2, y1, y2] = [start, start, rest, rest]
  for (let i = 0; i < y.length; i++) {
    const x0 = y[i]!
    const y0 = b0 * x0 + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
    y[i] = y0
    x2 = x1
    x1 = x0
    y2 = y1
    y1 = y0
  }
}
