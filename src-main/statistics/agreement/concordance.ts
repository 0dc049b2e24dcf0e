import { requireCount, requireLevel, requireNumbers, requireSameLength, type Values } from '../checks.ts'
import { normalQuantile } from '../distributions.ts'
import { around, mean, populationVariance, sumOfProducts } from '../moments.ts'
import { pearson } from '../regression/correlation.ts'

export interface Concordance {
  /** Null when both lists are constant and equal. */
  coefficient: number | null
  /** Through the inverse hyperbolic tangent; null where the correlation is undefined or zero, or n < 3. */
  interval: [number, number] | null
  /** Accuracy part C_b = coefficient / r; null where r is undefined or zero. */
  biasCorrection: number | null
}

/**
 * Lin's concordance correlation with population (1/n) moments.
 *
 * @throws AppError `statistics/empty`, `ragged`, `not-finite`, `bad-count` for a single pair, `bad-parameter`
 * @see Lin, Biometrics 1989;45:255–268, with the variance corrected in Biometrics 2000;56:324–325
 */
export function concordanceCorrelation(x: Values, y: Values, { level = 0.95 } = {}): Concordance {
  requireNumbers(x, 'x')
  requireNumbers(y, 'y')
  requireSameLength(x, y, 'x and y')
  requireCount(x.length, 'the number of pairs', 2)
  requireLevel(level)
  const n = x.length
  const varianceX = populationVariance(x)
  const varianceY = populationVariance(y)
  const shift = mean(y) - mean(x)
  const total = varianceX + varianceY + shift ** 2
  if (total === 0) return { coefficient: null, interval: null, biasCorrection: null }
  const c = (2 * sumOfProducts(x, y)) / n / total
  const r = pearson(x, y)
  if (r === null || r === 0) return { coefficient: c, interval: null, biasCorrection: null }
  const biasCorrection = c / r
  if (n < 3) return { coefficient: c, interval: null, biasCorrection }
  if (Math.abs(c) >= 1) return { coefficient: c, interval: [c, c], biasCorrection }
  const u2 = shift ** 2 / Math.sqrt(varianceX * varianceY)
  const variance =
    (((1 - r ** 2) * c ** 2 * (1 - c ** 2)) / r ** 2 +
      (2 * c ** 3 * (1 - c) * u2) / r -
      (c ** 4 * u2 ** 2) / (2 * r ** 2)) /
    (n - 2)
  const errorOfZ = Math.sqrt(Math.max(variance, 0)) / (1 - c ** 2)
  const [lower, upper] = around(Math.atanh(c), normalQuantile((1 + level) / 2) * errorOfZ)
  return { coefficient: c, interval: [Math.tanh(lower), Math.tanh(upper)], biasCorrection }
}
