import { describe, expect, it } from 'vitest'
import { beatIntervals } from '@/components/ecg/beat-intervals.ts'
import { earlierEcgs } from '@/components/ecg/use-comparison.ts'
import type { MeasuredEcg, RecordingEntry } from '@/contract.ts'

const fiducials = { pOnsetMs: -200, pOffsetMs: -90, qrsOnsetMs: -40, qrsOffsetMs: 50, tPeakMs: 260, tOffsetMs: 350 }
const measured = (rPeaksS: number[], changed: Partial<typeof fiducials> | { pOnsetMs: null } = {}): MeasuredEcg =>
  ({
    measurements: { fiducials: { ...fiducials, ...changed } },
    medianBeat: { rateHz: 500, rIndex: 150, leads: [] },
    rPeaksS,
  }) as unknown as MeasuredEcg

describe('intervals on the paper', () => {
  it('lie where the median beat has them', () => {
    const [beat] = beatIntervals(measured([]), true)
    expect(beat!.map(({ kind, fromS, toS, ms }) => [kind, fromS.toFixed(3), toS.toFixed(3), ms])).toEqual([
      ['pr', '0.100', '0.260', 160],
      ['qrs', '0.260', '0.350', 90],
      ['qt', '0.260', '0.650', 390],
    ])
  })

  it('are laid on regular beats, and on none that comes early or before a pause', () => {
    const beats = beatIntervals(measured([0.5, 1.3, 2.1, 2.6, 3.7, 4.5, 5.3]), false)
    // 2.6 comes 300 ms early: it, the beat before it and the one after its pause have an unusual neighbour.
    expect(beats.map((beat) => Math.round(1000 * (beat[1]!.fromS + 0.04)))).toEqual([500, 1300, 4500, 5300])
  })

  it('leave out what could not be told, and are none without a median beat', () => {
    const [beat] = beatIntervals(measured([1, 2, 3], { pOnsetMs: null }), false)
    expect(beat!.map(({ kind }) => kind)).toEqual(['qrs', 'qt'])
    expect(beatIntervals({ ...measured([1, 2, 3]), medianBeat: null }, false)).toEqual([])
  })
})

describe('ECGs to compare with', () => {
  const entry = (id: string, startTime: string, patientId?: string) =>
    ({ id, file: id, ecg: { startTime, sampleCount: 1, patient: { id: patientId } } }) as unknown as RecordingEntry
  const now = entry('now', '2024-05-01', 'A1')
  const others = [entry('a', '2024-01-01', 'A1'), entry('b', '2024-04-01', 'other'), entry('c', '2024-06-01', 'A1')]
  const ids = (some: readonly RecordingEntry[]) => some.map(({ id }) => id)

  it('are those whose file names the same patient, the latest before this one first', () => {
    expect(ids(earlierEcgs(now, [now, ...others]))).toEqual(['a', 'c'])
  })

  it('of the registry’s patient are all, whatever name their files give', () => {
    expect(ids(earlierEcgs(now, [now, ...others], { sameFilePatient: false }))).toEqual(['b', 'a', 'c'])
  })
})
