import { describe, expect, it } from 'vitest'
import { measureRows } from '@/components/measurements/measure-rows.ts'
import { correctWaveform } from '@/components/quality/correct-waveform.ts'
import { LEAD_NAMES, type EcgMeasurements, type Measured, type Waveform } from '@/contract.ts'

const I = new Float32Array([1, 2])
const II = new Float32Array([3, 7])
const waveform = (one: Float32Array, two: Float32Array): Waveform => {
  const combined: Record<string, (a: number, b: number) => number> = {
    I: (a) => a,
    II: (_, b) => b,
    III: (a, b) => b - a,
    aVR: (a, b) => -(a + b) / 2,
    aVL: (a, b) => a - b / 2,
    aVF: (a, b) => b - a / 2,
  }
  return {
    rateHz: 500,
    window: null,
    leads: LEAD_NAMES.map((name, k) => ({
      name,
      derived: !['I', 'II'].includes(name) && !name.startsWith('V'),
      samplesMv: one.map((value, i) => combined[name]?.(value, two[i]!) ?? k),
    })),
  }
}

describe('a view with electrodes exchanged back', () => {
  it('gives the leads that the right places would have given, and leaves the recorded ones', () => {
    // LA and RA at each other’s place: I is turned round, II and III trade places.
    const recorded = waveform(I.map((value) => -value), II.map((value, i) => value - I[i]!)) // prettier-ignore
    const before = recorded.leads.map(({ samplesMv }) => [...samplesMv])
    const corrected = correctWaveform(recorded, 'LA/RA')
    const expected = waveform(I, II)
    for (const [k, lead] of corrected.leads.entries()) expect(lead.samplesMv, lead.name).toEqual(expected.leads[k]!.samplesMv) // prettier-ignore
    expect(recorded.leads.map(({ samplesMv }) => [...samplesMv])).toEqual(before)
  })
  it('can’t give back what an electrode on a leg has lost', () => {
    const recorded = waveform(I, II)
    expect(correctWaveform(recorded, 'RA/RL')).toBe(recorded)
  })
})

it('measurements stand beside the device’s, in reading order, with their units', () => {
  const none: Measured = { value: null, reason: 'no-p-wave' }
  const names = ['heartRateBpm', 'rrMs', 'pMs', 'prMs', 'qrsMs', 'qtMs', 'qtcBazettMs', 'qtcFridericiaMs', 'qtcFraminghamMs', 'qtcHodgesMs', 'pAxisDegrees', 'qrsAxisDegrees', 'tAxisDegrees'] as const // prettier-ignore
  const ours = Object.fromEntries(names.map((name) => [name, none])) as EcgMeasurements['ours']
  const rows = measureRows({
    ours: { ...ours, qrsMs: { value: 92 } },
    device: { values: { qrsMs: 96 }, statements: [] },
    fiducials: { pOnsetMs: null, pOffsetMs: null, qrsOnsetMs: null, qrsOffsetMs: null, tPeakMs: null, tOffsetMs: null },
    beats: { found: 8, used: 8 },
  })
  expect(rows.map(({ measure }) => measure).toSorted()).toEqual(names.toSorted())
  expect(rows.find(({ measure }) => measure === 'qrsMs')).toEqual({ measure: 'qrsMs', unit: 'Ms', ours: { value: 92 }, device: 96 }) // prettier-ignore
  expect(rows[0]).toMatchObject({ measure: 'heartRateBpm', unit: 'Bpm', ours: none, device: undefined })
})
