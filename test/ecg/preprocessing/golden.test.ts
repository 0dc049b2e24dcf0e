import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { denoise } from '../../../src-main/ecg/preprocessing/denoise.ts'
import type { ExtensionMode } from '../../../src-main/ecg/preprocessing/dwt.ts'
import { toEncoderInput } from '../../../src-main/ecg/preprocessing/encoder-input.ts'
import { halfBandTaps, halveRate } from '../../../src-main/ecg/preprocessing/half-band.ts'
import { centredMovingAverage, holdEnds } from '../../../src-main/ecg/preprocessing/moving-average.ts'
import { resamplePolyphase } from '../../../src-main/ecg/preprocessing/resample.ts'
import { savitzkyGolay } from '../../../src-main/ecg/preprocessing/savitzky-golay.ts'
import { beatPeriodSamples, removeTrend } from '../../../src-main/ecg/preprocessing/trend.ts'
import { dwt, idwt } from '../../../src-main/ecg/preprocessing/wavelet.ts'
import { artificialLead, artificialLeads, noise } from './artificial-lead.ts'

interface Golden {
  encoder: {
    heartRateBpm: number
    samples: number
    stride: number
    stagesOfLead4: Record<'trend' | 'denoised' | 'smoothed' | 'halved' | 'scaled', number[]>
    ecg: number[]
    amplitude: number[]
  }[]
  resampling: { fromHz: number; toHz: number; samples: number; length: number; stride: number; y: number[] }[]
  halfBand: number[]
  wavelets: { wavelet: string; mode: ExtensionMode; samples: number; cA: number[]; cD: number[]; inverse: number[] }[]
}

/** Made by make-golden.py from NumPy, SciPy, PyWavelets and statsmodels; the command stands in it. */
const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'golden.json'), 'utf8')) as Golden

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number, stride = 1): void {
  const picked = Array.from(actual).filter((_, i) => i % stride === 0)
  expect(picked).toHaveLength(expected.length)
  const worst = Math.max(...picked.map((value, i) => Math.abs(value - expected[i]!)))
  expect(worst).toBeLessThanOrEqual(tolerance)
}

describe.each(golden.encoder)('at $heartRateBpm beats per minute, $samples samples', (expected) => {
  const { heartRateBpm, samples, stride, stagesOfLead4: stages } = expected
  const lead = artificialLead(3, heartRateBpm, samples)
  const period = beatPeriodSamples(heartRateBpm)
  const denoised = (): Float64Array => denoise(removeTrend(lead, period)).y
  const smoothed = (): Float64Array => savitzkyGolay(denoised(), 11, 3)

  it('finds the trend of statsmodels', () =>
    expectClose(holdEnds(centredMovingAverage(lead, period)), stages.trend, 1e-9, stride))
  it('denoises as PyWavelets', () => expectClose(denoised(), stages.denoised, 1e-10, stride))
  it('smooths as SciPy', () => expectClose(smoothed(), stages.smoothed, 1e-10, stride))
  it('halves the rate as NumPy', () => expectClose(halveRate(smoothed()), stages.halved, 1e-10, stride))

  const input = toEncoderInput(artificialLeads(heartRateBpm, samples), heartRateBpm)
  it('scales one lead as NumPy', () => expectClose(input.ecg.subarray(3 * 2250, 4 * 2250), stages.scaled, 1e-7, stride))
  it('agrees on all twelve leads', () => {
    expectClose(input.ecg, expected.ecg, 1e-7, stride * 5)
    expectClose(input.amplitude, expected.amplitude, 1e-7)
  })
})

it('has the half-band taps of the windowed sinc', () => {
  const taps = halfBandTaps()
  expectClose([...taps.slice(1).toReversed(), ...taps], golden.halfBand, 1e-12)
})

it.each(golden.resampling)(
  'resamples $fromHz Hz to $toHz Hz as SciPy',
  ({ fromHz, toHz, samples, length, stride, y }) => {
    const actual = resamplePolyphase(artificialLead(1, 70, samples, fromHz), fromHz, toHz)
    expect(actual).toHaveLength(length)
    expectClose(actual, y, 1e-10, stride)
  },
)

it.each(golden.wavelets)(
  'transforms $samples samples by $wavelet, $mode',
  ({ wavelet, mode, samples, cA, cD, inverse }) => {
    const actual = dwt(noise(samples, 7), wavelet, mode)
    expectClose(actual.cA, cA, 1e-11)
    expectClose(actual.cD, cD, 1e-11)
    expectClose(idwt(actual.cA, actual.cD, wavelet, mode), inverse, 1e-11)
  },
)
