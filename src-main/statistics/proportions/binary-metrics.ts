import { refuse, requireBinary, requireCount, requireSameLength, type Values } from '../checks.ts'
import { type Proportion, proportion } from './interval.ts'

export interface ConfusionCounts {
  truePositives: number
  falsePositives: number
  falseNegatives: number
  trueNegatives: number
}

/** Null marks a value without a meaning (0/0); a likelihood or odds ratio over zero is Infinity. */
export interface BinaryMetrics {
  sensitivity: Proportion
  specificity: Proportion
  ppv: Proportion
  npv: Proportion
  accuracy: Proportion
  prevalence: Proportion
  f1: number | null
  balancedAccuracy: number | null
  /** Matthews correlation coefficient; null when a row or column of the table is empty. */
  mcc: number | null
  youdenJ: number | null
  likelihoodRatioPositive: number | null
  likelihoodRatioNegative: number | null
  diagnosticOddsRatio: number | null
  cohenKappa: number | null
}

/** @throws AppError `statistics/empty`, `not-finite`, `not-binary`, `ragged`. */
export function confusionCounts(truth: Values, call: Values): ConfusionCounts {
  requireBinary(truth, 'truth')
  requireBinary(call, 'call')
  requireSameLength(truth, call, 'truth and call')
  const counts: ConfusionCounts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 }
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] === 1) counts[call[i] === 1 ? 'truePositives' : 'falseNegatives']++
    else counts[call[i] === 1 ? 'falsePositives' : 'trueNegatives']++
  }
  return counts
}

/**
 * Accuracy of a yes/no test against the truth, proportions with Wilson and Clopper–Pearson intervals.
 *
 * @throws AppError `statistics/bad-count`, `statistics/empty` for a table of zeros, `statistics/bad-parameter`
 */
export function binaryMetrics(counts: ConfusionCounts, { level = 0.95 } = {}): BinaryMetrics {
  for (const [name, count] of Object.entries(counts)) requireCount(count, name)
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn } = counts
  const total = tp + fp + fn + tn
  if (total === 0) refuse('empty', 'the table of calls holds no cases')
  const share = (numerator: number, denominator: number): Proportion => proportion(numerator, denominator, { level })
  const sensitivity = share(tp, tp + fn)
  const specificity = share(tn, tn + fp)
  const se = sensitivity.estimate
  const sp = specificity.estimate
  const both = se === null || sp === null ? null : { se, sp }
  const chance = (tp + fn) * (tp + fp) + (tn + fp) * (tn + fn)
  return {
    sensitivity,
    specificity,
    ppv: share(tp, tp + fp),
    npv: share(tn, tn + fn),
    accuracy: share(tp + tn, total),
    prevalence: share(tp + fn, total),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
    balancedAccuracy: both && (both.se + both.sp) / 2,
    mcc: ratioOrNull(tp * tn - fp * fn, Math.sqrt((tp + fp) * (tp + fn)) * Math.sqrt((tn + fp) * (tn + fn))),
    youdenJ: both && both.se + both.sp - 1,
    // From the counts, so that 1 − specificity is exact.
    likelihoodRatioPositive: both && ratio(tp * (tn + fp), fp * (tp + fn)),
    likelihoodRatioNegative: both && ratio(fn * (tn + fp), tn * (tp + fn)),
    diagnosticOddsRatio: ratio(tp * tn, fp * fn),
    cohenKappa: ratioOrNull(total * (tp + tn) - chance, total * total - chance),
  }
}

/** a / b, Infinity over zero, null for 0/0. */
function ratio(a: number, b: number): number | null {
  return a === 0 && b === 0 ? null : a / b
}

/** a / b, null over zero. */
function ratioOrNull(a: number, b: number): number | null {
  return b === 0 ? null : a / b
}
