import { refuse, requireLevel, type Values } from '../checks.ts'
import { chiSquareUpperTail, normalQuantile, normalTwoSided, studentTwoSided } from '../distributions.ts'
import { type Matrix, quadraticFormInverse } from '../matrix.ts'
import { around } from '../moments.ts'
import { type Placements, placements } from './auc.ts'

export interface DelongAuc {
  auc: number
  /** Null where a class holds a single case: its spread is unknown. */
  variance: number | null
  standardError: number | null
  /** Symmetric normal, clipped to [0, 1]; a single point when the variance is zero. */
  interval: [number, number] | null
}

export interface DelongPaired {
  auc: [number, number]
  variance: [number | null, number | null]
  covariance: number | null
  /** First minus second. */
  difference: number
  standardErrorOfDifference: number | null
  /** Null when the difference has no variance, as for two identical scores. */
  z: number | null
  pTwoSided: number | null
  differenceInterval: [number, number] | null
}

export interface DelongContrast {
  auc: number[]
  covarianceMatrix: (number | null)[][]
  /** Null when no contrast has any variance. */
  chiSquare: number | null
  /** Rank of the contrasts' covariance matrix. */
  df: number
  p: number | null
}

export interface DelongUnpaired {
  auc: [number, number]
  variance: [number | null, number | null]
  tWelch: number | null
  dfWelch: number | null
  pWelch: number | null
  z: number | null
  pNormal: number | null
}

/**
 * Area under the ROC curve with DeLong's variance and interval.
 *
 * @throws AppError `statistics/empty`, `not-finite`, `not-binary`, `one-class`, `ragged`, `bad-parameter`
 * @see DeLong, DeLong & Clarke-Pearson, Biometrics 1988;44:837–845
 */
export function delongAuc(truth: Values, score: Values, { level = 0.95 } = {}): DelongAuc {
  requireLevel(level)
  const placed = placements(truth, score)
  const variance = delongCovariance(placed, placed)
  if (variance === null) return { auc: placed.auc, variance, standardError: null, interval: null }
  const standardError = Math.sqrt(variance)
  const [lower, upper] = around(placed.auc, normalQuantile((1 + level) / 2) * standardError)
  return { auc: placed.auc, variance, standardError, interval: [Math.max(lower, 0), Math.min(upper, 1)] }
}

/** Two scores of the same cases compared. @throws AppError as {@link delongAuc}. */
export function delongPaired(truth: Values, score1: Values, score2: Values, { level = 0.95 } = {}): DelongPaired {
  requireLevel(level)
  const first = placements(truth, score1)
  const second = placements(truth, score2)
  const difference = first.auc - second.auc
  const variances: [number | null, number | null] = [delongCovariance(first, first), delongCovariance(second, second)]
  const covariance = delongCovariance(first, second)
  const ofDifference = varianceOfDifference(first, second)
  const standardError = ofDifference === null ? null : Math.sqrt(ofDifference)
  const z = standardError ? difference / standardError : null
  return {
    auc: [first.auc, second.auc],
    variance: variances,
    covariance,
    difference,
    standardErrorOfDifference: standardError,
    z,
    pTwoSided: z === null ? null : normalTwoSided(z),
    differenceInterval:
      standardError === null ? null : around(difference, normalQuantile((1 + level) / 2) * standardError),
  }
}

/**
 * Any linear contrasts of several correlated areas: χ² = (Lθ)ᵀ (L S Lᵀ)⁺ (Lθ) on rank(L S Lᵀ) degrees of freedom.
 *
 * @param scores    `[score][case]`
 * @param contrast  `[contrast][score]`
 * @throws AppError as {@link delongAuc}; `statistics/ragged` when a contrast does not fit the number of scores
 */
export function delongContrast(truth: Values, scores: readonly Values[], contrast: readonly Values[]): DelongContrast {
  if (scores.length === 0 || contrast.length === 0) refuse('empty', 'a contrast test needs scores and contrasts')
  for (const row of contrast) {
    if (row.length !== scores.length)
      refuse('ragged', `a contrast has ${row.length} weights for ${scores.length} scores`)
  }
  const placed = scores.map((score) => placements(truth, score))
  const covarianceMatrix = placed.map((a) => placed.map((b) => delongCovariance(a, b)))
  const areas = placed.map((one) => one.auc)
  if (covarianceMatrix.flat().includes(null)) return { auc: areas, covarianceMatrix, chiSquare: null, df: 0, p: null }
  const combine = (row: Values, column: readonly number[]): number =>
    column.reduce((t, value, i) => t + row[i]! * value, 0)
  const estimates = contrast.map((row) => combine(row, areas))
  const halfway = (covarianceMatrix as Matrix).map((column) => contrast.map((row) => combine(row, column)))
  const ofContrasts = contrast.map((row) =>
    contrast.map((_, j) =>
      combine(
        row,
        halfway.map((values) => values[j]!),
      ),
    ),
  )
  const { value, rank } = quadraticFormInverse(ofContrasts, estimates)
  const chiSquare = rank === 0 ? null : value
  return {
    auc: areas,
    covarianceMatrix,
    chiSquare,
    df: rank,
    p: chiSquare === null ? null : chiSquareUpperTail(chiSquare, rank),
  }
}

/**
 * Areas from two separate groups of cases. The Welch form takes n − 1 of each whole group, as pROC does.
 *
 * @throws AppError as {@link delongAuc}
 */
export function delongUnpaired(truth1: Values, score1: Values, truth2: Values, score2: Values): DelongUnpaired {
  const first = delongAuc(truth1, score1)
  const second = delongAuc(truth2, score2)
  const areas: [number, number] = [first.auc, second.auc]
  const variance: [number | null, number | null] = [first.variance, second.variance]
  const total = first.variance === null || second.variance === null ? 0 : first.variance + second.variance
  if (total === 0) {
    return { auc: areas, variance, tWelch: null, dfWelch: null, pWelch: null, z: null, pNormal: null }
  }
  const t = (first.auc - second.auc) / Math.sqrt(total)
  const df = total ** 2 / (first.variance! ** 2 / (truth1.length - 1) + second.variance! ** 2 / (truth2.length - 1))
  return {
    auc: areas,
    variance,
    tWelch: t,
    dfWelch: df,
    pWelch: studentTwoSided(t, df),
    z: t,
    pNormal: normalTwoSided(t),
  }
}

/** DeLong's covariance of two areas on the same cases; null where a class holds a single case. */
export function delongCovariance(a: Placements, b: Placements): number | null {
  const n1 = a.positives.length
  const n0 = a.negatives.length
  if (n1 < 2 || n0 < 2) return null
  return (
    crossProduct(a.positives, a.auc, b.positives, b.auc) / (n1 * (n1 - 1)) +
    crossProduct(a.negatives, a.auc, b.negatives, b.auc) / (n0 * (n0 - 1))
  )
}

/** From the differences of the placements: exactly zero for identical scores, never negative by rounding. */
function varianceOfDifference(a: Placements, b: Placements): number | null {
  return delongCovariance(minus(a, b), minus(a, b))
}

function minus(a: Placements, b: Placements): Placements {
  return {
    auc: a.auc - b.auc,
    positives: a.positives.map((value, i) => value - b.positives[i]!),
    negatives: a.negatives.map((value, i) => value - b.negatives[i]!),
  }
}

function crossProduct(x: Float64Array, meanX: number, y: Float64Array, meanY: number): number {
  let total = 0
  for (let i = 0; i < x.length; i++) total += (x[i]! - meanX) * (y[i]! - meanY)
  return total
}
