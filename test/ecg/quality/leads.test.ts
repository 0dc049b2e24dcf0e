import { describe, expect, it } from 'vitest'
import { assessLeads, leadMarks, requireSignal, type LeadFault } from '../../../src-main/ecg/quality/leads.ts'
import { requirePlausibleUnits } from '../../../src-main/ecg/quality/units.ts'
import type { EcgWaveform } from '../../../src-main/ecg/recording.ts'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import type { LeadName } from '../../../src-preload/contract/ecg.ts'
import { gaussians, simulateEcg, withLeads } from '../measurements/simulated-ecg.ts'

const { waveform } = simulateEcg()
const leadsOf = ({ leadsMv }: EcgWaveform): Float32Array[] => LEAD_NAMES.map((name) => leadsMv[name])
const changed = (names: readonly LeadName[], change: (value: number, i: number) => number): EcgWaveform =>
  withLeads(waveform, (lead, name) => (names.includes(name) ? lead.map(change) : lead))
const faultsOfV1 = (change: (value: number, i: number) => number): LeadFault[] =>
  assessLeads(leadsOf(changed(['V1'], change)), 500).find(({ name }) => name === 'V1')!.faults

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

describe('faults', () => {
  const random = gaussians(8)
  it('none in a clean recording', () =>
    expect(assessLeads(leadsOf(waveform), 500).flatMap(({ faults }) => faults)).toEqual([]))
  it('noise', () => expect(faultsOfV1((value) => value + 0.15 * random())).toEqual(['noisy']))
  it('mains hum', () =>
    expect(faultsOfV1((value, i) => value + 0.2 * Math.sin((2 * Math.PI * 50 * i) / 500))).toEqual(['noisy']))
  it('wander', () => expect(faultsOfV1((value, i) => value + Math.sin(i / 800))).toEqual(['wander']))
  it('clipping', () => expect(faultsOfV1((value) => Math.min(3.2, Math.max(-3.2, 30 * value)))).toContain('clipped'))
  it('a lead that comes off', () => expect(faultsOfV1((value, i) => (i < 2600 ? value : 0.2))).toEqual(['still']))
  it('a single missing sample', () =>
    expect(faultsOfV1((value, i) => (i === 99 ? NaN : value))).toEqual(['non-finite']))
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
