import { describe, expect, it } from 'vitest'
import type { LeadName } from '../../src-preload/contract/ecg.ts'
import { LEAD_NAMES } from '../../src-preload/contract/constants.ts'
import { deriveLimbLeads } from '../../src-main/ecg/limb-leads.ts'
import type { EcgRecording } from '../../src-main/ecg/recording.ts'
import { toWaveform } from '../../src-main/ecg/waveform.ts'
import { FIXTURES, readFile, refusalCode } from './files.ts'

// Multiples of 1/8 mV, so that sums and halves are exact in Float32.
const I = Float32Array.of(0.25, -0.5, 1, 0)
const II = Float32Array.of(0.75, 0.125, -1, 0.5)

function recording(names: readonly string[], length = 4): EcgRecording {
  const channels = names.map((name) => ({
    name,
    samplesMv: name === 'I' ? I : name === 'II' ? II : new Float32Array(length),
  }))
  return {
    format: 'test',
    rateHz: 500,
    channels,
    units: 'mV',
    rateSource: '',
    leadSource: '',
    answered: [],
    warnings: [],
  }
}
const without = (...absent: LeadName[]): LeadName[] => LEAD_NAMES.filter((lead) => !absent.includes(lead))

describe('deriving limb leads', () => {
  const leads = deriveLimbLeads({ I, II })

  it('keeps Einthoven’s law: I + III = II', () => expect(leads.III.map((v, t) => v + leads.I[t]!)).toEqual(II))

  it('keeps Goldberger’s law: aVR + aVL + aVF = 0', () => {
    expect(leads.aVR.map((v, t) => v + leads.aVL[t]! + leads.aVF[t]! + 0)).toEqual(new Float32Array(4))
    expect(leads.aVR.map((v, t) => 2 * v + I[t]! + II[t]!)).toEqual(new Float32Array(4))
  })

  it('finds the same six from any two of I, II and III', () => {
    expect(deriveLimbLeads({ I, III: leads.III })).toEqual(leads)
    expect(deriveLimbLeads({ II, III: leads.III })).toEqual(leads)
  })

  it('agrees with the limb leads that a cart stored, within a unit of its resolution', () => {
    const { leadsMv } = toWaveform(readFile(FIXTURES, 'waveform_ecg.dcm'))
    const derived = deriveLimbLeads({ I: leadsMv.I, II: leadsMv.II })
    for (const lead of ['III', 'aVR', 'aVL', 'aVF'] as const) {
      const worst = Math.max(...derived[lead].map((v, t) => Math.abs(v - leadsMv[lead][t]!)))
      expect(worst, lead).toBeLessThanOrEqual(0.00251)
    }
  })

  it('names both lengths when the leads differ', () => {
    expect(() => deriveLimbLeads({ I, II: II.subarray(1) })).toThrow('3 and 4 samples')
  })
})

describe('the twelve leads of a recording', () => {
  it('come in canonical order, with derived leads marked', () => {
    const waveform = toWaveform(recording(['V6', 'V5', 'V4', 'V3', 'V2', 'V1', 'II', 'I']))
    expect(waveform.derivedLeads).toEqual(['III', 'aVR', 'aVL', 'aVF'])
    expect(new Set(Object.keys(waveform.leadsMv))).toEqual(new Set(LEAD_NAMES))
    expect(waveform.leadsMv.III).toEqual(Float32Array.of(0.5, 0.625, -2, 0.5))
  })

  it('keep stored leads as they are and name the channels beside them', () => {
    const waveform = toWaveform(recording([...LEAD_NAMES, 'vx', 'V7']))
    expect(waveform.derivedLeads).toEqual([])
    expect(waveform.extraChannels).toEqual(['vx', 'V7'])
  })

  it('are refused where one is absent that cannot be derived, naming it and what was found', () => {
    expect(() => toWaveform(recording(without('V3')))).toThrow(/^V3 is absent; found I, II, .*V6/)
    expect(refusalCode(() => toWaveform(recording(without('V3'))))).toBe('ecg/lead-missing')
    expect(() => toWaveform(recording(without('I', 'II', 'aVF')))).toThrow(/^I, II, aVF are absent/)
  })

  it('are refused where their lengths differ', () => {
    expect(refusalCode(() => toWaveform(recording(LEAD_NAMES, 3)))).toBe('ecg/length-mismatch')
  })
})
