import { requireCount, requireNumbers, requireSameLength, type Values } from '../checks.ts'
import { mean, sumOfProducts } from '../moments.ts'
import { pearson } from './correlation.ts'

export interface LinearRegression {
  /** Null when x does not vary; so for the others. */
  slope: number | null
  intercept: number | null
  pearson: number | null
  rSquared: number | null
  /** Null with fewer than 3 points. */
  slopeStandardError: number | null
}

/** Least-squares line y = intercept + slope · x. @throws AppError `statistics/empty`, `ragged`, `not-finite`, `bad-count`. */
export function linearRegression(x: Values, y: Values): LinearRegression {
  requireNumbers(x, 'x')
  requireNumbers(y, 'y')
  requireSameLength(x, y, 'x and y')
  requireCount(x.length, 'the number of points', 2)
  const sxx = sumOfProducts(x, x)
  if (sxx === 0) return { slope: null, intercept: null, pearson: null, rSquared: null, slopeStandardError: null }
  const slope = sumOfProducts(x, y) / sxx
  const intercept = mean(y) - slope * mean(x)
  const r = pearson(x, y)
  let residual = 0
  for (let i = 0; i < x.length; i++) residual += (y[i]! - intercept - slope * x[i]!) ** 2
  return {
    slope,
    intercept,
    pearson: r,
    rSquared: r === null ? null : r * r,
    slopeStandardError: x.length < 3 ? null : Math.sqrt(residual / (x.length - 2) / sxx),
  }
}
