import { waveletFilters } from './daubechies.ts'
import { dwtInto, dwtLength, idwtInto, idwtLength, type ExtensionMode } from './dwt.ts'

export { waveletFilters } from './daubechies.ts'

/**
 * One level of the discrete wavelet transform.
 *
 * @returns cA and cD, each of ⌊(N + taps − 1)/2⌋ coefficients (⌈N/2⌉ for `periodization`)
 * @see `pywt.dwt`
 */
export function dwt(
  x: Float32Array | Float64Array,
  wavelet: string,
  mode: ExtensionMode = 'symmetric',
): { cA: Float64Array; cD: Float64Array } {
  if (x.length === 0) throw new RangeError('a wavelet transform needs at least one sample')
  const filters = waveletFilters(wavelet)
  const taps = filters.decLo.length
  const count = dwtLength(x.length, taps, mode)
  const cA = new Float64Array(count)
  const cD = new Float64Array(count)
  dwtInto(x, x.length, filters, mode, new Float64Array(x.length + 2 * taps), cA, cD)
  return { cA, cD }
}

/** One level of the inverse, of equally many coefficients. @see `pywt.idwt` */
export function idwt(
  cA: Float64Array,
  cD: Float64Array,
  wavelet: string,
  mode: ExtensionMode = 'symmetric',
): Float64Array {
  if (cA.length !== cD.length) throw new RangeError(`${cA.length} and ${cD.length} coefficients do not belong together`)
  const filters = waveletFilters(wavelet)
  const x = new Float64Array(idwtLength(cA.length, filters.recLo.length, mode))
  idwtInto(cA, cD, cA.length, filters, mode, x)
  return x
}

/** Deepest level at which a coefficient still depends on the signal alone: ⌊log₂(N/(taps − 1))⌋. @see `pywt.dwt_max_level` */
export function maximumLevel(length: number, wavelet: string): number {
  const taps = waveletFilters(wavelet).decLo.length
  return length < taps - 1 ? 0 : Math.floor(Math.log2(length / (taps - 1)))
}

/** Multilevel decomposition as [cA_n, cD_n, …, cD_1]. @see `pywt.wavedec` */
export function wavedec(
  x: Float32Array | Float64Array,
  wavelet: string,
  mode: ExtensionMode = 'symmetric',
  level: number = maximumLevel(x.length, wavelet),
): Float64Array[] {
  const details: Float64Array[] = []
  let approximation: Float64Array = Float64Array.from(x)
  for (let i = 0; i < level; i += 1) {
    const { cA, cD } = dwt(approximation, wavelet, mode)
    details.unshift(cD)
    approximation = cA
  }
  return [approximation, ...details]
}

/** Inverse of {@link wavedec}; a signal of odd length comes back one sample longer. @see `pywt.waverec` */
export function waverec(
  coefficients: readonly Float64Array[],
  wavelet: string,
  mode: ExtensionMode = 'symmetric',
): Float64Array {
  const [coarsest, ...details] = coefficients
  if (!coarsest) throw new RangeError('no coefficients to reconstruct from')
  let x: Float64Array = coarsest
  for (const cD of details) x = idwt(x.length === cD.length + 1 ? x.subarray(0, cD.length) : x, cD, wavelet, mode)
  return x
}

/** The signal without its coarsest approximation: a baseline removal. Same length as x. */
export function removeApproximation(
  x: Float32Array | Float64Array,
  wavelet: string,
  mode: ExtensionMode,
  level: number,
): Float64Array {
  const coefficients = wavedec(x, wavelet, mode, level)
  coefficients[0]!.fill(0)
  return waverec(coefficients, wavelet, mode).slice(0, x.length)
}
