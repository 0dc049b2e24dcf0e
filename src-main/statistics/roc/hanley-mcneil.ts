import { refuse, requireCount } from '../checks.ts'

/**
 * Standard error of an area under the ROC curve from its value and the two group sizes (exponential approximation).
 *
 * @throws AppError `statistics/bad-count`, `statistics/not-probability`
 * @see Hanley & McNeil, Radiology 1982;143:29–36
 */
export function hanleyMcNeilStandardError(auc: number, positives: number, negatives: number): number {
  requireCount(positives, 'the number of positive cases', 1)
  requireCount(negatives, 'the number of negative cases', 1)
  if (!(auc >= 0 && auc <= 1)) refuse('not-probability', `an area of ${auc} is not in [0, 1]`)
  const twoPositives = auc / (2 - auc)
  const twoNegatives = (2 * auc ** 2) / (1 + auc)
  const variance =
    auc * (1 - auc) + (positives - 1) * (twoPositives - auc ** 2) + (negatives - 1) * (twoNegatives - auc ** 2)
  return Math.sqrt(Math.max(variance, 0) / (positives * negatives))
}
