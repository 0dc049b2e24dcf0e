import type { Values } from '../checks.ts'

/** A fitted line on the logit scale. */
export interface LogisticFit {
  intercept: number
  slope: number
  interceptStandardError: number
  slopeStandardError: number
}

const MAX_STEPS = 100
/** Beyond this the classes are separated and the likelihood has no maximum. */
const SEPARATED = 1e6

/**
 * Logistic regression of a 0/1 outcome on one variable by Newton's method.
 *
 * @param y  0 or 1
 * @returns  null where no finite maximum exists (separated classes, x without spread)
 */
export function logisticLine(y: Values, x: Values): LogisticFit | null {
  let a = 0
  let b = 0
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradientA, gradientB, aa, ab, bb } = derivatives(y, x, a, b)
    const determinant = aa * bb - ab * ab
    if (!(determinant > 1e-14 * aa * bb)) return null
    const stepA = (bb * gradientA - ab * gradientB) / determinant
    const stepB = (aa * gradientB - ab * gradientA) / determinant
    a += stepA
    b += stepB
    if (!(Math.abs(a) + Math.abs(b) < SEPARATED)) return null
    if (Math.abs(stepA) + Math.abs(stepB) < 1e-12 * (1 + Math.abs(a) + Math.abs(b))) {
      return {
        intercept: a,
        slope: b,
        interceptStandardError: Math.sqrt(bb / determinant),
        slopeStandardError: Math.sqrt(aa / determinant),
      }
    }
  }
  return null
}

/**
 * The intercept alone, with a fixed offset per case.
 *
 * @returns null where no finite maximum exists (one class only)
 */
export function logisticIntercept(y: Values, offset: Values): number | null {
  let a = 0
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradientA, aa } = derivatives(y, offset, a, 1)
    const change = gradientA / aa
    a += change
    if (!(Math.abs(a) < SEPARATED)) return null
    if (Math.abs(change) < 1e-13 * (1 + Math.abs(a))) return a
  }
  return null
}

interface Derivatives {
  gradientA: number
  gradientB: number
  aa: number
  ab: number
  bb: number
}

function derivatives(y: Values, x: Values, a: number, b: number): Derivatives {
  const sums: Derivatives = { gradientA: 0, gradientB: 0, aa: 0, ab: 0, bb: 0 }
  for (let i = 0; i < y.length; i++) {
    const p = 1 / (1 + Math.exp(-(a + b * x[i]!)))
    const weight = p * (1 - p)
    sums.gradientA += y[i]! - p
    sums.gradientB += (y[i]! - p) * x[i]!
    sums.aa += weight
    sums.ab += weight * x[i]!
    sums.bb += weight * x[i]! ** 2
  }
  return sums
}
