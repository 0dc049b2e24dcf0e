import { waveletFilters } from '../../../src-main/ecg/preprocessing/daubechies.ts'
import { denoise } from '../../../src-main/ecg/preprocessing/denoise.ts'
import { centredMovingAverage, holdEnds } from '../../../src-main/ecg/preprocessing/moving-average.ts'
import { savitzkyGolay, savitzkyGolayCoefficients } from '../../../src-main/ecg/preprocessing/savitzky-golay.ts'
import { seasonalDecompose } from '../../../src-main/ecg/preprocessing/seasonal-decompose.ts'
import {
  dwt,
  idwt,
  maximumLevel,
  removeApproximation,
  wavedec,
  waverec,
} from '../../../src-main/ecg/preprocessing/wavelet.ts'
import type { Adapter } from './case.ts'
import { byName } from './names.ts'

export const signalAdapters: Record<string, Adapter> = {
  savgol_coefficients: ({ inputs }) => {
    const { window, polyorder, deriv: derivative = 0, delta = 1 } = inputs
    return byName(['coefficients', listOf(savitzkyGolayCoefficients(window, polyorder, { derivative, delta }))])
  },
  savgol_filter: ({ inputs }) => {
    const { window, polyorder, mode, deriv: derivative = 0, delta = 1 } = inputs
    return byName(['y', listOf(savitzkyGolay(samplesOf(inputs.x), window, polyorder, mode, { derivative, delta }))])
  },
  seasonal_decompose_additive: ({ inputs }) => {
    const x = samplesOf(inputs.x)
    const result = seasonalDecompose(x, inputs.period, { extrapolateTrend: inputs.extrapolate_trend ?? 0 })
    const held = holdEnds(Float64Array.from(result.trend))
    return byName(
      ['trend', listOf(result.trend)],
      ['seasonal', listOf(result.seasonal)],
      ['resid', listOf(result.residual)],
      ['trend_edges_held', listOf(held)],
      ['detrended', listOf(x.map((value, i) => value - held[i]!))],
    )
  },
  seasonal_trend_only: ({ inputs }) =>
    byName(['trend', listOf(centredMovingAverage(samplesOf(inputs.x), inputs.period))]),
  wavelet_filters: ({ inputs }) => {
    const { decLo, decHi, recLo, recHi } = waveletFilters(inputs.wavelet)
    return byName(
      ['dec_lo', listOf(decLo)],
      ['dec_hi', listOf(decHi)],
      ['rec_lo', listOf(recLo)],
      ['rec_hi', listOf(recHi)],
    )
  },
  dwt: ({ inputs }) => {
    const { cA, cD } = dwt(samplesOf(inputs.x), inputs.wavelet, inputs.mode)
    return byName(['cA', listOf(cA)], ['cD', listOf(cD)])
  },
  idwt: ({ inputs }) =>
    byName([/^(?:x|y)$/, listOf(idwt(samplesOf(inputs.cA), samplesOf(inputs.cD), inputs.wavelet, inputs.mode))]),
  wavedec: ({ inputs }) => {
    const { wavelet, mode, level } = inputs
    const coefficients = wavedec(samplesOf(inputs.x), wavelet, mode, level)
    return byName(
      ['lengths', coefficients.map((one) => one.length)],
      ['coefficients_cA_then_cD_coarse_to_fine', coefficients.map(listOf)],
      ['reconstruction_length', waverec(coefficients, wavelet, mode).length],
      ['max_level', maximumLevel(inputs.x.length, wavelet)],
    )
  },
  wavelet_zero_approximation: ({ inputs }) =>
    byName(['y', listOf(removeApproximation(samplesOf(inputs.x), inputs.wavelet, inputs.mode, inputs.level))]),
  wavelet_denoise: ({ inputs }) => {
    if (inputs.threshold !== 'soft') throw new Error(`denoising by a ${inputs.threshold} threshold is not offered`)
    const { sigma, threshold, y } = denoise(samplesOf(inputs.x), inputs.wavelet, inputs.mode, inputs.level)
    return byName(['sigma_mad', sigma], ['threshold_universal', threshold], ['y', listOf(y)])
  },
}

const samplesOf = (values: number[]): Float64Array => Float64Array.from(values)

/** NaN marks an undefined sample in signals; the reference files write null. */
const listOf = (values: Float64Array): (number | null)[] =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : value))
