import { refuse, requireScored, type Values } from '../checks.ts'
import { sortedOrder } from '../order.ts'

/**
 * The area under the ROC curve of resampled or re-labelled cases, fast: the scores are sorted once, and each round is
 * one pass over the distinct scores with how often every case was drawn.
 *
 * @returns a function of the draw counts per case; NaN for a draw that lacks a class
 * @throws AppError `statistics/empty`, `not-finite`, `not-binary`, `one-class`, `ragged`
 */
export function weightedAuc(truth: Values, score: Values): (timesDrawn: Uint16Array) => number {
  requireScored(truth, score)
  const order = sortedOrder(score)
  const diseased = Uint8Array.from(order, (i) => truth[i]!)
  const lastOfTie = Uint8Array.from(order, (i, at) =>
    at + 1 === order.length || score[order[at + 1]!] !== score[i] ? 1 : 0,
  )
  return (timesDrawn) => {
    let normals = 0
    let doubledWins = 0
    let diseasedTotal = 0
    let tiedNormals = 0
    let tiedDiseased = 0
    for (let at = 0; at < order.length; at++) {
      const times = timesDrawn[order[at]!]!
      const ofDiseased = times * diseased[at]!
      tiedDiseased += ofDiseased
      tiedNormals += times - ofDiseased
      if (lastOfTie[at] === 0) continue
      doubledWins += tiedDiseased * (2 * normals + tiedNormals)
      normals += tiedNormals
      diseasedTotal += tiedDiseased
      tiedNormals = 0
      tiedDiseased = 0
    }
    return doubledWins / (2 * normals * diseasedTotal)
  }
}

/** How often each of n cases occurs in a resample. @throws AppError `statistics/bad-resample`. */
export function drawCounts(resample: ArrayLike<number>, n: number): Uint16Array {
  const counts = new Uint16Array(n)
  for (let i = 0; i < resample.length; i++) {
    const position = resample[i]!
    if (!(position >= 0 && position < n)) refuse('bad-resample', `a resample names position ${position} of ${n} cases`)
    counts[position]!++
  }
  return counts
}
