import { describe, expect, it } from 'vitest'
import { filterForDisplay, NO_FILTER, type DisplayFilter } from '@/components/ecg/display-filter.ts'
import type { Waveform } from '@/contract.ts'

const RATE_HZ = 500
const wave = (mv: (seconds: number) => number, rateHz = RATE_HZ): Waveform => ({
  rateHz,
  window: null,
  leads: [
    { name: 'II', derived: false, samplesMv: Float32Array.from({ length: 20 * rateHz }, (_, i) => mv(i / rateHz)) },
  ],
})
const sine = (hz: number, mv = 1) => (seconds: number): number => mv * Math.sin(2 * Math.PI * hz * seconds) // prettier-ignore
const filtered = (source: Waveform, filter: Partial<DisplayFilter>): Float32Array =>
  filterForDisplay(source, { ...NO_FILTER, ...filter }).leads[0]!.samplesMv
/** Largest value of the inner half, where no end reaches. */
const height = (samples: Float32Array): number =>
  samples.subarray(samples.length / 4, (3 * samples.length) / 4).reduce((most, value) => Math.max(most, value), 0)

describe('a display filter', () => {
  it.each<[string, number, Partial<DisplayFilter>, number]>([
    ['40 Hz low-pass', 40, { lowPassHz: 40 }, Math.SQRT1_2],
    ['40 Hz low-pass', 5, { lowPassHz: 40 }, 1],
    ['40 Hz low-pass', 100, { lowPassHz: 40 }, 0.02],
    ['150 Hz low-pass', 150, { lowPassHz: 150 }, Math.SQRT1_2],
    ['150 Hz low-pass', 30, { lowPassHz: 150 }, 1],
    ['baseline', 0.5, { baseline: true }, Math.SQRT1_2],
    ['baseline', 0.1, { baseline: true }, 0.003],
    ['baseline', 5, { baseline: true }, 1],
    ['50 Hz notch', 50, { mainsHz: 50 }, 0],
    ['50 Hz notch', 60, { mainsHz: 50 }, 0.98],
    ['60 Hz notch', 60, { mainsHz: 60 }, 0],
  ])('%s leaves of %d Hz', (_, hz, filter, share) => {
    expect(height(filtered(wave(sine(hz)), filter))).toBeCloseTo(share, 1)
    expect(height(filtered(wave(sine(hz)), filter))).toBeLessThan(share + 0.03)
  })

  it('moves nothing in time', () => {
    const bump = wave((seconds) => Math.exp(-(((seconds - 10) / 0.02) ** 2)))
    const y = filtered(bump, { baseline: true, mainsHz: 50, lowPassHz: 40 })
    expect(y.indexOf(y.reduce((most, value) => Math.max(most, value)))).toBe(10 * RATE_HZ)
  })

  it('takes an electrode’s offset away without ringing at the ends', () => {
    expect(
      Math.max(
        ...filtered(
          wave(() => 300),
          { baseline: true },
        ).map(Math.abs),
      ),
    ).toBeLessThan(1e-3)
    expect(
      filtered(
        wave(() => 0.3),
        { lowPassHz: 40 },
      )[0],
    ).toBeCloseTo(0.3, 5)
  })

  it('leaves gaps as gaps and the recording itself as it was', () => {
    const source = wave(sine(5))
    source.leads[0]!.samplesMv.fill(NaN, 4000, 4100)
    const before = source.leads[0]!.samplesMv.slice()
    const y = filtered(source, { lowPassHz: 40 })
    expect([y.slice(3999, 4101).filter(Number.isNaN).length, y.filter(Number.isNaN).length]).toEqual([100, 100])
    expect(source.leads[0]!.samplesMv).toEqual(before)
  })

  it('that would lie above half the rate, or is off, returns the recording itself', () => {
    const slow = wave(sine(5), 100)
    expect(filterForDisplay(slow, { baseline: false, mainsHz: 60, lowPassHz: 150 })).toBe(slow)
    expect(filterForDisplay(slow, NO_FILTER)).toBe(slow)
  })
})
