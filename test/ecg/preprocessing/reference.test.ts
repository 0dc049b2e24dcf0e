import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ExtensionMode } from '../../../src-main/ecg/preprocessing/dwt.ts'
import { denoise } from '../../../src-main/ecg/preprocessing/denoise.ts'
import { centredMovingAverage, holdEnds } from '../../../src-main/ecg/preprocessing/moving-average.ts'
import { seasonalDecompose } from '../../../src-main/ecg/preprocessing/seasonal-decompose.ts'
import {
  savitzkyGolay,
  savitzkyGolayCoefficients,
  type EdgeMode,
} from '../../../src-main/ecg/preprocessing/savitzky-golay.ts'
import {
  dwt,
  maximumLevel,
  removeApproximation,
  wavedec,
  waveletFilters,
  waverec,
} from '../../../src-main/ecg/preprocessing/wavelet.ts'

/** Inputs and results of statsmodels, PyWavelets and SciPy. */
const folder = resolve(import.meta.dirname, '../../../../shared/reference/statistics')

interface Tolerance {
  abs: number
  rel: number
}
/** What the cases of the three files hand in; each uses some of it. */
interface Inputs {
  x: number[]
  period: number
  extrapolate_trend?: number
  wavelet: string
  mode: ExtensionMode & EdgeMode
  level: number
  window: number
  polyorder: number
  deriv?: number
  delta?: number
}
interface Case {
  id: string
  function: string
  inputs: Inputs
  options?: Partial<Inputs>
  expected: Record<string, unknown>
  tolerance?: Tolerance
}

const results: Record<string, (inputs: Inputs) => Record<string, unknown>> = {
  seasonal_decompose_additive({ x, period, extrapolate_trend }) {
    const { trend, seasonal, residual } = seasonalDecompose(Float64Array.from(x), period, {
      extrapolateTrend: extrapolate_trend ?? 0,
    })
    const held = holdEnds(Float64Array.from(trend))
    return {
      trend,
      seasonal,
      resid: residual,
      trend_edges_held: held,
      detrended: x.map((value, i) => value - held[i]!),
    }
  },
  seasonal_trend_only: ({ x, period }) => ({ trend: centredMovingAverage(Float64Array.from(x), period) }),
  wavelet_filters({ wavelet }) {
    const { decLo, decHi, recLo, recHi } = waveletFilters(wavelet)
    return { dec_lo: decLo, dec_hi: decHi, rec_lo: recLo, rec_hi: recHi }
  },
  dwt: ({ x, wavelet, mode }) => ({ ...dwt(Float64Array.from(x), wavelet, mode) }),
  wavedec({ x, wavelet, mode, level }) {
    const coefficients = wavedec(Float64Array.from(x), wavelet, mode, level)
    return {
      lengths: coefficients.map((values) => values.length),
      coefficients_cA_then_cD_coarse_to_fine: coefficients,
      reconstruction_length: waverec(coefficients, wavelet, mode).length,
      max_level: maximumLevel(x.length, wavelet),
    }
  },
  wavelet_zero_approximation: ({ x, wavelet, mode, level }) => ({
    y: removeApproximation(Float64Array.from(x), wavelet, mode, level),
  }),
  wavelet_denoise({ x, wavelet, mode, level }) {
    const { y, sigma, threshold } = denoise(Float64Array.from(x), wavelet, mode, level)
    return { y, sigma_mad: sigma, threshold_universal: threshold }
  },
  savgol_coefficients: ({ window, polyorder, deriv, delta }) => ({
    coefficients: savitzkyGolayCoefficients(window, polyorder, { derivative: deriv ?? 0, delta: delta ?? 1 }),
  }),
  savgol_filter: ({ x, window, polyorder, mode }) => ({
    y: savitzkyGolay(Float64Array.from(x), window, polyorder, mode),
  }),
}

function expectAgreement(actual: unknown, expected: unknown, tolerance: Tolerance, name: string): void {
  if (Array.isArray(expected)) {
    const list = Array.from(actual as ArrayLike<unknown>)
    expect(list, name).toHaveLength(expected.length)
    for (const [i, value] of expected.entries()) expectAgreement(list[i], value, tolerance, `${name}[${i}]`)
  } else if (expected === null) {
    expect(actual, name).toBeNaN()
  } else {
    const allowed = tolerance.abs + tolerance.rel * Math.abs(expected as number)
    expect(Math.abs((actual as number) - (expected as number)), name).toBeLessThanOrEqual(allowed)
  }
}

for (const name of ['seasonal_decompose', 'wavelet_db6', 'savitzky_golay']) {
  const file = resolve(folder, `${name}.json`)
  describe.skipIf(!existsSync(file))(`agrees with established software: ${name}`, () => {
    if (!existsSync(file)) return
    const reference = JSON.parse(readFileSync(file, 'utf8')) as { default_tolerance: Tolerance; cases: Case[] }
    it.each(reference.cases)('$id', ({ function: label, inputs, options, expected, tolerance }) => {
      const actual = results[label]!({ ...options, ...inputs })
      for (const [quantity, value] of Object.entries(expected)) {
        expectAgreement(actual[quantity], value, tolerance ?? reference.default_tolerance, quantity)
      }
    })
  })
}
