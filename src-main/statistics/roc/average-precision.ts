import { refuse, requireBinary, requireTable, type Values } from '../checks.ts'
import { mean } from '../moments.ts'
import { auc } from './auc.ts'
import { type ThresholdCounts, thresholdCounts } from './curve.ts'

export interface PrecisionRecallCurve {
  /** Ends with 1 at recall 0. */
  precision: number[]
  recall: number[]
  /** Rising; one fewer than the points, since the last point has none. */
  thresholds: number[]
}

export interface MeanAveragePrecision {
  /** Null for a class that no case has. */
  averagePrecisionPerClass: (number | null)[]
  /** Null when one of the classes is undefined. */
  macro: number | null
  /** All labels of all cases pooled. */
  micro: number
  /** Null for a class that no or every case has. */
  aucPerClass: (number | null)[]
  aucMacro: number | null
}

/**
 * Step-wise area under the precision–recall curve, Σ (Rₙ − Rₙ₋₁) Pₙ; tied scores make one step, nothing is interpolated.
 *
 * @throws AppError `statistics/empty`, `not-finite`, `not-binary`, `ragged`, `one-class` without a positive case
 */
export function averagePrecision(truth: Values, score: Values): number {
  const counts = countsWithPositives(truth, score)
  let area = 0
  for (const [i, hits] of counts.truePositives.entries()) {
    const gained = hits - (counts.truePositives[i - 1] ?? 0)
    area += (gained / counts.positives) * (hits / (hits + counts.falsePositives[i]!))
  }
  // The sum of rounded shares may exceed the whole by a last digit.
  return Math.min(1, area)
}

/** @throws AppError as {@link averagePrecision}. */
export function precisionRecallCurve(truth: Values, score: Values): PrecisionRecallCurve {
  const counts = countsWithPositives(truth, score)
  const rising = counts.thresholds.map((_, i) => i).reverse()
  return {
    precision: [
      ...rising.map((i) => counts.truePositives[i]! / (counts.truePositives[i]! + counts.falsePositives[i]!)),
      1,
    ],
    recall: [...rising.map((i) => counts.truePositives[i]! / counts.positives), 0],
    thresholds: rising.map((i) => counts.thresholds[i]!),
  }
}

/**
 * Average precision over the classes of a one-hot (or multi-label) truth.
 *
 * @param truth  `[case][class]`, 0 or 1
 * @param score  `[case][class]`
 * @throws AppError as {@link averagePrecision}
 */
export function meanAveragePrecision(truth: readonly Values[], score: readonly Values[]): MeanAveragePrecision {
  const shape = requireTable(truth, 'truth')
  const scoreShape = requireTable(score, 'score')
  if (shape.rows !== scoreShape.rows || shape.columns !== scoreShape.columns) {
    refuse('ragged', `truth is ${shape.rows} × ${shape.columns}, score ${scoreShape.rows} × ${scoreShape.columns}`)
  }
  const column = (rows: readonly Values[], k: number): number[] => rows.map((row) => row[k]!)
  const classes = Array.from({ length: shape.columns }, (_, k) => k)
  const members = classes.map((k) => column(truth, k).reduce((a, b) => a + b, 0))
  const perClass = classes.map((k) => (members[k] === 0 ? null : averagePrecision(column(truth, k), column(score, k))))
  const aucPerClass = classes.map((k) =>
    members[k] === 0 || members[k] === truth.length ? null : auc(column(truth, k), column(score, k)),
  )
  return {
    averagePrecisionPerClass: perClass,
    macro: meanOrNull(perClass),
    micro: averagePrecision(flatten(truth), flatten(score)),
    aucPerClass,
    aucMacro: meanOrNull(aucPerClass),
  }
}

/**
 * Mean over queries of the mean precision at each relevant rank.
 *
 * @param relevance  per query 0 or 1 in rank order; every query needs a relevant result
 * @throws AppError `statistics/one-class`, `empty`, `not-binary`
 * @see Manning, Raghavan & Schütze, Introduction to Information Retrieval, 8.4
 */
export function retrievalMeanAveragePrecision(relevance: readonly Values[]): {
  averagePrecision: number[]
  mean: number
} {
  if (relevance.length === 0) refuse('empty', 'there are no queries')
  const perQuery = relevance.map((ranked) => {
    requireBinary(ranked, 'relevance')
    const precisions: number[] = []
    for (let i = 0; i < ranked.length; i++) if (ranked[i] === 1) precisions.push((precisions.length + 1) / (i + 1))
    return precisions.length === 0 ? refuse('one-class', 'a query has no relevant result') : mean(precisions)
  })
  return { averagePrecision: perQuery, mean: mean(perQuery) }
}

function countsWithPositives(truth: Values, score: Values): ThresholdCounts {
  const counts = thresholdCounts(truth, score)
  return counts.positives > 0 ? counts : refuse('one-class', 'precision and recall need at least one positive case')
}

function meanOrNull(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === values.length ? mean(known) : null
}

function flatten(rows: readonly Values[]): number[] {
  return rows.flatMap((row) => Array.from(row))
}
