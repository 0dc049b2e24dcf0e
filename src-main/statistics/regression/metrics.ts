import { requireLevel, requireNumbers, requireSameLength, type Values } from '../checks.ts'
import { concordanceCorrelation } from '../agreement/concordance.ts'
import { mean, populationVariance, sumOfProducts } from '../moments.ts'
import { median } from '../quantile.ts'
import { type Correlation, correlation } from './correlation.ts'

export interface RegressionMetrics {
  meanAbsoluteError: number
  meanSquaredError: number
  rootMeanSquaredError: number
  /** 1 − SSE/SST, negative for a prediction worse than the mean; null when the truth does not vary. */
  r2: number | null
  medianAbsoluteError: number
  /** As r2, but blind to a constant bias. */
  explainedVariance: number | null
  /** Mean of predicted − true. */
  bias: number
  /** Null with fewer than two pairs. */
  correlation: Correlation | null
  linConcordance: number | null
}

/** Errors of a prediction. @throws AppError `statistics/empty`, `ragged`, `not-finite`, `bad-parameter`. */
export function regressionMetrics(truth: Values, predicted: Values, { level = 0.95 } = {}): RegressionMetrics {
  requireNumbers(truth, 'truth')
  requireNumbers(predicted, 'predicted')
  requireSameLength(truth, predicted, 'truth and predicted')
  requireLevel(level)
  const errors = Array.from(predicted, (value, i) => value - truth[i]!)
  const absolute = errors.map(Math.abs)
  const squares = errors.map((error) => error * error)
  const total = sumOfProducts(truth, truth)
  const meanSquaredError = mean(squares)
  const pairs = truth.length >= 2
  return {
    meanAbsoluteError: mean(absolute),
    meanSquaredError,
    rootMeanSquaredError: Math.sqrt(meanSquaredError),
    r2: total === 0 ? null : 1 - (meanSquaredError * truth.length) / total,
    medianAbsoluteError: median(absolute),
    explainedVariance: total === 0 ? null : 1 - (populationVariance(errors) * truth.length) / total,
    bias: mean(errors),
    correlation: pairs ? correlation(truth, predicted, { level }) : null,
    linConcordance: pairs ? concordanceCorrelation(truth, predicted).coefficient : null,
  }
}
