import { requireTwoClasses, type Values } from '../checks.ts'
import { thresholdCounts } from './curve.ts'

export interface YoudenPoint {
  /** Half-way between two neighbouring scores; positive when score > threshold. ±Infinity when all are called alike. */
  threshold: number
  sensitivity: number
  specificity: number
  truePositives: number
  trueNegatives: number
  falsePositives: number
  falseNegatives: number
  accuracy: number
  /** Null when no case is called positive. */
  ppv: number | null
  /** Null when no case is called negative. */
  npv: number | null
  youdenJ: number
}

/**
 * The cut with the largest sensitivity + specificity − 1; among equals the lowest threshold.
 *
 * @throws AppError as `rocCurve`
 * @see Youden, Cancer 1950;3:32–35
 */
export function youdenThreshold(truth: Values, score: Values): YoudenPoint {
  requireTwoClasses(truth)
  const counts = thresholdCounts(truth, score)
  let best = 0
  let bestGain = -Infinity
  // Whole numbers, so that equal cuts compare equal: J · n₁ · n₀.
  for (let i = 0; i <= counts.thresholds.length; i++) {
    const gain =
      (counts.truePositives[i - 1] ?? 0) * counts.negatives - (counts.falsePositives[i - 1] ?? 0) * counts.positives
    if (gain >= bestGain) {
      best = i
      bestGain = gain
    }
  }
  const truePositives = counts.truePositives[best - 1] ?? 0
  const falsePositives = counts.falsePositives[best - 1] ?? 0
  const trueNegatives = counts.negatives - falsePositives
  const falseNegatives = counts.positives - truePositives
  const above = counts.thresholds[best - 1] ?? Infinity
  const below = counts.thresholds[best] ?? -Infinity
  return {
    threshold: (above + below) / 2,
    sensitivity: truePositives / counts.positives,
    specificity: trueNegatives / counts.negatives,
    truePositives,
    trueNegatives,
    falsePositives,
    falseNegatives,
    accuracy: (truePositives + trueNegatives) / truth.length,
    ppv: best === 0 ? null : truePositives / (truePositives + falsePositives),
    npv: best === counts.thresholds.length ? null : trueNegatives / (trueNegatives + falseNegatives),
    youdenJ: bestGain / (counts.positives * counts.negatives),
  }
}
