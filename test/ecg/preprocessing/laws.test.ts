import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { denoise } from '../../../src-main/ecg/preprocessing/denoise.ts'
import { halfBandTaps, halveRate } from '../../../src-main/ecg/preprocessing/half-band.ts'
import { median } from '../../../src-main/ecg/preprocessing/median.ts'
import { centredMovingAverage } from '../../../src-main/ecg/preprocessing/moving-average.ts'
import { nearestFraction } from '../../../src-main/ecg/preprocessing/rational.ts'
import { resamplePolyphase } from '../../../src-main/ecg/preprocessing/resample.ts'
import { savitzkyGolay } from '../../../src-main/ecg/preprocessing/savitzky-golay.ts'
import { beatPeriodSamples, removeTrend } from '../../../src-main/ecg/preprocessing/trend.ts'
import { dwt, wavedec, waverec } from '../../../src-main/ecg/preprocessing/wavelet.ts'
import { noise } from './artificial-lead.ts'

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
const energy = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0)
const sine = (hertz: number, rateHz: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rateHz))

describe('trend', () => {
  it.each([454, 491])('reproduces a straight line inside, period %i', (period) => {
    const line = Float64Array.from({ length: 5000 }, (_, i) => 3 - 0.002 * i)
    expect(largest(removeTrend(line, period).subarray(period, 5000 - period))).toBeLessThan(1e-10)
  })
  it('removes a constant everywhere', () =>
    expect(largest(removeTrend(new Float64Array(5000).fill(123.4), 400))).toBeLessThan(1e-10))
  it('of a signal with that period is its mean', () => {
    const beat = noise(300, 4)
    const x = Float64Array.from({ length: 3000 }, (_, i) => beat[i % 300]!)
    const mean = beat.reduce((sum, value) => sum + value, 0) / 300
    for (const value of centredMovingAverage(x, 300).subarray(150, 2850)) expect(value).toBeCloseTo(mean, 12)
  })
  it('keeps its precision on an electrode offset of a volt', () => {
    const x = noise(2000, 9)
    const plain = removeTrend(x, 333)
    const offset = removeTrend(
      x.map((value) => value + 1000),
      333,
    )
    expect(largest(plain.map((value, i) => value - offset[i]!))).toBeLessThan(1e-9)
  })
  it.each([
    [10, 1000],
    [30, 1000],
    [61, 491],
    [220, 136],
    [400, 136],
  ])('of %i beats/min has a period of %i samples', (rate, period) => expect(beatPeriodSamples(rate)).toBe(period))
})

describe('wavelet transform', () => {
  it.each([64, 127, 501, 5000])('gives %i samples back', (length) => {
    const x = noise(length, length)
    const y = waverec(wavedec(x, 'db6', 'symmetric', 4), 'db6')
    expect(y.length - length).toBeLessThanOrEqual(1)
    expect(largest(x.map((value, i) => value - y[i]!))).toBeLessThan(1e-12)
  })
  it.each(['db1', 'db4', 'db6', 'db10'])('%s keeps the energy of a periodic signal (Parseval)', (wavelet) => {
    const x = noise(256, 3)
    const { cA, cD } = dwt(x, wavelet, 'periodization')
    expect(energy(cA) + energy(cD)).toBeCloseTo(energy(x), 10)
  })
  it('of db6 has no detail in a polynomial of degree five', () => {
    const x = Float64Array.from({ length: 200 }, (_, i) => (i / 100 - 1) ** 5)
    expect(largest(dwt(x, 'db6').cD.subarray(8, 92))).toBeLessThan(1e-9)
  })
  it('leaves a signal without noise unchanged', () => {
    const x = Float64Array.from({ length: 2000 }, (_, i) => (i / 1000 - 1) ** 3)
    const { y, threshold } = denoise(x)
    expect(threshold).toBeLessThan(1e-9)
    expect(largest(x.map((value, i) => value - y[i]!))).toBeLessThan(1e-8)
  })
  it('finds the standard deviation of noise', () => {
    const gaussian = noise(60_000, 1).map((_, i, all) =>
      i < 5000 ? all.subarray(12 * i, 12 * i + 12).reduce((s, v) => s + v, 0) / 2 : 0,
    )
    expect(denoise(gaussian.subarray(0, 5000)).sigma).toBeCloseTo(1, 1)
  })
})

describe('Savitzky–Golay', () => {
  it('keeps every cubic, ends included', () => {
    const x = Float64Array.from({ length: 60 }, (_, i) => 1 - 0.3 * i + 0.02 * i ** 2 - 0.0004 * i ** 3)
    expect(largest(savitzkyGolay(x, 11, 3).map((value, i) => value - x[i]!))).toBeLessThan(1e-11)
  })
  it('gives the derivative of a parabola', () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => (i * 0.1) ** 2)
    const slope = savitzkyGolay(x, 7, 2, 'interp', { derivative: 1, delta: 0.1 })
    for (const [i, value] of slope.entries()) expect(value).toBeCloseTo(2 * i * 0.1, 9)
  })
})

describe('half-band filter', () => {
  const gainAt = (hertz: number): number => {
    const taps = halfBandTaps()
    return taps.reduce((sum, tap, n) => sum + (n === 0 ? tap : 2 * tap * Math.cos((2 * Math.PI * hertz * n) / 500)), 0)
  }
  it('passes a constant exactly', () => expect(gainAt(0)).toBeCloseTo(1, 14))
  it('is complementary around a quarter of the rate', () => {
    for (const hertz of [5, 40, 90, 110]) expect(gainAt(hertz) + gainAt(250 - hertz)).toBeCloseTo(1, 14)
  })
  it('passes to 100 Hz and stops from 150 Hz by 75 dB', () => {
    for (const hertz of [10, 50, 80, 100]) expect(Math.abs(gainAt(hertz) - 1)).toBeLessThan(2e-4)
    for (const hertz of [150, 200, 249]) expect(Math.abs(gainAt(hertz))).toBeLessThan(2e-4)
  })
  it('shifts nothing in time', () => {
    const x = new Float64Array(401)
    x[200] = 1
    const y = halveRate(x)
    expect(y.indexOf(Math.max(...y))).toBe(100)
    expect(Array.from(y)).toEqual(Array.from(y.toReversed()))
  })
})

describe('resampling', () => {
  it.each([100, 128, 240, 250, 257, 333.3, 360, 400, 499.7, 512, 800, 1000, 2000])(
    'keeps a 10 Hz sine from %d Hz',
    (rateHz) => {
      const y = resamplePolyphase(sine(10, rateHz, Math.round(4 * rateHz)), rateHz, 500)
      const x = sine(10, 500, y.length)
      const inner = y.map((value, i) => value - x[i]!).subarray(100, 1800)
      expect(largest(inner)).toBeLessThan(1e-3)
    },
  )
  it('lets nothing above the new Nyquist frequency through', () =>
    expect(largest(resamplePolyphase(sine(400, 1000, 4000), 1000, 500).subarray(30, -30))).toBeLessThan(1e-3))
  it('keeps a constant to its ends', () => {
    const y = resamplePolyphase(new Float64Array(500).fill(-7.25), 257, 500)
    expect(y.every((value) => value === -7.25)).toBe(true)
  })
  it('copies what is at the right rate', () => {
    const x = noise(77, 2)
    expect(resamplePolyphase(x, 500, 500)).toEqual(x)
  })
  it('rings no more at an end than inside', () => {
    const step = (at: number): number => Math.max(...resamplePolyphase(new Float64Array(300).fill(1, at), 250, 500))
    expect(step(297)).toBeLessThanOrEqual(step(150) + 1e-9)
  })
  it.each([0, -5, NaN, Infinity])('refuses a rate of %d Hz', (rateHz) =>
    expect(() => resamplePolyphase(new Float64Array(5), rateHz, 500)).toThrow(RangeError),
  )
})

describe('nearest fraction', () => {
  it.each([
    [500 / 257, 500, 257],
    [0.5, 1, 2],
    [500 / 333.3, 5000, 3333],
    [Math.PI, 355, 113],
  ])('of %d is %i/%i', (ratio, up, down) =>
    expect(nearestFraction(ratio, ratio === Math.PI ? 400 : 6000)).toEqual({ up, down }),
  )
  it('is never farther off than its bound allows', () =>
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 20, noNaN: true }), (ratio) => {
        const { up, down } = nearestFraction(ratio, 2000)
        expect(Math.abs(up / down - ratio)).toBeLessThan((1.01 * Math.max(1, ratio)) / (down * 2000))
        expect(Math.max(up, down)).toBeLessThanOrEqual(2000)
      }),
    ))
})

it('the median is the middle of the sorted values', () =>
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
      const sorted = values.toSorted((a, b) => a - b)
      const middle = sorted.length >> 1
      expect(median(values)).toBe(
        sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1]! + sorted[middle]!) / 2,
      )
    }),
  ))
