import { describe, expect, it } from 'vitest'
import type { Arm } from '../../src-preload/contract/study-protocol.ts'
import { primaryEntry } from '../../src-main/reader-study/analysis/primary.ts'
import type { StudyData } from '../../src-main/reader-study/analysis/ratings.ts'
import { VirtualReaders } from '../../src-main/reader-study/simulation/virtual-readers.ts'
import { exampleProtocol } from './example.ts'
import { LONG } from './long.ts'

/** A study of virtual readers as the analysis takes it: 111 cases, 77 diseased, six readers, the two primary arms. */
function virtualStudy(areas: ReadonlyMap<Arm, number>, seed: number): StudyData {
  const protocol = exampleProtocol()
  const cases = Array.from({ length: 111 }, (_, index) => ({
    caseId: index + 1,
    truth: index < 77 ? (1 as const) : (0 as const),
    subtype: null,
    modelScore: null,
    modelCall: null,
  }))
  const virtual = new VirtualReaders(areas, [1, 2, 3, 4, 5, 6], seed)
  const readings = protocol.primary.arms.flatMap((arm) =>
    protocol.readers.flatMap(({ readerId, seniority }) =>
      cases.map((one, position) => ({
        readerId,
        seniority,
        caseId: one.caseId,
        truth: one.truth,
        stratum: 'all',
        stageId: 'stage-1',
        stageKind: 'diagnostic' as const,
        arm,
        sitting: 1,
        position,
        pass: 1,
        previousArm: null,
        answers: virtual.diagnose(protocol, readerId, one, arm),
        activeMs: 1000,
        awayMs: 0,
        submittedMs: 0,
        openedEarly: false,
        clockFlagged: false,
        overTime: false,
        revisions: 0,
        version: 1,
      })),
    ),
  )
  const { readers } = protocol
  return { protocol, cases, truth: cases.map((one) => one.truth), arms: [...protocol.primary.arms], readers, readings }
}

interface Difference {
  Estimate: number
  'p-value': number
  CI_lower: number
  CI_upper: number
}
const differenceOf = (data: StudyData): Difference =>
  (primaryEntry(data).results['pairwise_differences'] as unknown as Difference[])[0]!

describe('the primary analysis of virtual studies', () => {
  const studies = LONG ? 500 : 60
  it(`calls ${studies} studies without a difference significant about one time in twenty`, () => {
    const none = new Map<Arm, number>([
      ['ecg', 0.8],
      ['ecg-generated', 0.8],
    ])
    let significant = 0
    for (let seed = 1; seed <= studies; seed++)
      if (differenceOf(virtualStudy(none, seed))['p-value'] < 0.05) significant += 1
    const share = significant / studies
    // 500 studies: 3 to 7 %. Of 60, a true 5 % gives more than 9 once in 1,000 times.
    if (LONG) expect(share).toBeGreaterThanOrEqual(0.03)
    expect(share).toBeLessThanOrEqual(LONG ? 0.07 : 0.15)
  })
  it('covers a true difference of 0.10 with its intervals, and finds it', () => {
    const areas = new Map<Arm, number>([
      ['ecg', 0.75],
      ['ecg-generated', 0.85],
    ])
    const runs = LONG ? 200 : 25
    let covered = 0
    let total = 0
    for (let seed = 1; seed <= runs; seed++) {
      const one = differenceOf(virtualStudy(areas, 1000 + seed))
      total += one.Estimate
      if (one.CI_lower <= 0.1 && 0.1 <= one.CI_upper) covered += 1
    }
    expect(covered / runs).toBeGreaterThanOrEqual(LONG ? 0.91 : 0.8)
    expect(total / runs).toBeGreaterThan(0.08)
    expect(total / runs).toBeLessThan(0.12)
  })
})
