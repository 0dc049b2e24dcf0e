import type { Values } from './checks.ts'

export function sum(values: Values): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]!
  return total
}

/** The mean of equal values is exactly that value, so that their variance is exactly zero. */
export function mean(values: Values): number {
  const first = values[0]!
  let total = 0
  let equal = true
  for (let i = 0; i < values.length; i++) {
    total += values[i]!
    equal &&= values[i] === first
  }
  return equal ? first : total / values.length
}

/** Σ (x − x̄)(y − ȳ). */
export function sumOfProducts(x: Values, y: Values): number {
  const meanX = mean(x)
  const meanY = mean(y)
  let total = 0
  for (let i = 0; i < x.length; i++) total += (x[i]! - meanX) * (y[i]! - meanY)
  return total
}

/** With n − 1 in the denominator; NaN for one value. */
export function sampleVariance(values: Values): number {
  return sumOfProducts(values, values) / (values.length - 1)
}

/** With n in the denominator. */
export function populationVariance(values: Values): number {
  return sumOfProducts(values, values) / values.length
}

/** An interval of estimate ± half width. */
export function around(center: number, halfWidth: number): [number, number] {
  return [center - halfWidth, center + halfWidth]
}
