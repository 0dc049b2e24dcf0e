import { requireTwoClasses, type Values } from '../checks.ts'
import { requirePredictions } from './calibration.ts'

const BINS = 500

/**
 * The concordance index as Harrell's `lrm` and `val.prob` print it: predictions in the same bin of 0.002 count as
 * tied. An approximation of the area under the ROC curve, kept to compare with published numbers; use `auc` else.
 *
 * @returns null where every prediction is 0 or 1 (those are left out, as their logit is infinite) or a class is gone
 * @throws AppError as `brierScore`; `statistics/one-class`
 */
export function binnedConcordance(truth: Values, probability: Values): number | null {
  requireTwoClasses(truth)
  requirePredictions(truth, probability)
  const diseased = new Float64Array(BINS + 1)
  const normal = new Float64Array(BINS + 1)
  for (let i = 0; i < truth.length; i++) {
    const p = probability[i]!
    if (p === 0 || p === 1) continue
    // There and back through the logit, as the fit does: decides on which side of an edge a rounded p falls.
    const logit = Math.max(-30, Math.min(30, Math.log(p / (1 - p))))
    const bins = truth[i] === 1 ? diseased : normal
    bins[Math.floor(BINS / (1 + Math.exp(-logit)))]!++
  }
  let below = 0
  let wins = 0
  let positives = 0
  for (let bin = 0; bin <= BINS; bin++) {
    wins += diseased[bin]! * (below + normal[bin]! / 2)
    below += normal[bin]!
    positives += diseased[bin]!
  }
  return below * positives === 0 ? null : wins / (below * positives)
}
