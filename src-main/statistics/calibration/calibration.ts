import { requireBinary, requireProbabilities, requireSameLength, requireTwoClasses, type Values } from '../checks.ts'
import { normalTwoSided } from '../distributions.ts'
import { mean } from '../moments.ts'
import { auc } from '../roc/auc.ts'
import { logisticIntercept, logisticLine } from './logistic-regression.ts'

export interface Calibration {
  brier: number
  /** 1 − Brier / Brier of the prevalence. */
  brierScaled: number
  /** Infinity when a certain prediction was wrong. */
  logLoss: number
  auc: number
  /** Intercept with the logit as offset. Null where a probability is 0 or 1 (infinite logit); so for the next three. */
  calibrationInTheLarge: number | null
  /** Line of the outcome on the logit of the prediction; null too when the classes are separated. */
  calibrationIntercept: number | null
  calibrationSlope: number | null
  calibrationSlopeStandardError: number | null
  /** Null when every prediction is 0, ½ or 1: the statistic has no variance. */
  spiegelhalterZ: number | null
  spiegelhalterP: number | null
}

/** Mean squared error of probabilities. @throws AppError `statistics/empty`, `not-binary`, `not-probability`, `ragged`. */
export function brierScore(truth: Values, probability: Values): number {
  requirePredictions(truth, probability)
  return mean(Array.from(probability, (p, i) => (p - truth[i]!) ** 2))
}

/**
 * How well predicted probabilities match the outcomes.
 *
 * @throws AppError as {@link brierScore}; `statistics/one-class`
 * @see Brier 1950; Cox, Biometrika 1958;45:562–565; Spiegelhalter, Stat Med 1986;5:421–433
 */
export function calibration(truth: Values, probability: Values): Calibration {
  const { positives } = requireTwoClasses(truth)
  requirePredictions(truth, probability)
  const p = Array.from(probability)
  const prevalence = positives / truth.length
  const brier = brierScore(truth, probability)
  const extreme = p.some((value) => value === 0 || value === 1)
  const logit = extreme ? null : p.map((value) => Math.log(value) - Math.log1p(-value))
  const line = logit && logisticLine(truth, logit)
  const spread = p.reduce((total, value) => total + (1 - 2 * value) ** 2 * value * (1 - value), 0)
  const excess = p.reduce((total, value, i) => total + (truth[i]! - value) * (1 - 2 * value), 0)
  const z = spread === 0 ? null : excess / Math.sqrt(spread)
  return {
    brier,
    brierScaled: 1 - brier / (prevalence * (1 - prevalence)),
    logLoss: mean(p.map((value, i) => -(truth[i] === 1 ? Math.log(value) : Math.log1p(-value)))),
    auc: auc(truth, probability),
    calibrationInTheLarge: logit && logisticIntercept(truth, logit),
    calibrationIntercept: line && line.intercept,
    calibrationSlope: line && line.slope,
    calibrationSlopeStandardError: line && line.slopeStandardError,
    spiegelhalterZ: z,
    spiegelhalterP: z === null ? null : normalTwoSided(z),
  }
}

/** @throws AppError `statistics/empty`, `not-finite`, `not-binary`, `not-probability`, `ragged`. */
export function requirePredictions(truth: Values, probability: Values): void {
  requireBinary(truth, 'truth')
  requireProbabilities(probability, 'the probabilities')
  requireSameLength(truth, probability, 'truth and probability')
}
