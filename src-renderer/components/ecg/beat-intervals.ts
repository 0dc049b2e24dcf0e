import type { MeasuredEcg } from '../../contract.ts'

/** One interval of a beat, in s from the start of what is drawn. */
export interface DrawnInterval {
  kind: 'pr' | 'qrs' | 'qt'
  fromS: number
  toS: number
  ms: number
}

/** Beats nearer to or further from their neighbours than this share of the usual R–R are not of the usual shape or time. */
const LEAST_RR = 0.85
const MOST_RR = 1.15

/**
 * PR, QRS and QT where they lie: in the median beat, or laid on the beats of the recording that the median beat stands
 * for. They were measured in the median beat, so a beat that comes early or late (ectopics, fibrillation) gets none.
 *
 * @returns one list a beat; an interval whose ends could not be told is left out
 */
export function beatIntervals(
  { measurements, medianBeat, rPeaksS }: MeasuredEcg,
  onMedian: boolean,
): DrawnInterval[][] {
  if (!medianBeat) return []
  const { pOnsetMs, qrsOnsetMs, qrsOffsetMs, tOffsetMs } = measurements.fiducials
  const ends = [
    { kind: 'pr', from: pOnsetMs, to: qrsOnsetMs },
    { kind: 'qrs', from: qrsOnsetMs, to: qrsOffsetMs },
    { kind: 'qt', from: qrsOnsetMs, to: tOffsetMs },
  ] as const
  const peaks = onMedian ? [medianBeat.rIndex / medianBeat.rateHz] : regularPeaks(rPeaksS)
  return peaks.map((rS) =>
    ends.flatMap(({ kind, from, to }) =>
      from === null || to === null ? [] : [{ kind, fromS: rS + from / 1000, toS: rS + to / 1000, ms: to - from }],
    ),
  )
}

function regularPeaks(rPeaksS: readonly number[]): number[] {
  const gaps = rPeaksS.slice(1).map((at, index) => at - rPeaksS[index]!)
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]
  if (usual === undefined) return []
  const regular = (gap: number | undefined): boolean =>
    gap === undefined || (gap >= LEAST_RR * usual && gap <= MOST_RR * usual)
  return rPeaksS.filter((_, index) => regular(gaps[index - 1]) && regular(gaps[index]))
}
