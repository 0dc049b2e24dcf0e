import { describe, expect, it } from 'vitest'
import { madeUpEcg, MADE_UP_RATE_HZ } from '../../../src-main/app/demonstration/made-up-ecg.ts'
import { madeUpHeart } from '../../../src-main/app/demonstration/made-up-heart.ts'
import { runReadJob } from '../../../src-main/app/reading/read-job.ts'
import { dicomWriter } from '../../../src-main/ecg/writers/dicom.ts'

const lead = (channels: ReturnType<typeof madeUpEcg>, name: string): Float32Array =>
  channels.find((channel) => channel.name === name)!.samplesMv

const middle = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!

describe('an ECG of nobody', () => {
  it('keeps Einthoven’s and Goldberger’s laws', () => {
    const channels = madeUpEcg(1, 2, 3)
    const [one, two, three] = ['I', 'II', 'III'].map((name) => lead(channels, name))
    const augmented = ['aVR', 'aVL', 'aVF'].map((name) => lead(channels, name))
    for (let t = 0; t < one!.length; t += 7) {
      expect(two![t]! - one![t]!).toBeCloseTo(three![t]!, 5)
      expect(augmented.reduce((sum, samples) => sum + samples[t]!, 0)).toBeCloseTo(0, 5)
    }
  })

  it('is the same for the same seed, patient and visit, and another for any other', () => {
    const first = lead(madeUpEcg(1, 2, 3), 'V5')
    expect(lead(madeUpEcg(1, 2, 3), 'V5')).toEqual(first)
    for (const [seed, patient, visit] of [
      [2, 2, 3],
      [1, 3, 3],
      [1, 2, 2],
    ] as const)
      // prettier-ignore
      expect(lead(madeUpEcg(seed, patient, visit), 'V5')).not.toEqual(first)
  })

  it('passes the quality gate with the heart rate of its heart', () => {
    for (let patient = 0; patient < 12; patient += 1) {
      const channels = madeUpEcg(7, patient, 1)
      const [file] = dicomWriter.write({ rateHz: MADE_UP_RATE_HZ, channels }, 'made')
      const { prepared, refusal, summary } = runReadJob(file!, () => undefined, { leads: true, screening: true })
      expect([patient, refusal, prepared === null]).toEqual([patient, null, false])
      expect(Math.abs(summary.heartRateBpm! - madeUpHeart(7, patient, 1).rateBpm)).toBeLessThan(6)
    }
  })

  // Medians of 420 healthy subjects that the kit's own simulator drew: the highest or lowest of ten seconds, in mV.
  it('is as high in every lead as the healthy hearts that the pack knows', () => {
    const healthy = Array.from({ length: 150 }, (_, patient) => patient)
      .filter((patient) => madeUpHeart(5, patient, 1).illness.kind === 'none')
      .map((patient) => madeUpEcg(5, patient, 1))
    const ends = (name: string, end: (a: number, b: number) => number): number =>
      middle(healthy.map((channels) => lead(channels, name).reduce((most, mv) => end(most, mv), 0)))
    const known = { I: 0.65, II: 0.785, V4: 1.35, V5: 1.16, V6: 0.885, V1: -1.017, V2: -1.04 }
    const made = Object.entries(known).map(([name, mv]) => ends(name, mv > 0 ? Math.max : Math.min) / mv)
    for (const ratio of made) expect(ratio).toBeCloseTo(1, 0.6)
  })
})

describe('a heart of nobody', () => {
  it('is ill as often as in the cohort that the pack was calibrated on, and worse at each visit', () => {
    const hearts = Array.from({ length: 2000 }, (_, patient) => madeUpHeart(3, patient, 1))
    const share = (of: (kind: string, failure: string | null) => boolean): number =>
      hearts.filter(({ illness }) => of(illness.kind, illness.failure)).length / hearts.length
    expect(share((kind) => kind === 'none')).toBeCloseTo(0.7, 1)
    expect(share((kind) => kind === 'hf')).toBeCloseTo(0.06, 1.5)
    expect(share((kind, failure) => kind === 'cad' || failure === 'ischaemic')).toBeCloseTo(0.121, 1.5)
    expect(share((kind) => ['dcm', 'hcm', 'rcm'].includes(kind))).toBeCloseTo(0.1, 1.5)
    const ill = hearts.findIndex(({ illness }) => illness.kind === 'dcm')
    const [first, second] = [1, 3].map((visit) => madeUpHeart(3, ill, visit))
    expect(second!.ejection).toBeLessThan(first!.ejection)
    expect(second!.leftVolume).toBeGreaterThan(first!.leftVolume)
  })
})
