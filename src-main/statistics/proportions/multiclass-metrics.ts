import { requireNumbers, requireSameLength, type Values } from '../checks.ts'

export interface MulticlassMetrics {
  labels: number[]
  /** `[true label][predicted label]` */
  confusion: number[][]
  accuracy: number
  /** Mean recall of the labels that occur in the truth. */
  balancedAccuracy: number
  /** Null when all cases or all predictions have one label. */
  mcc: number | null
  cohenKappa: number | null
  perClass: PrecisionRecallF1[]
  macro: PrecisionRecallF1
  micro: PrecisionRecallF1
  /** Weighted by the number of true cases. */
  weighted: PrecisionRecallF1
}

/** Null where the denominator is zero, unless a replacement was asked for; a mean over a null is null. */
export interface PrecisionRecallF1 {
  precision: number | null
  recall: number | null
  f1: number | null
}

/**
 * Accuracy of a choice among several labels.
 *
 * @param zeroDivision  value for 0/0 per class; null (the default) keeps it undefined, 0 is scikit-learn's habit
 * @throws AppError `statistics/empty`, `not-finite`, `ragged`
 * @see Gorodkin, Comput Biol Chem 2004;28:367–374 (correlation for several classes)
 */
export function multiclassMetrics(
  truth: Values,
  predicted: Values,
  { zeroDivision = null }: { zeroDivision?: number | null } = {},
): MulticlassMetrics {
  requireNumbers(truth, 'truth')
  requireNumbers(predicted, 'predicted')
  requireSameLength(truth, predicted, 'truth and predicted')
  const labels = [...new Set([...Array.from(truth), ...Array.from(predicted)])].sort((a, b) => a - b)
  const confusion = labels.map(() => labels.map(() => 0))
  for (let i = 0; i < truth.length; i++) confusion[labels.indexOf(truth[i]!)]![labels.indexOf(predicted[i]!)]!++
  const n = truth.length
  const hits = labels.map((_, k) => confusion[k]![k]!)
  const actual = confusion.map((row) => row.reduce((a, b) => a + b, 0))
  const called = labels.map((_, k) => confusion.reduce((total, row) => total + row[k]!, 0))
  const divide = (a: number, b: number): number | null => (b === 0 ? zeroDivision : a / b)
  const perClass = labels.map((_, k) => ({
    precision: divide(hits[k]!, called[k]!),
    recall: divide(hits[k]!, actual[k]!),
    f1: divide(2 * hits[k]!, called[k]! + actual[k]!),
  }))
  const correct = hits.reduce((a, b) => a + b, 0)
  const accuracy = correct / n
  const chance = dot(actual, called)
  const seen = labels.map((_, k) => k).filter((k) => actual[k]! > 0)
  const spread = Math.sqrt(n * n - dot(called, called)) * Math.sqrt(n * n - dot(actual, actual))
  return {
    labels,
    confusion,
    accuracy,
    balancedAccuracy: seen.reduce((total, k) => total + hits[k]! / actual[k]!, 0) / seen.length,
    mcc: spread === 0 ? null : (correct * n - chance) / spread,
    cohenKappa: n * n === chance ? null : (n * correct - chance) / (n * n - chance),
    perClass,
    macro: average(
      perClass,
      labels.map(() => 1),
    ),
    micro: { precision: accuracy, recall: accuracy, f1: accuracy },
    weighted: average(perClass, actual),
  }
}

function average(perClass: PrecisionRecallF1[], weights: number[]): PrecisionRecallF1 {
  const total = weights.reduce((a, b) => a + b, 0)
  const over = (key: keyof PrecisionRecallF1): number | null =>
    perClass.reduce<number | null>((sum, one, k) => {
      const value = one[key]
      if (weights[k] === 0) return sum
      return sum === null || value === null ? null : sum + (value * weights[k]!) / total
    }, 0)
  return { precision: over('precision'), recall: over('recall'), f1: over('f1') }
}

function dot(a: number[], b: number[]): number {
  return a.reduce((total, value, i) => total + value * b[i]!, 0)
}
