import type { WaveletFilters } from './daubechies.ts'

/** How the signal goes on beyond its ends; names and meaning as in PyWavelets. */
export type ExtensionMode = 'symmetric' | 'reflect' | 'periodic' | 'constant' | 'zero' | 'periodization'

/** Length of each half of a one-level transform of `length` samples with filters of `taps` taps. */
export const dwtLength = (length: number, taps: number, mode: ExtensionMode): number =>
  mode === 'periodization' ? Math.ceil(length / 2) : Math.floor((length + taps - 1) / 2)

/** Length of the signal that one level of the inverse gives back; one too long where the signal had odd length. */
export const idwtLength = (coefficients: number, taps: number, mode: ExtensionMode): number =>
  mode === 'periodization' ? 2 * coefficients : 2 * coefficients - taps + 2

/**
 * One level of the discrete wavelet transform: cA[k] = Σ_j decLo[j] x[2k + 1 − j], cD alike with decHi; for
 * `periodization` the phase is 2k + taps/2 − j.
 *
 * @param x       at least one sample
 * @param length  how many samples of `x` count
 * @param extended  scratch of at least length + 2·taps
 * @param cA, cD  receive {@link dwtLength} coefficients at their start
 * @returns       the number of coefficients
 */
export function dwtInto(
  x: Float32Array | Float64Array,
  length: number,
  { decLo, decHi }: WaveletFilters,
  mode: ExtensionMode,
  extended: Float64Array,
  cA: Float64Array,
  cD: Float64Array,
): number {
  const taps = decLo.length
  const count = dwtLength(length, taps, mode)
  // The filters run over a copy that has its ends already extended, so the inner loop has no boundary case.
  const margin = taps - 1
  extend(x, length, mode, margin, extended)
  const lead = margin + (mode === 'periodization' ? taps / 2 : 1)
  for (let k = 0; k < count; k += 1) {
    const newest = lead + 2 * k
    let low = 0
    let high = 0
    for (let j = 0; j < taps; j += 1) {
      const value = extended[newest - j]!
      low += decLo[j]! * value
      high += decHi[j]! * value
    }
    cA[k] = low
    cD[k] = high
  }
  return count
}

/**
 * One level of the inverse: x[n] = Σ_k recLo[n + taps − 2 − 2k] cA[k] + recHi[…] cD[k].
 *
 * @param count  how many coefficients of `cA` and `cD` count
 * @param x      receives {@link idwtLength} samples at its start
 * @returns      the number of samples
 */
export function idwtInto(
  cA: Float64Array,
  cD: Float64Array,
  count: number,
  { recLo, recHi }: WaveletFilters,
  mode: ExtensionMode,
  x: Float64Array,
): number {
  const taps = recLo.length
  if (mode === 'periodization') return idwtPeriodized(cA, cD, count, recLo, recHi, x)
  const half = taps / 2
  const pairs = count - half + 1
  for (let m = 0; m < pairs; m += 1) {
    // Each pair of samples needs the same taps/2 coefficients, once with the even and once with the odd taps.
    let even = 0
    let odd = 0
    for (let j = 0; j < half; j += 1) {
      const k = m + half - 1 - j
      const low = cA[k]!
      const high = cD[k]!
      even += recLo[2 * j]! * low + recHi[2 * j]! * high
      odd += recLo[2 * j + 1]! * low + recHi[2 * j + 1]! * high
    }
    x[2 * m] = even
    x[2 * m + 1] = odd
  }
  return 2 * pairs
}

function idwtPeriodized(
  cA: Float64Array,
  cD: Float64Array,
  count: number,
  recLo: Float64Array,
  recHi: Float64Array,
  x: Float64Array,
): number {
  const taps = recLo.length
  const length = 2 * count
  x.fill(0, 0, length)
  for (let k = 0; k < count; k += 1) {
    for (let j = 0; j < taps; j += 1) {
      const n = modulo(2 * k + j - taps / 2 + 1, length)
      x[n]! += recLo[j]! * cA[k]! + recHi[j]! * cD[k]!
    }
  }
  return length
}

function extend(
  x: Float32Array | Float64Array,
  length: number,
  mode: ExtensionMode,
  margin: number,
  extended: Float64Array,
): void {
  extended.set(x.subarray(0, length), margin)
  for (let i = 1; i <= margin; i += 1) {
    extended[margin - i] = beyond(x, length, mode, -i)
    extended[margin + length - 1 + i] = beyond(x, length, mode, length - 1 + i)
  }
}

/** The value at an index outside 0 … length − 1. */
function beyond(x: Float32Array | Float64Array, length: number, mode: ExtensionMode, i: number): number {
  switch (mode) {
    case 'zero':
      return 0
    case 'constant':
      return x[i < 0 ? 0 : length - 1]!
    case 'periodic':
      return x[modulo(i, length)]!
    case 'periodization': {
      // An odd length is made even by repeating the last sample.
      const period = length + (length % 2)
      return x[Math.min(modulo(i, period), length - 1)]!
    }
    case 'symmetric': {
      const phase = modulo(i, 2 * length)
      return x[phase < length ? phase : 2 * length - 1 - phase]!
    }
    case 'reflect': {
      if (length === 1) return x[0]!
      const phase = modulo(i, 2 * length - 2)
      return x[phase < length ? phase : 2 * length - 2 - phase]!
    }
  }
}

const modulo = (i: number, period: number): number => ((i % period) + period) % period
