import type { Calibration } from '../../src-preload/contract/manifest.ts'
import { normalQuantile } from '../statistics/distributions.ts'

/**
 * Maps a disease logit to a calibrated probability.
 *
 * @see Platt JC 1999 (sigmoid); Zadrozny B, Elkan C, KDD 2002 (isotonic, here with linear interpolation between knots)
 */
export function calibrate(logit: number, calibration: Calibration): number {
  switch (calibration.kind) {
    case 'platt':
      return logistic(calibration.a * logit + calibration.b)
    case 'isotonic':
      return interpolate(logit, calibration.logits, calibration.probabilities)
  }
}

/**
 * How far the calibration may be off at this logit: the confidence interval of the logistic regression's mean, from the
 * covariance of its two coefficients (delta method on the logit scale).
 *
 * It is what is known of the risk of people with such a score in the calibration's population, not of this person.
 *
 * @returns undefined where the pack does not state the covariance
 * @see Hosmer DW, Lemeshow S, Applied Logistic Regression, 2nd ed. 2000, section 1.4
 */
export function calibrationInterval(
  logit: number,
  calibration: Calibration,
  { level = 0.95 } = {},
): [number, number] | undefined {
  if (calibration.kind !== 'platt' || !calibration.covariance) return undefined
  const [varianceA, covariance, varianceB] = calibration.covariance
  const variance = logit * logit * varianceA + 2 * logit * covariance + varianceB
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt(Math.max(0, variance))
  const line = calibration.a * logit + calibration.b
  return [logistic(line - reach), logistic(line + reach)]
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value))
}

/** Softmax over all logits; they add to 1. */
export function softmax(logits: Float32Array): number[] {
  const largest = Math.max(...logits)
  const powers = Array.from(logits, (logit) => Math.exp(logit - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** Piecewise linear over rising `x`, constant beyond its ends. */
function interpolate(at: number, x: readonly number[], y: readonly number[]): number {
  const upper = x.findIndex((knot) => knot >= at)
  if (upper === 0) return y[0]!
  if (upper === -1) return y.at(-1)!
  const share = (at - x[upper - 1]!) / (x[upper]! - x[upper - 1]!)
  return y[upper - 1]! + share * (y[upper]! - y[upper - 1]!)
}
