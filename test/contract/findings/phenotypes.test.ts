import { describe, expect, it } from 'vitest'
import type { PhenotypeResult } from '../../../src-preload/contract/screening.ts'
import { ageInYears } from '../../../src-preload/contract/findings/age.ts'
import { changeBetween, changeOfDisease } from '../../../src-preload/contract/findings/change.ts'
import { checkConsistency } from '../../../src-preload/contract/findings/contradictions.ts'
import { personOf } from '../../../src-preload/contract/findings/person.ts'
import {
  bodySurfaceM2,
  MID_WALL,
  placeInRange,
  referenceFor,
} from '../../../src-preload/contract/findings/reference-ranges.ts'
import { isWeak } from '../../../src-preload/contract/findings/strength.ts'
import { referenceManifest } from '../../inference/pack-builder.ts'

const output = (id: string, value: number, halfWidth: number, unit = 'mL') => ({
  id,
  field: 24100,
  name: id,
  unit,
  value,
  interval: [value - halfWidth, value + halfWidth] as [number, number],
})

describe('outputs that were predicted each by itself', () => {
  const sound = [
    output('LVEDV', 150, 40),
    output('LVESV', 60, 25),
    output('LVSV', 90, 26),
    output('LVEF', 60, 9, '%'),
    output('RVSV', 88, 27),
  ]

  it('agree where arithmetic does', () => {
    const checks = checkConsistency(sound)
    expect(checks.map(({ id, implied, contradicts }) => [id, implied, contradicts])).toEqual([
      ['lv-stroke-volume', 90, false],
      ['lv-ejection-fraction', 60, false],
      ['both-stroke-volumes', 90, false],
    ])
  })

  it('contradict where the others make a value outside the output’s own interval of it', () => {
    const with_ = (changed: ReturnType<typeof output>) =>
      checkConsistency(sound.map((one) => (one.id === changed.id ? changed : one)))
        .filter(({ contradicts }) => contradicts)
        .map(({ id }) => id)
    expect(with_(output('LVSV', 63.9, 26))).toEqual(['lv-stroke-volume'])
    expect(with_(output('LVSV', 64.1, 26))).toEqual([])
    expect(with_(output('LVEF', 50.9, 9, '%'))).toEqual(['lv-ejection-fraction'])
    // Of the two stroke volumes the narrower interval, ±26 mL, counts.
    expect(with_(output('RVSV', 116.1, 27))).toEqual(['both-stroke-volumes'])
    expect(with_(output('RVSV', 115.9, 27))).toEqual([])
  })

  it('keep their tolerance where an interval is cut off at zero', () => {
    const cut = { ...output('LVSV', 20, 26), interval: [0, 46] as [number, number] }
    const [check] = checkConsistency([output('LVEDV', 110, 40), output('LVESV', 70, 25), cut])
    expect(check).toMatchObject({ implied: 40, tolerance: 26, contradicts: false })
  })

  it('are not held against each other where one is missing or has no interval', () => {
    const bare: PhenotypeResult = output('LVSV', 10, 1)
    delete bare.interval
    expect(checkConsistency([output('LVEDV', 150, 40), bare])).toEqual([])
    expect(checkConsistency([output('LVEDV', 150, 40), output('LVESV', 60, 25), bare])).toEqual([])
  })
})

describe('reference ranges', () => {
  const man = { sex: 'male', ageYears: 60 } as const
  const woman = { sex: 'female', ageYears: 60 } as const

  it('are mean ± 1.96 standard deviations of the source', () => {
    expect(referenceFor('LVEF', man)).toMatchObject({ lower: 58 - 9.8, upper: 58 + 9.8, source: 'petersen2017' })
    expect(referenceFor('LVEF', woman)).toMatchObject({ lower: 61 - 9.8, upper: 61 + 9.8 })
    const mass = referenceFor('LVM', { ...woman, bodySurfaceM2: 1.7 })
    expect(mass).toMatchObject({ by: ['sex', 'body-surface'] })
    if (typeof mass !== 'string') {
      expect(mass.lower).toBeCloseTo((42 - 1.96 * 7) * 1.7, 10)
      expect(mass.upper).toBeCloseTo((42 + 1.96 * 7) * 1.7, 10)
    }
  })

  it('of the aorta go by age', () => {
    const means = [30, 45, 54, 55, 64, 65, 90].map((ageYears) => {
      const range = referenceFor('AAo_max_area', { sex: 'male', ageYears })
      return typeof range === 'string' ? range : (range.lower + range.upper) / 2
    })
    expect(means).toEqual([819, 931, 931, 1004, 1004, 1088, 1088])
  })

  it('are not given where what they depend on is unknown, nor for children', () => {
    expect(referenceFor('LVEF', { ageYears: 60 })).toBe('sex-unknown')
    expect(referenceFor('LVM', man)).toBe('body-surface-unknown')
    expect(referenceFor('DAo_max_area', { sex: 'male' })).toBe('age-unknown')
    expect(referenceFor('Ecc_global', { ageYears: 17 })).toBe('age-outside')
    expect(referenceFor('LVEF', { sex: 'male', ageYears: 12 })).toBe('age-outside')
  })

  it('say so where a person is older than the people of the source', () => {
    expect(referenceFor('LVEF', { sex: 'male', ageYears: 75 })).toMatchObject({ outsideAges: true })
    expect(referenceFor('LVEF', { sex: 'male', ageYears: 74 })).toMatchObject({ outsideAges: false })
  })

  it('are never given from figures that were not read in their source', () => {
    const known = { ...man, bodySurfaceM2: 1.9 }
    const given = referenceManifest()
      .phenotypes.map(({ id }) => id)
      .filter((id) => typeof referenceFor(id, known) !== 'string')
    expect(given).toEqual([
      'LVEDV',
      'LVEF',
      'LVM',
      'RVEDV',
      'RVESV',
      'LAV_max',
      'LASV',
      'AAo_max_area',
      'DAo_max_area',
      'Ecc_global',
      'Err_global',
      'Ell_global',
    ])
    expect(referenceFor('LVESV', known)).toBe('not-verified')
    // 190 ± 33 mL.
    expect(referenceFor('RVEDV', known)).toMatchObject({ lower: 190 - 1.96 * 33, source: 'hudsmith2005', by: ['sex'] })
    expect(referenceFor(MID_WALL, known)).toMatchObject({ source: 'kawel2012' })
  })

  it('are left clearly only by a whole interval', () => {
    const range = { lower: 50, upper: 70 }
    const place = (value: number, interval?: [number, number]) =>
      placeInRange({ value, interval }, { ...range, source: 'petersen2017', by: [], outsideAges: false })
    expect([place(50), place(49), place(71), place(40, [31, 49]), place(40, [31, 51]), place(80, [71, 89])]).toEqual([
      'within', 'below', 'above', 'clearly-below', 'below', 'clearly-above',
    ]) // prettier-ignore
  })
})

describe('who was recorded', () => {
  const ecg = { startTime: '2024-03-01T08:00:00', patient: { sex: 'male' as const, ageYears: 40 } }
  const patient = { id: '' as never, localId: '1', name: 'x', sex: 'female' as const, birthDate: '1964-03-02' }

  it('is known from the registry, and from the file where the registry leaves it open', () => {
    expect(personOf({ patient, ecg, importedAt: '' })).toMatchObject({ sex: 'female', ageYears: 59 })
    const open = { ...patient, sex: 'unknown' as const, birthDate: null, heightCm: 180, weightKg: 80 }
    expect(personOf({ patient: open, ecg, importedAt: '' })).toEqual({
      sex: 'male',
      ageYears: 40,
      bodySurfaceM2: 2,
    })
    expect(personOf({ patient: null, ecg: {}, importedAt: '2024-01-01' })).toEqual({
      sex: undefined,
      ageYears: undefined,
      bodySurfaceM2: undefined,
    })
  })

  it('counts years up to the birthday, and Mosteller’s square metres', () => {
    expect(ageInYears('2000-02-29', '2001-02-28T23:00')).toBe(0)
    expect(ageInYears('2000-02-29', '2001-03-01')).toBe(1)
    expect(bodySurfaceM2(180, 80)).toBe(2)
  })
})

describe('a change from one recording to the next', () => {
  it('is more than repeatability only beyond it, and unknown without it', () => {
    expect(changeBetween(100, 109, 9.5)).toEqual({ by: 9, beyond: false })
    expect(changeBetween(100, 90, 9.5)).toEqual({ by: -10, beyond: true })
    expect(changeBetween(100, 90, undefined)).toEqual({ by: -10, beyond: null })
  })

  it('of a disease counts in odds: from 0.01 to 0.04 is as far as from 0.5 to 0.804', () => {
    const [low, high] = [0.5 / 0.5, 0.04 / 0.96 / (0.01 / 0.99)].map(Math.log) as [number, number]
    const away = 1 / (1 + Math.exp(-(low + high)))
    for (const [from, to] of [
      [0.01, 0.04],
      [0.5, away],
    ] as const) {
      expect(changeOfDisease({ probability: from }, { probability: to }, high * 0.999).beyond).toBe(true)
      expect(changeOfDisease({ probability: from }, { probability: to }, high * 1.001).beyond).toBe(false)
    }
  })
})

describe('an output', () => {
  it('is weak below an R² of a quarter, and not called so where the pack says nothing', () => {
    expect([isWeak({ r2: 0.249 }), isWeak({ r2: 0.25 }), isWeak({})]).toEqual([true, false, false])
  })
})
