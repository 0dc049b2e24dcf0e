import { describe, expect, it } from 'vitest'
import { changesOf, courseOf, trendsOf } from '@/components/patients/trends.ts'
import type { AppDescription, RecordingEntry } from '@/contract.ts'

const PACK = 'a'.repeat(64)

/** A screened recording of one disease and one phenotype. */
function recording(startTime: string, probability: number, lvef: number, sha256 = PACK, site: number | null = null) {
  return {
    id: startTime,
    importedAt: '2025-01-01T00:00:00Z',
    ecg: { startTime },
    screening: {
      pack: { sha256 },
      diseases: [{ id: 'hf', probability, threshold: 0.1, positive: false, prevalence: { pack: 0.1, site } }],
      phenotypes: [{ id: 'LVEF', unit: '%', value: lvef }],
    },
  } as unknown as RecordingEntry
}

const pack = {
  sha256: PACK,
  diseases: [{ id: 'hf', repeatability: 1 }],
  phenotypes: [{ id: 'LVEF', repeatability: 2 }],
} as unknown as NonNullable<AppDescription['pack']>

describe('the course of an output', () => {
  it('goes from the oldest to the newest, whatever the order in which recordings come', () => {
    const [hf, lvef] = trendsOf([
      recording('2024-03-01', 0.3, 55),
      recording('2024-01-01', 0.1, 61),
      recording('2024-02-01', 0.2, 60),
    ])
    expect(hf!.points.map(({ value }) => value)).toEqual([0.1, 0.2, 0.3])
    expect(lvef!.points.map(({ value }) => value)).toEqual([61, 60, 55])
  })

  it('has changed only by more than the pack’s repeatability', () => {
    const trends = trendsOf([
      recording('2024-01-01', 0.1, 61),
      recording('2024-02-01', 0.2, 57),
      recording('2024-03-01', 0.25, 58.5),
    ])
    const [hf, lvef] = trends.map((trend) => changesOf(trend, pack))
    expect(lvef!.sinceBefore).toEqual({ by: 1.5, beyond: false })
    expect(lvef!.sinceFirst).toEqual({ by: -2.5, beyond: true })
    // logit 0.25 − logit 0.2 is 0.29, logit 0.25 − logit 0.1 is 1.10.
    expect([hf!.sinceBefore.beyond, hf!.sinceFirst.beyond]).toEqual([false, true])
  })

  it('is shown at the site’s prevalence and compared at the pack’s', () => {
    const [hf] = trendsOf([recording('2024-01-01', 0.3, 60), recording('2024-02-01', 0.3, 60, PACK, 0.01)])
    expect(hf!.points[1]!.value).toBeLessThan(0.05)
    const { sinceBefore } = changesOf(hf!, pack)
    expect(sinceBefore.by).toBeLessThan(-0.25)
    expect(sinceBefore.beyond).toBe(false)
  })

  it('is not held against a repeatability where another pack said one of the two', () => {
    const trends = trendsOf([recording('2024-01-01', 0.1, 80, 'b'.repeat(64)), recording('2024-02-01', 0.9, 40)])
    for (const trend of trends) expect(changesOf(trend, pack).sinceBefore.beyond).toBeNull()
  })
})

describe('its line', () => {
  const [hf, lvef] = trendsOf([recording('2024-01-01', 0.1, 50), recording('2024-01-11', 0.1, 60)])
  const bare = { ...pack, diseases: [], phenotypes: [] }

  it('fills its box, the largest value on top, and is level where nothing changes', () => {
    expect(courseOf(lvef!, bare, 100, 20)).toEqual({ points: [{ x: 0, y: 20 }, { x: 100, y: 0 }], band: null }) // prettier-ignore
    expect(courseOf(hf!, bare, 100, 20).points.map(({ y }) => y)).toEqual([10, 10])
  })

  it('looks like a course only as far as it leaves what chance may do around the first value', () => {
    // From 48 to 60: two above and two below the first value are chance.
    const { points, band } = courseOf(lvef!, pack, 100, 24)
    expect(points.map(({ y }) => y)).toEqual([20, 0])
    expect(band).toEqual({ y: 16, height: 8 })
    const [, steady] = trendsOf([recording('2024-01-01', 0.1, 60), recording('2024-01-11', 0.1, 60.5)])
    expect(courseOf(steady!, pack, 100, 24).points.map(({ y }) => y)).toEqual([12, 9])
  })

  it('has no such band where another pack said one of the values', () => {
    const [, other] = trendsOf([recording('2024-01-01', 0.1, 80, 'b'.repeat(64)), recording('2024-02-01', 0.9, 40)])
    expect(courseOf(other!, pack, 100, 20).band).toBeNull()
  })
})
