import { waveletFilters } from './daubechies.ts'
import { dwtInto, dwtLength, idwtInto, type ExtensionMode } from './dwt.ts'
import { medianOfMagnitudes } from './median.ts'

/** Median of |x| over the standard deviation of white Gaussian noise, as rounded in the wavelet literature. */
const MEDIAN_OF_GAUSSIAN = 0.6745

export interface Denoised {
  /** Standard deviation of the noise: median(|cD1|)/0.6745. */
  sigma: number
  /** Universal threshold: sigma·√(2 ln N). */
  threshold: number
}

/**
 * Makes a soft-threshold denoiser for signals of one length, with all its buffers: a screening runs it twelve times.
 *
 * Every detail level is shrunk by the universal threshold of the finest one; the coarsest approximation stays. The
 * result is trimmed to the length of the signal.
 *
 * @returns a function that writes the denoised x into y (which may be x itself) and reports sigma and threshold
 * @see Donoho & Johnstone, Biometrika 1994;81:425–455; agrees with `pywt.wavedec`, `pywt.threshold(mode='soft')` and
 *   `pywt.waverec`
 */
export function createDenoiser(
  length: number,
  wavelet = 'db6',
  mode: ExtensionMode = 'symmetric',
  level = 4,
): (x: Float32Array | Float64Array, y: Float64Array) => Denoised {
  const filters = waveletFilters(wavelet)
  const taps = filters.decLo.length
  const lengths = [length]
  for (let i = 0; i < level; i += 1) lengths.push(dwtLength(lengths[i]!, taps, mode))
  const approximations = lengths.map((size) => new Float64Array(size + taps))
  const details = lengths.map((size) => new Float64Array(size))
  const extended = new Float64Array(length + 2 * taps)
  const magnitudes = new Float64Array(lengths[1] ?? 0)
  const spread = Math.sqrt(2 * Math.log(length))

  return (x, y) => {
    let source = x
    for (let i = 0; i < level; i += 1) {
      dwtInto(source, lengths[i]!, filters, mode, extended, approximations[i + 1]!, details[i + 1]!)
      source = approximations[i + 1]!
    }
    const finest = details[1]!
    for (let i = 0; i < magnitudes.length; i += 1) magnitudes[i] = Math.abs(finest[i]!)
    const sigma = medianOfMagnitudes(magnitudes) / MEDIAN_OF_GAUSSIAN
    const threshold = sigma * spread
    for (let i = level; i >= 1; i -= 1) {
      shrink(details[i]!, threshold)
      idwtInto(approximations[i]!, details[i]!, lengths[i]!, filters, mode, approximations[i - 1]!)
    }
    y.set(approximations[0]!.subarray(0, length))
    return { sigma, threshold }
  }
}

/** One-off form of {@link createDenoiser}. */
export function denoise(
  x: Float32Array | Float64Array,
  wavelet = 'db6',
  mode: ExtensionMode = 'symmetric',
  level = 4,
): Denoised & { y: Float64Array } {
  const y = new Float64Array(x.length)
  return { ...createDenoiser(x.length, wavelet, mode, level)(x, y), y }
}

/** Soft threshold: moves every value towards 0 by the threshold, and stops there. */
function shrink(values: Float64Array, threshold: number): void {
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!
    const rest = Math.abs(value) - threshold
    values[i] = rest > 0 ? (value > 0 ? rest : -rest) : 0
  }
}
