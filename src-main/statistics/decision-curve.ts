import {
  refuse,
  requireBinary,
  requireNumbers,
  requireProbabilities,
  requireSameLength,
  type Values,
} from './checks.ts'
import { requirePredictions } from './calibration/calibration.ts'

export interface NetBenefit {
  threshold: number
  /** Share of all cases that are true positives. */
  truePositiveRate: number
  falsePositiveRate: number
  /** TP/n − FP/n · pt/(1 − pt) − harm. */
  netBenefit: number
  /** Against treating everybody, per person; null at a threshold of 0. */
  interventionsAvoided: number | null
}

/**
 * Net benefit of treating where the predicted probability reaches the threshold.
 *
 * @param thresholds  in [0, 1)
 * @param harm        cost of the test itself, in net benefit
 * @throws AppError `statistics/empty`, `not-finite`, `not-binary`, `not-probability`, `ragged`, `bad-parameter`
 * @see Vickers & Elkin, Med Decis Making 2006;26:565–574
 */
export function decisionCurve(truth: Values, probability: Values, thresholds: Values, { harm = 0 } = {}): NetBenefit[] {
  requirePredictions(truth, probability)
  return atThresholds(truth, thresholds, (i, threshold) => probability[i]! >= threshold, harm)
}

/** The same for calls that are yes or no whatever the threshold, such as those of a reader. @throws AppError as {@link decisionCurve}. */
export function decisionCurveOfCalls(truth: Values, call: Values, thresholds: Values, { harm = 0 } = {}): NetBenefit[] {
  requireBinary(truth, 'truth')
  requireBinary(call, 'call')
  requireSameLength(truth, call, 'truth and call')
  return atThresholds(truth, thresholds, (i) => call[i] === 1, harm)
}

/** Treating everybody (`all`) or nobody (`none`). @throws AppError as {@link decisionCurve}. */
export function decisionCurveOfPolicy(truth: Values, policy: 'all' | 'none', thresholds: Values): NetBenefit[] {
  requireBinary(truth, 'truth')
  return atThresholds(truth, thresholds, () => policy === 'all', 0)
}

function atThresholds(
  truth: Values,
  thresholds: Values,
  treats: (i: number, threshold: number) => boolean,
  harm: number,
): NetBenefit[] {
  requireProbabilities(thresholds, 'the thresholds')
  requireNumbers([harm], 'the harm')
  const n = truth.length
  let diseased = 0
  for (let i = 0; i < n; i++) diseased += truth[i]!
  return Array.from(thresholds, (threshold) => {
    if (threshold === 1) refuse('bad-parameter', 'a threshold of 1 gives false positives an infinite weight')
    let hits = 0
    let alarms = 0
    for (let i = 0; i < n; i++) {
      if (!treats(i, threshold)) continue
      if (truth[i] === 1) hits++
      else alarms++
    }
    const odds = threshold / (1 - threshold)
    const netBenefit = hits / n - (alarms / n) * odds - harm
    const ofAll = diseased / n - (1 - diseased / n) * odds
    return {
      threshold,
      truePositiveRate: hits / n,
      falsePositiveRate: alarms / n,
      netBenefit,
      interventionsAvoided: odds === 0 ? null : (netBenefit - ofAll) / odds,
    }
  })
}
