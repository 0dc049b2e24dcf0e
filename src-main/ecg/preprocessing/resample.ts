import { kaiserSide, sinc } from './kaiser.ts'
import { nearestFraction } from './rational.ts'

/** Kaiser β of the anti-alias filter: about 80 dB stop band. */
const BETA = 8
/** Half-length of the filter in periods of the slower rate. */
const REACH = 10
/** Largest interpolation and decimation factor: exact for rates with one decimal from 50 Hz up. */
const MAX_FACTOR = 5000

export interface ResamplingFactors {
  up: number
  down: number
}

/** Interpolation and decimation factors between two rates. @throws RangeError for a rate that is not positive */
export function resamplingFactors(fromHz: number, toHz: number): ResamplingFactors {
  if (!(fromHz > 0 && toHz > 0 && Number.isFinite(fromHz) && Number.isFinite(toHz))) {
    throw new RangeError(`cannot resample from ${fromHz} Hz to ${toHz} Hz`)
  }
  const { up, down } = nearestFraction(toHz / fromHz, MAX_FACTOR)
  if (up === 0 || down === 0) throw new RangeError(`${fromHz} Hz and ${toHz} Hz are too far apart`)
  return { up, down }
}

/** How many input samples on each side of an output one output depends on. */
export const resamplingReach = ({ up, down }: ResamplingFactors): number => Math.ceil((REACH * Math.max(up, down)) / up)

/**
 * Changes the rate by the rational factor up/down with a zero-phase polyphase FIR.
 *
 * The anti-alias filter is a windowed sinc of 20·max(up, down) + 1 taps at the interpolated rate, cut-off (−6 dB) at the
 * lower of both Nyquist frequencies, Kaiser β 8, DC gain 1. Beyond its ends the signal holds its first and last value,
 * and x[0] is taken off before and put back after filtering, so a constant stays exactly constant and no edge rings.
 *
 * @param x  finite samples, at least one
 * @returns  ⌈x.length · up/down⌉ samples; the first lies at the time of x[0]
 * @throws   RangeError for a rate that is not positive
 * @see      `scipy.signal.resample_poly(x - x[0], up, down, window=('kaiser', 8.0), padtype='edge') + x[0]`
 */
export function resamplePolyphase(x: Float32Array | Float64Array, fromHz: number, toHz: number): Float64Array {
  return createResampler(resamplingFactors(fromHz, toHz))(x)
}

/** As {@link resamplePolyphase} for many signals: the filter is designed once. */
export function createResampler({ up, down }: ResamplingFactors): (x: Float32Array | Float64Array) => Float64Array {
  if (up === down) return (x) => Float64Array.from(x)
  const half = REACH * Math.max(up, down)
  const taps = lowPassTaps(half, Math.max(up, down), up)
  return (x) => {
    const y = new Float64Array(Math.ceil((x.length * up) / down))
    const offset = x[0] ?? 0
    const last = x.length - 1
    for (let k = 0; k < y.length; k += 1) {
      // Output k lies at position k·down of the interpolated signal, whose sample i·up is x[i].
      const position = k * down
      const from = Math.ceil((position - half) / up)
      const to = Math.floor((position + half) / up)
      let tap = half + position - from * up
      let sum = 0
      if (from >= 0 && to <= last) {
        for (let i = from; i <= to; i += 1, tap -= up) sum += taps[tap]! * (x[i]! - offset)
      } else {
        for (let i = from; i <= to; i += 1, tap -= up) {
          sum += taps[tap]! * (x[Math.min(last, Math.max(0, i))]! - offset)
        }
      }
      y[k] = sum + offset
    }
    return y
  }
}

/** Low-pass of 2·half + 1 taps with cut-off at 1/rateFactor of Nyquist and DC gain `gain`. */
function lowPassTaps(half: number, rateFactor: number, gain: number): Float64Array {
  const window = kaiserSide(half, BETA)
  const taps = new Float64Array(2 * half + 1)
  let sum = 0
  for (let n = 0; n <= half; n += 1) {
    const tap = sinc(n / rateFactor) * window[n]!
    taps[half + n] = tap
    taps[half - n] = tap
    sum += n === 0 ? tap : 2 * tap
  }
  return taps.map((tap) => (tap * gain) / sum)
}
