import { describe, expect, it } from 'vitest'
import { madeUpEcg, MADE_UP_RATE_HZ } from '../../../src-main/app/demonstration/made-up-ecg.ts'
import { runReadJob } from '../../../src-main/app/reading/read-job.ts'
import { dicomWriter } from '../../../src-main/ecg/writers/dicom.ts'

const lead = (channels: ReturnType<typeof madeUpEcg>, name: string): Float32Array =>
  channels.find((channel) => channel.name === name)!.samplesMv

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

  it('passes the quality gate with the heart rate that it was made with', () => {
    for (let patient = 0; patient < 12; patient += 1) {
      const channels = madeUpEcg(7, patient, 0)
      const [file] = dicomWriter.write({ rateHz: MADE_UP_RATE_HZ, channels }, 'made')
      const { prepared, refusal, summary } = runReadJob(file!, () => undefined, { leads: true, screening: true })
      expect([patient, refusal, prepared === null]).toEqual([patient, null, false])
      expect(summary.heartRateBpm).toBeGreaterThan(50)
      expect(summary.heartRateBpm).toBeLessThan(98)
    }
  })
})
