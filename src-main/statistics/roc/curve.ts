import { requireBinary, requireNumbers, requireSameLength, requireTwoClasses, type Values } from '../checks.ts'
import { sortedOrder } from '../order.ts'

export interface RocCurve {
  falsePositiveRate: number[]
  truePositiveRate: number[]
  /** Positive when score ≥ threshold; null for the first point, where nothing is called positive. */
  thresholds: (number | null)[]
}

/** Counts of cases called positive at each distinct score, from the highest score down. */
export interface ThresholdCounts {
  thresholds: number[]
  truePositives: number[]
  falsePositives: number[]
  positives: number
  negatives: number
}

/**
 * Empirical ROC curve from (0, 0) to (1, 1).
 *
 * @param dropCollinear  leave out points that lie on a straight line between their neighbours (scikit-learn's default)
 * @throws AppError `statistics/empty`, `not-finite`, `not-binary`, `one-class`, `ragged`
 */
export function rocCurve(truth: Values, score: Values, { dropCollinear = false } = {}): RocCurve {
  requireTwoClasses(truth)
  const counts = thresholdCounts(truth, score)
  const hits = [0, ...counts.truePositives]
  const alarms = [0, ...counts.falsePositives]
  const thresholds = [null, ...counts.thresholds]
  const kept = hits.map((_, i) => i).filter((i) => !dropCollinear || isCorner(hits, alarms, i))
  return {
    falsePositiveRate: kept.map((i) => alarms[i]! / counts.negatives),
    truePositiveRate: kept.map((i) => hits[i]! / counts.positives),
    thresholds: kept.map((i) => thresholds[i]!),
  }
}

/** Takes one class alone too. @throws AppError `statistics/empty`, `not-finite`, `not-binary`, `ragged`. */
export function thresholdCounts(truth: Values, score: Values): ThresholdCounts {
  requireBinary(truth, 'truth')
  requireNumbers(score, 'score')
  requireSameLength(truth, score, 'truth and score')
  const order = sortedOrder(score).reverse()
  const result: ThresholdCounts = { thresholds: [], truePositives: [], falsePositives: [], positives: 0, negatives: 0 }
  let hits = 0
  let alarms = 0
  for (const [i, position] of order.entries()) {
    if (truth[position] === 1) hits++
    else alarms++
    const next = order[i + 1]
    if (next !== undefined && score[next] === score[position]) continue
    result.thresholds.push(score[position]!)
    result.truePositives.push(hits)
    result.falsePositives.push(alarms)
  }
  result.positives = hits
  result.negatives = alarms
  return result
}

function isCorner(hits: number[], alarms: number[], i: number): boolean {
  // As scikit-learn: the origin and the first and last cut always stay, others where both counts change their step.
  if (i <= 1 || i === hits.length - 1) return true
  return hits[i + 1]! - 2 * hits[i]! + hits[i - 1]! !== 0 || alarms[i + 1]! - 2 * alarms[i]! + alarms[i - 1]! !== 0
}
