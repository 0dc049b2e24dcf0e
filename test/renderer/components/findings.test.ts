import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BULLS_EYE } from '@/components/findings/bulls-eye.ts'
import { LONG_AXIS } from '@/components/findings/long-axis.ts'
import {
  describePhenotypes,
  longAxisOf,
  segmentsOf,
  shortNames,
  splitByVessel,
} from '@/components/findings/phenotype-groups.ts'
import { riskBand } from '@/components/findings/risk-band.ts'

const band = (probability: number, threshold: number) =>
  riskBand({ probability, threshold, positive: probability >= threshold })

describe('the word for a probability', () => {
  it('is near the threshold while the odds are within a factor of two', () => {
    expect(band(0.34, 0.5)).toBe('just-below')
    expect(band(0.32, 0.5)).toBe('low')
    expect(band(0.5, 0.5)).toBe('just-above')
    expect(band(0.66, 0.5)).toBe('just-above')
    expect(band(0.67, 0.5)).toBe('high')
  })

  it('says above exactly where the screening says positive', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(probability, probability, (value, threshold) => {
        const positive = value >= threshold
        const above = ['just-above', 'high'].includes(riskBand({ probability: value, threshold, positive }))
        expect(above).toBe(positive)
      }),
    )
  })

  it('survives thresholds of 0 and 1', () => {
    expect(band(0, 0)).toBe('just-above')
    expect(band(0.5, 1)).toBe('low')
  })
})

describe('phenotypes', () => {
  const result = { id: 'LVEDV', field: 24100, name: 'LV end-diastolic volume', unit: 'mL', value: 150 }
  const described = { id: 'LVEDV', field: 24100, name: { en: 'LV EDV', zh: '左室容积' }, unit: 'mL', group: 'lv' }

  it('take group and names from the pack, joined by field', () => {
    expect(describePhenotypes([result], [described])[0]).toMatchObject({ group: 'lv', names: { zh: '左室容积' } })
  })

  it('are shown even where the pack does not describe them', () => {
    expect(describePhenotypes([result], [])[0]).toMatchObject({
      group: 'other',
      names: { zh: 'LV end-diastolic volume' },
    })
  })

  it('make a map of 16 segments and a global value, or none', () => {
    const members = Array.from({ length: 17 }, (_, index) => ({
      ...result,
      field: 24140 - index,
      group: 'wall-thickness',
      names: { en: '', zh: '' },
    }))
    const map = segmentsOf(members, 'wall-thickness')!
    expect(map.segments.map((segment) => segment.field)).toEqual(
      Array.from({ length: 16 }, (_, index) => 24124 + index),
    )
    expect(map.global.field).toBe(24140)
    expect(segmentsOf(members.slice(1), 'wall-thickness')).toBeNull()
  })

  it('make a long-axis view of six segments and a global value, or none', () => {
    const members = Array.from({ length: 7 }, (_, index) => ({ ...result, field: 24175 + index, group: 'ell' }))
    expect(longAxisOf(members)!.global.field).toBe(24181)
    expect(longAxisOf(members.slice(1))).toBeNull()
  })

  it('stand by vessel, titled by what the names share', () => {
    const aorta = (id: string, en: string, zh: string) => ({ ...result, id, group: 'aorta', names: { en, zh } })
    const vessels = splitByVessel([
      aorta('AAo_max_area', 'Ascending aorta maximum area', '升主动脉最大面积'),
      aorta('AAo_min_area', 'Ascending aorta minimum area', '升主动脉最小面积'),
      aorta('AAo_distensibility', 'Ascending aorta distensibility', '升主动脉扩张性'),
      aorta('DAo_max_area', 'Descending aorta maximum area', '降主动脉最大面积'),
    ])
    expect(vessels.map(({ id, members }) => [id, members.length])).toEqual([
      ['AAo', 3],
      ['DAo', 1],
    ])
    expect(vessels[0]!.title).toEqual({ en: 'Ascending aorta', zh: '升主动脉' })
  })

  it('lose what the heading says already, never half a word', () => {
    expect(shortNames(['LV end-diastolic volume', 'LV ejection fraction'])).toEqual([
      'End-diastolic volume',
      'Ejection fraction',
    ])
    expect(shortNames(['左心室射血分数', '左心室心肌质量'])).toEqual(['射血分数', '心肌质量'])
    expect(shortNames(['Ascending aorta area', 'Descending aorta area'])).toEqual([
      'Ascending aorta area',
      'Descending aorta area',
    ])
    expect(shortNames(['Segment 1', 'Segment 12'])).toEqual(['1', '12'])
    expect(shortNames(['LV mass'])).toEqual(['LV mass'])
  })
})

describe('the long-axis view', () => {
  it('goes from the septal base on the left over the apex to the lateral base', () => {
    const [basalSeptal, midSeptal, apicalSeptal, apicalLateral, , basalLateral] = LONG_AXIS
    expect(LONG_AXIS.map(({ place }) => place).slice(0, 2)).toEqual(['basalSeptal', 'midSeptal'])
    expect(basalSeptal!.labelX).toBeLessThan(100)
    expect(basalLateral!.labelX).toBeGreaterThan(100)
    expect(apicalSeptal!.labelY).toBeLessThan(midSeptal!.labelY)
    expect(midSeptal!.labelY).toBeLessThan(basalSeptal!.labelY)
    expect(apicalLateral!.labelX).toBeCloseTo(200 - apicalSeptal!.labelX, 9)
  })
})

describe('the bull’s-eye', () => {
  it('numbers the 16 AHA segments from the basal anterior wall', () => {
    expect(BULLS_EYE.map((segment) => segment.number)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
    expect(BULLS_EYE.filter((segment) => segment.ring === 'ringApical').map((segment) => segment.wall)).toEqual([
      'anterior',
      'septal',
      'inferior',
      'lateral',
    ])
  })

  it('puts anterior on top, the septum left, inferior below and lateral right', () => {
    const at = (number: number) => BULLS_EYE[number - 1]!
    for (const anterior of [1, 7, 13]) expect(at(anterior).labelY).toBeLessThan(100)
    for (const septal of [2, 3, 8, 9, 14]) expect(at(septal).labelX).toBeLessThan(100)
    for (const inferior of [4, 10, 15]) expect(at(inferior).labelY).toBeGreaterThan(100)
    for (const lateral of [5, 6, 11, 12, 16]) expect(at(lateral).labelX).toBeGreaterThan(100)
  })
})
