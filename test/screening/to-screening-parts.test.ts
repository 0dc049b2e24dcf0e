import { describe, expect, it } from 'vitest'
import { ScreeningResult } from '../../src-preload/contract/screening.ts'
import type { ModelManifest } from '../../src-preload/contract/manifest.ts'
import { toScreeningParts } from '../../src-main/screening/to-screening-parts.ts'
import { referenceManifest } from '../inference/pack-builder.ts'

const Parts = ScreeningResult.pick({
  operatingPoint: true,
  diseases: true,
  subtypes: true,
  phenotypes: true,
  familiarity: true,
  marks: true,
})
const outputs = (dis: number[], sub = [0, 0, 0], distance = 0.5) => ({
  pheno: Float32Array.from({ length: 82 }, (_, index) => index + 0.5),
  dis: Float32Array.from(dis),
  sub: Float32Array.from(sub),
  distance: Float32Array.of(distance),
})
const packOf = (change: (manifest: ModelManifest) => void = () => undefined) => {
  const manifest = { ...referenceManifest(), trained: true }
  change(manifest)
  return { manifest, key: { purpose: 'release' as const } }
}
const adult = { patient: { ageYears: 64 } }

describe('the parts of a screening', () => {
  it('keep the contract', () => {
    expect(() => Parts.parse(toScreeningParts(outputs([9, 9, 9, 9]), packOf(), adult))).not.toThrow()
  })

  it('name the four diseases with the pack’s Youden thresholds; a probability at the threshold is positive', () => {
    const pack = packOf(({ diseases }) => {
      for (const disease of diseases) {
        disease.calibration = { kind: 'platt', a: 1, b: 0 }
        disease.thresholds = { youden: 0.5, sensitivity90: 0.2 }
      }
    })
    const { diseases } = toScreeningParts(outputs([0, -0.01, 0.01, -3]), pack, adult)
    expect(diseases.map(({ id, threshold, positive }) => [id, threshold, positive])).toEqual([
      ['cad', 0.5, true],
      ['hf', 0.5, false],
      ['cm', 0.5, true],
      ['ph', 0.5, false],
    ])
  })

  it('are marked by the operating point that the site chose, and keep it and the site’s prevalence', () => {
    const pack = packOf(({ diseases }) => {
      for (const disease of diseases) {
        disease.calibration = { kind: 'platt', a: 1, b: 0, covariance: [0.01, 0, 0.04] }
        disease.thresholds = { youden: 0.5, sensitivity90: 0.2, specificity98: 0.8 }
        disease.calibrationPrevalence = 0.1
      }
    })
    const at = (operatingPoint: 'screen' | 'balanced' | 'rule-in') =>
      toScreeningParts(outputs([0, 0, 0, 0]), pack, adult, { operatingPoint, prevalence: { hf: 0.02 } })
    expect(at('screen').diseases.map(({ threshold, positive }) => [threshold, positive])[0]).toEqual([0.2, true])
    expect(at('balanced').diseases[0]).toMatchObject({ threshold: 0.5, positive: true })
    const { operatingPoint, diseases, marks } = at('rule-in')
    expect(operatingPoint).toBe('rule-in')
    expect(marks).toEqual([])
    expect(diseases[0]).toMatchObject({ threshold: 0.8, positive: false, prevalence: { pack: 0.1, site: null } })
    expect(diseases[1]!.prevalence).toEqual({ pack: 0.1, site: 0.02 })
    // What is stored is the pack's; the site's prevalence moves it where it is shown.
    expect(diseases[1]!.probability).toBe(0.5)
    expect(diseases[1]!.interval![0]).toBeLessThan(0.5)
  })

  it('say so where the pack has no threshold for the site’s operating point', () => {
    const pack = packOf(({ diseases }) => {
      for (const disease of diseases) disease.thresholds = { youden: 0.5, sensitivity90: 0.2 }
    })
    const site = { operatingPoint: 'rule-in' as const, prevalence: {} }
    const { operatingPoint, diseases, marks } = toScreeningParts(outputs([0, 0, 0, 0]), pack, adult, site)
    expect([operatingPoint, diseases[0]!.threshold]).toEqual(['balanced', 0.5])
    expect(marks.map(({ code }) => code)).toEqual(['operating-point/absent'])
  })

  it('say how near the recording lies to the training subjects, and mark what is far', () => {
    const pack = packOf((manifest) => (manifest.familiarity = { unusual: 1.5, unlike: 2 }))
    const at = (distance: number) => {
      const { familiarity, marks } = toScreeningParts(outputs([0, 0, 0, 0], [0, 0, 0], distance), pack, adult)
      return [familiarity.level, ...marks.map(({ code }) => code)]
    }
    expect(at(1.25)).toEqual(['similar'])
    expect(at(1.5)).toEqual(['unusual', 'familiarity/unusual'])
    expect(at(2)).toEqual(['unlike', 'familiarity/unlike'])
  })

  it('give subtypes only where cardiomyopathy is positive', () => {
    const cm = packOf().manifest.diseases.findIndex(({ id }) => id === 'cm')
    for (const [index] of packOf().manifest.diseases.entries()) {
      const logits = [-9, -9, -9, -9]
      logits[index] = 9
      const { subtypes } = toScreeningParts(outputs(logits, [2, 1, 0]), packOf(), adult)
      expect(subtypes.map(({ id }) => id)).toEqual(index === cm ? ['dcm', 'hcm', 'rcm'] : [])
    }
  })

  it('give 82 phenotypes in field order with their units, and nothing about quality that the pack does not say', () => {
    const untrained = packOf(({ phenotypes }) => {
      for (const phenotype of phenotypes) {
        delete phenotype.r2
        delete phenotype.intervalHalfWidth
      }
    })
    const { phenotypes } = toScreeningParts(outputs([0, 0, 0, 0]), untrained, adult)
    expect(phenotypes.map(({ field }) => field)).toEqual(Array.from({ length: 82 }, (_, index) => 24100 + index))
    expect(phenotypes[3]).toEqual({
      id: untrained.manifest.phenotypes[3]!.id,
      field: 24103,
      name: untrained.manifest.phenotypes[3]!.name.en,
      unit: '%',
      value: 3.5,
    })
  })

  it('put the prediction interval around the value, within what can be', () => {
    const pack = packOf(({ phenotypes }) => Object.assign(phenotypes[0]!, { r2: 0.4, intervalHalfWidth: 20 }))
    const [first] = toScreeningParts(outputs([0, 0, 0, 0]), pack, adult).phenotypes
    expect(first).toMatchObject({ value: 0.5, r2: 0.4, interval: [0, 20.5] })
  })
})

describe('marks', () => {
  const codes = (...args: Parameters<typeof toScreeningParts>): string[] =>
    toScreeningParts(...args).marks.map(({ code }) => code)

  it('a trained, released pack on an adult carries none', () => {
    expect(codes(outputs([0, 0, 0, 0]), packOf(), adult)).toEqual([])
  })

  it('untrained weights say that the numbers mean nothing', () => {
    const { marks } = toScreeningParts(
      outputs([0, 0, 0, 0]),
      packOf((manifest) => (manifest.trained = false)),
      adult,
    )
    expect(marks).toEqual([{ code: 'pack/untrained', message: 'untrained weights: the numbers mean nothing' }])
  })

  it('a development key is told', () => {
    const { manifest } = packOf()
    expect(codes(outputs([0, 0, 0, 0]), { manifest, key: { purpose: 'development' } }, adult)).toEqual([
      'pack/development-key',
    ])
  })

  it('marks that were found before are kept', () => {
    const marks = [{ code: 'quality/noisy', message: 'V3 is noisy.' }]
    expect(codes(outputs([0, 0, 0, 0]), packOf(), { ...adult, marks })).toEqual(['quality/noisy'])
  })
})

describe('intended use', () => {
  const screened = (person: object, minimum = 18) =>
    toScreeningParts(
      outputs([0, 0, 0, 0]),
      packOf(({ intendedUse }) => (intendedUse.minimumAgeYears = minimum)),
      person,
    )

  it.each([
    ['an age of 17', { patient: { ageYears: 17 } }],
    ['an age of 17.9', { patient: { ageYears: 17.9 } }],
    ['an infant’s age', { patient: { ageYears: 0 } }],
    [
      'a birth date 18 years less a day before',
      { patient: { birthDate: '2006-05-18' }, startTime: '2024-05-17T08:00:00' },
    ],
  ])('a child is refused: %s', (_, person) => {
    expect(() => screened(person)).toThrow(expect.objectContaining({ code: 'intended-use/age' }))
  })

  it.each([
    ['an age of 18', { patient: { ageYears: 18 } }],
    ['an 18th birthday', { patient: { birthDate: '2006-05-17' }, startTime: '2024-05-17T08:00:00' }],
    ['a birthday of 29 February', { patient: { birthDate: '1960-02-29' }, startTime: '2024-02-28' }],
  ])('an adult is screened without a mark: %s', (_, person) => expect(screened(person).marks).toEqual([]))

  it.each([
    ['no patient', {}],
    ['a patient without dates', { patient: { sex: 'female' } }],
    ['a birth date but no time of recording', { patient: { birthDate: '2020-01-01' } }],
    ['a birth date that is none', { patient: { birthDate: 'unknown' }, startTime: '2024-05-17' }],
  ])('an unknown age is marked, not guessed: %s', (_, person) => {
    expect(screened(person).marks.map(({ code }) => code)).toEqual(['intended-use/age-unknown'])
  })

  it('a pack for all ages asks for none', () => expect(screened({}, 0).marks).toEqual([]))
})

describe('paced rhythm, by the pack’s own rule', () => {
  const codes = (pacedRhythm: 'allow' | 'mark' | 'withhold' | undefined, paced: 'spikes' | null): string[] =>
    toScreeningParts(
      outputs([0, 0, 0, 0]),
      packOf(({ intendedUse }) => pacedRhythm && (intendedUse.pacedRhythm = pacedRhythm)),
      { ...adult, quality: { paced } },
    ).marks.map(({ code }) => code)

  it('a pack that says nothing marks its results', () =>
    expect(codes(undefined, 'spikes')).toEqual(['intended-use/paced']))
  it('as one that says so', () => expect(codes('mark', 'spikes')).toEqual(['intended-use/paced']))
  it('one that is made for it does not', () => expect(codes('allow', 'spikes')).toEqual([]))
  it('one that withholds gives none', () =>
    expect(() => codes('withhold', 'spikes')).toThrow(expect.objectContaining({ code: 'intended-use/paced-refused' })))
  it('a rhythm of its own is not concerned', () => expect(codes('withhold', null)).toEqual([]))
})
