import { requireCount, requireLevel, requireNumbers, requireSameLength, type Values } from '../checks.ts'
import { normalQuantile, studentQuantile, studentTwoSided } from '../distributions.ts'
import { around, mean, sampleVariance } from '../moments.ts'
import { pearson } from '../regression/correlation.ts'

export interface BlandAltman {
  n: number
  /** Mean of x − y. */
  bias: number
  standardDeviation: number
  lowerLimit: number
  upperLimit: number
  biasInterval: [number, number]
  lowerLimitInterval: [number, number]
  upperLimitInterval: [number, number]
  /** Paired t test of a zero bias; null when all differences are equal. */
  pBiasZero: number | null
  /** Correlation of the difference with the mean of both; null where either does not vary. */
  correlationOfDifferenceAndMean: number | null
}

/**
 * Limits of agreement of two measurements of the same quantity: bias ± z · SD of the differences.
 *
 * @param level     of the intervals around bias and limits (Student's t, n − 1)
 * @param coverage  share of differences between the limits, 0.95 by custom
 * @throws AppError `statistics/empty`, `ragged`, `not-finite`, `bad-count` for a single pair, `bad-parameter`
 * @see Bland & Altman, Lancet 1986;i:307–310; Stat Methods Med Res 1999;8:135–160
 */
export function blandAltman(x: Values, y: Values, { level = 0.95, coverage = 0.95 } = {}): BlandAltman {
  requireNumbers(x, 'x')
  requireNumbers(y, 'y')
  requireSameLength(x, y, 'x and y')
  requireCount(x.length, 'the number of pairs', 2)
  requireLevel(level)
  requireLevel(coverage)
  const n = x.length
  const differences = Array.from(x, (value, i) => value - y[i]!)
  const means = Array.from(x, (value, i) => (value + y[i]!) / 2)
  const bias = mean(differences)
  const standardDeviation = Math.sqrt(sampleVariance(differences))
  const z = normalQuantile((1 + coverage) / 2)
  const t = studentQuantile((1 + level) / 2, n - 1)
  const [lowerLimit, upperLimit] = around(bias, z * standardDeviation)
  const biasError = standardDeviation / Math.sqrt(n)
  const limitError = standardDeviation * Math.sqrt(1 / n + z ** 2 / (2 * (n - 1)))
  return {
    n,
    bias,
    standardDeviation,
    lowerLimit,
    upperLimit,
    biasInterval: around(bias, t * biasError),
    lowerLimitInterval: around(lowerLimit, t * limitError),
    upperLimitInterval: around(upperLimit, t * limitError),
    pBiasZero: biasError === 0 ? null : studentTwoSided(bias / biasError, n - 1),
    correlationOfDifferenceAndMean: pearson(differences, means),
  }
}
