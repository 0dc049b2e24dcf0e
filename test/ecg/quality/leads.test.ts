import { describe, expect, it } from 'vitest'
import { failedLeads, leadMarks } from '../../../src-main/ecg/quality/lead-marks.ts'
import { isClearlyQuiet, measureSeconds } from '../../../src-main/ecg/quality/lead-seconds.ts'
import { assessLeads, requireSignal } from '../../../src-main/ecg/quality/leads.ts'
import { requirePlausibleUnits } from '../../../src-main/ecg/quality/units.ts'
import { median } from '../../../src-main/ecg/preprocessing/median.ts'
import type { EcgWaveform } from '../../../src-main/ecg/recording.ts'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { LeadReason, Verdict } from '../../../src-preload/contract/quality.ts'
import type { LeadName } from '../../../src-preload/contract/ecg.ts'
import { gaussians, simulateEcg, withLeads } from '../measurements/simulated-ecg.ts'

const { waveform } = simulateEcg()
const leadsOf = ({ leadsMv }: EcgWaveform): Float32Array[] => LEAD_NAMES.map((name) => leadsMv[name])
const changed = (names: readonly LeadName[], change: (value: number, i: number) => number): EcgWaveform =>
  withLeads(waveform, (lead, name) => (names.includes(name) ? lead.map(change) : lead))
const v1 = (change: (value: number, i: number) => number): [Verdict, ...LeadReason[]] => {
  const { verdict, reasons } = assessLeads(leadsOf(changed(['V1'], change)), 500).find(({ name }) => name === 'V1')!
  return [verdict, ...reasons]
}

describe('a lead without signal is refused by name', () => {
  const random = gaussians(4)
  it.each<[string, (value: number, i: number) => number]>([
    ['zero', () => 0],
    ['constant', () => 1.5],
    ['of less than 2 µV', () => 0.0015 * random()],
    ['not a number', () => NaN],
    ['infinite', () => Infinity],
    ['mostly missing', (value, i) => (i < 3000 ? NaN : value)],
  ])('%s', (_, change) => {
    const refused = (): void => requireSignal(changed(['aVL', 'V1'], change))
    expect(refused).toThrow(expect.objectContaining({ code: 'quality/lead-flat' }))
    expect(refused).toThrow('aVL, V1')
  })

  it('but not one that trembles by 4 µV', () =>
    expect(() => requireSignal(changed(['V1'], () => 0.004 * random()))).not.toThrow())
  it('and no lead of a clean recording', () => expect(() => requireSignal(waveform)).not.toThrow())
})

describe('a lead passes, is limited or fails, with the reason', () => {
  const random = gaussians(8)
  const hum = (mv: number) => (value: number, i: number) => value + mv * Math.sin((2 * Math.PI * 50 * i) / 500)
  const clip = (gain: number) => (value: number) => Math.min(3.2, Math.max(-3.2, gain * value))
  it('clean', () => expect(assessLeads(leadsOf(waveform), 500).every(({ verdict }) => verdict === 'pass')).toBe(true))
  it.each<[string, (value: number, i: number) => number, [Verdict, ...LeadReason[]]]>([
    ['noise', (value) => value + 0.12 * random(), ['limited', 'noise']],
    ['noise that hides the beats', (value) => value + 0.4 * random(), ['fail', 'noise']],
    ['mains hum', hum(0.2), ['limited', 'noise']],
    ['mains hum above the beats', hum(1), ['fail', 'noise']],
    ['wander', (value, i) => value + Math.sin(i / 800), ['limited', 'baseline']],
    ['a baseline all over the paper', (value, i) => value + 4 * Math.sin(i / 800), ['fail', 'baseline']],
    ['a lead that comes off for 3 s', (value, i) => (i < 3500 ? value : 0.2), ['limited', 'missing']],
    ['a lead that comes off for 6 s', (value, i) => (i < 2000 ? value : 0.2), ['fail', 'missing']],
    ['a single missing sample', (value, i) => (i === 99 ? NaN : value), ['fail', 'missing']],
    ['no signal', () => 0.3, ['fail', 'flat']],
  ])('%s', (_, change, expected) => expect(v1(change)).toEqual(expected))
  it('clipping', () => {
    expect(v1(clip(12))).toEqual(expect.arrayContaining(['limited', 'clipped']))
    expect(v1(clip(150))).toEqual(expect.arrayContaining(['fail', 'clipped']))
  })
})

it('a refusal names the leads of its first reason and says what to do', () => {
  const random = gaussians(9)
  const noisy = changed(['II', 'V6'], (value) => value + 0.5 * random())
  const refusal = failedLeads(assessLeads(leadsOf(noisy), 500))
  expect(refusal).toMatchObject({ code: 'quality/noise-too-high' })
  expect(refusal!.message).toMatch(/II, V6\..*record the ECG again/s)
})

it('marks name every lead concerned', () => {
  const random = gaussians(9)
  const noisy = changed(['II', 'V6'], (value) => value + 0.15 * random())
  const marks = leadMarks(assessLeads(leadsOf(noisy), 500))
  expect(marks).toEqual([{ code: 'quality/noisy', message: expect.stringContaining('II, V6') }])
})

describe('units', () => {
  const scaled = (factor: number): Float32Array[] =>
    leadsOf(withLeads(waveform, (lead) => lead.map((value) => factor * value)))
  it.each([0.2, 1, 4])('are believed at %d times the usual amplitude', (factor) =>
    expect(() => requirePlausibleUnits(scaled(factor))).not.toThrow(),
  )
  it.each([
    ['microvolts', 1000],
    ['volts', 0.001],
  ])('are refused where %s were read as millivolts', (_, factor) =>
    expect(() => requirePlausibleUnits(scaled(factor))).toThrow(
      expect.objectContaining({ code: 'quality/units-implausible' }),
    ),
  )
  it('are judged by the median lead, not by one artefact', () =>
    expect(() =>
      requirePlausibleUnits(leadsOf(changed(['V5'], (value, i) => value + (i % 900 < 5 ? 40 : 0)))),
    ).not.toThrow())
})

describe('a look that counts instead of measuring', () => {
  const random = gaussians(21)
  const limits = { limitMv: 0.05, rangeMv: 1 }
  const measured = (lead: Float32Array): boolean => {
    const seconds = measureSeconds(lead, 500, false)
    const baseline = seconds.map(({ baselineMv }) => baselineMv)
    return median(seconds.map(({ noiseMv }) => noiseMv)) < 0.05 && Math.max(...baseline) - Math.min(...baseline) < 1
  }
  const shaken = (noiseMv: number, wanderMv: number): Float32Array =>
    waveform.leadsMv.V1.map((value, i) => value + noiseMv * random() + wanderMv * Math.sin(i / 700))
  const cases = [0, 0.02, 0.035, 0.04, 0.045, 0.06].flatMap((noise) => [0, 0.3, 0.45, 0.55, 1].map((wander) => shaken(noise, wander))) // prettier-ignore

  it('calls no lead quiet that is not', () =>
    expect(cases.filter((lead) => isClearlyQuiet(lead, 500, limits) && !measured(lead))).toEqual([]))
  it('and sees a clean one at once', () => expect(isClearlyQuiet(waveform.leadsMv.V1, 500, limits)).toBe(true))
})
