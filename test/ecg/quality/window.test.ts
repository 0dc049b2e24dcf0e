import { describe, expect, it } from 'vitest'
import { detectBeats } from '../../../src-main/ecg/measurements/r-peaks.ts'
import { chooseWindow, requireDuration, type ChosenWindow } from '../../../src-main/ecg/quality/window.ts'
import type { EcgWaveform } from '../../../src-main/ecg/recording.ts'
import { gaussians, simulateEcg, withLeads } from '../measurements/simulated-ecg.ts'

const choose = (waveform: EcgWaveform): ChosenWindow => chooseWindow(waveform, detectBeats(waveform))
const minute = (): EcgWaveform => simulateEcg({ durationS: 60, heartRateBpm: 64 }).waveform
/** Changes the samples between two moments in s. */
const disturb = (
  waveform: EcgWaveform,
  fromS: number,
  toS: number,
  change: (value: number) => number,
  leads: readonly string[] = ['II', 'V2'],
): EcgWaveform =>
  withLeads(waveform, (lead, name) =>
    leads.includes(name)
      ? lead.map((value, i) => (i >= fromS * waveform.rateHz && i < toS * waveform.rateHz ? change(value) : value))
      : lead,
  )

describe('the best ten seconds', () => {
  it('are the first ten of a clean recording', () =>
    expect(choose(minute())).toMatchObject({ startS: 0, durationS: 10, penalty: 0 }))

  it('begin after muscle noise', () => {
    const random = gaussians(5)
    expect(choose(disturb(minute(), 0, 13, (value) => value + 0.2 * random()))).toMatchObject({
      startS: 13,
      penalty: 0,
    })
  })

  it('begin after a jump of the baseline', () =>
    expect(choose(disturb(minute(), 0, 4.5, (value) => value + 2)).startS).toBeGreaterThanOrEqual(4))

  it('keep clear of a gap of more than 40 ms', () =>
    expect(choose(disturb(minute(), 7, 7.05, () => NaN)).startS).toBe(8))

  it('take a gap of 40 ms as it is', () => expect(choose(disturb(minute(), 7, 7.04, () => NaN)).startS).toBe(0))

  it('keep clear of a lead that is off', () => {
    const off = disturb(minute(), 0, 21, () => 0.1, ['V4'])
    // A window may still begin while the lead is off, but not lie in it as a whole.
    expect(choose(off).startS).toBeGreaterThan(11)
  })

  it('prefer a regular rhythm', () => {
    const intervalsS = [
      ...Array.from({ length: 5 }, () => [0.9, 0.5, 1.3]).flat(),
      ...Array.from({ length: 30 }, () => 0.9),
    ]
    const { waveform } = simulateEcg({ durationS: 40, intervalsS })
    expect(choose(waveform).startS).toBeGreaterThanOrEqual(13)
  })

  it('leave out a calibration pulse', () => {
    const pulse = withLeads(minute(), (lead) =>
      lead.map((value, i) => (i > 2500 ? value : i > 500 && i < 1500 ? 1 : 0)),
    )
    expect(choose(pulse).startS).toBeGreaterThanOrEqual(3)
  })

  it('may end with the recording', () => {
    const random = gaussians(6)
    const { waveform } = simulateEcg({ durationS: 14.6 })
    const window = choose(disturb(waveform, 0, 4.6, (value) => value + 0.3 * random()))
    expect(window).toMatchObject({ startS: 4.6, to: 7300 })
  })

  it('are ten seconds at any rate', () => {
    const { waveform } = simulateEcg({ durationS: 30, rateHz: 257 })
    expect(choose(waveform)).toMatchObject({ from: 0, to: 2570 })
  })

  it('are all of a recording of nine to ten seconds', () => {
    const { waveform } = simulateEcg({ durationS: 9.3 })
    expect(choose(waveform)).toMatchObject({ startS: 0, durationS: 9.3 })
  })

  it('are the same on every run', () => expect(choose(minute())).toEqual(choose(minute())))
})

describe('no window', () => {
  it('in less than nine seconds', () => {
    const { waveform } = simulateEcg({ durationS: 8.9 })
    expect(() => requireDuration(waveform)).toThrow(expect.objectContaining({ code: 'ecg/too-short' }))
    expect(() => requireDuration(waveform)).toThrow('8.9 s')
  })
  it('but in exactly nine', () => expect(() => requireDuration(simulateEcg({ durationS: 9 }).waveform)).not.toThrow())

  it('where every ten seconds have a gap, naming the leads', () => {
    const torn = withLeads(minute(), (lead, name) =>
      name === 'V2' ? lead.map((value, i) => (i % 4000 < 30 ? NaN : value)) : lead,
    )
    expect(() => choose(torn)).toThrow(expect.objectContaining({ code: 'quality/gap' }))
    expect(() => choose(torn)).toThrow('V2')
  })
})
