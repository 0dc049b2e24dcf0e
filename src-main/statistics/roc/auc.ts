import { requireScored, type Values } from '../checks.ts'
import { midranks } from '../order.ts'

/** Share of the opposite class that each case beats, half a point for a tie (DeLong's structural components). */
export interface Placements {
  auc: number
  /** One value per diseased case, in data order. */
  positives: Float64Array
  /** One value per normal case, in data order. */
  negatives: Float64Array
}

/**
 * Area under the ROC curve: the chance that a diseased case scores higher than a normal one, ties counting half.
 *
 * @param truth  0 or 1 per case, both present
 * @param score  higher means more suspicious
 * @throws AppError `statistics/empty`, `not-finite`, `not-binary`, `one-class`, `ragged`
 * @see Bamber 1975; Mann & Whitney 1947
 */
export function auc(truth: Values, score: Values): number {
  const { positives, negatives } = requireScored(truth, score)
  const ranks = midranks(score)
  let rankSum = 0
  for (let i = 0; i < truth.length; i++) if (truth[i] === 1) rankSum += ranks[i]!
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/**
 * Placements of every case among the opposite class, from midranks in O(n log n).
 *
 * @throws AppError as {@link auc}
 * @see Sun & Xu, IEEE Signal Processing Letters 2014;21:1389–1393
 */
export function placements(truth: Values, score: Values): Placements {
  const counts = requireScored(truth, score)
  const all = midranks(score)
  const own = [0, 1].map((group) => midranks(Array.from(score).filter((_, i) => truth[i] === group)))
  const positives = new Float64Array(counts.positives)
  const negatives = new Float64Array(counts.negatives)
  let p = 0
  let n = 0
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] === 1) {
      positives[p] = (all[i]! - own[1]![p]!) / counts.negatives
      p++
    } else {
      negatives[n] = 1 - (all[i]! - own[0]![n]!) / counts.positives
      n++
    }
  }
  return { auc: auc(truth, score), positives, negatives }
}
