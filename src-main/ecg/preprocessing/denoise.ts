import { waveletFilters } from './daubechies.ts'
import { dwtInto, dwtLength, idwtInto, type ExtensionMode } from './dwt.ts'
import { medianOfMagnitudes } from './median.ts'

export interface Noise {
  /** Standard deviation of the noise: median(|cD1|)/0.6745. */
  sigma: number
  /** Universal threshold: sigma·√(2 ln N). */
  threshold: number
}

/** Median of |x| over the standard deviation of white Gaussian noise, as rounded in the wavelet literature. */
const MEDIAN_OF_GAUSSIAN = 0.6745

/**
 * The noise of a signal by the finest details of its wavelet transform.
 *
 * @param magnitudes  |cD1|
 * @param length      of the signal
 * @see Donoho & Johnstone, Biometrika 1994;81:425–455
 */
export function noiseOf(magnitudes: Float64Array, length: number): Noise {
  const sigma = medianOfMagnitudes(magnitudes) / MEDIAN_OF_GAUSSIAN
  return { sigma, threshold: sigma * Math.sqrt(2 * Math.log(length)) }
}

/**
 * Denoises by a soft threshold: every detail level is shrunk by the universal threshold of the finest one, the coarsest
 * approximation stays. The result is trimmed to the length of the signal.
 *
 * @see agrees with `pywt.wavedec`, `pywt.threshold(mode='soft')` and `pywt.waverec`
 */
export function denoise(
  x: Float32Array | Float64Array,
  wavelet = 'db6',
  mode: ExtensionMode = 'symmetric',
  level = 4,
): Noise & { y: Float64Array } {
  const filters = waveletFilters(wavelet)
  const taps = filters.decLo.length
  const lengths = [x.length]
  for (let i = 0; i < level; i += 1) lengths.push(dwtLength(lengths[i]!, taps, mode))
  const approximations = lengths.map((size) => new Float64Array(size + taps))
  const details = lengths.map((size) => new Float64Array(size))
  const extended = new Float64Array(x.length + 2 * taps)
  let source = x
  for (let i = 0; i < level; i += 1) {
    dwtInto(source, lengths[i]!, filters, mode, extended, approximations[i + 1]!, details[i + 1]!)
    source = approximations[i + 1]!
  }
  const noise = noiseOf(details[1]?.map(Math.abs) ?? new Float64Array(0), x.length)
  for (let i = level; i >= 1; i -= 1) {
    shrink(details[i]!, noise.threshold)
    idwtInto(approximations[i]!, details[i]!, lengths[i]!, filters, mode, approximations[i - 1]!)
  }
  return { ...noise, y: approximations[0]!.slice(0, x.length) }
}

/** Soft threshold: moves every value towards 0 by the threshold, and stops there. */
function shrink(values: Float64Array, threshold: number): void {
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!
    const rest = Math.abs(value) - threshold
    values[i] = rest > 0 ? (value > 0 ? rest : -rest) : 0
  }
}
