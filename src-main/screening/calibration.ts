import type { Calibration } from '../../src-preload/contract/manifest.ts'

/**
 * Maps a disease logit to a calibrated probability.
 *
 * @see Platt JC 1999 (sigmoid); Zadrozny B, Elkan C, KDD 2002 (isotonic, here with linear interpolation between knots)
 */
export function calibrate(logit: number, calibration: Calibration): number {
  switch (calibration.kind) {
    case 'platt':
      return 1 / (1 + Math.exp(-(calibration.a * logit + calibration.b)))
    case 'isotonic':
      return interpolate(logit, calibration.logits, calibration.probabilities)
  }
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
