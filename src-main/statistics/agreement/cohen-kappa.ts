import {
  refuse,
  requireCount,
  requireLevel,
  requireNumbers,
  requireSameLength,
  requireTable,
  type Values,
} from '../checks.ts'
import { normalQuantile, normalTwoSided } from '../distributions.ts'
import { around } from '../moments.ts'

export type KappaWeights = 'unweighted' | 'linear' | 'quadratic'

export interface CohenKappa {
  /** Null when chance agreement is complete (both raters use one category only). */
  kappa: number | null
  /** Large-sample standard error for the interval. */
  standardError: number | null
  /** Not clipped, as in vcd and SAS. */
  interval: [number, number] | null
  /** Standard error if there were no agreement beyond chance, for the test. */
  standardErrorUnderNull: number | null
  z: number | null
  pTwoSided: number | null
}

/**
 * Agreement of two raters beyond chance; the order of the categories matters for weights only.
 *
 * @param table    square counts, first rater by rows
 * @param weights  equal spacing (`linear`) or Fleiss–Cohen (`quadratic`)
 * @throws AppError `statistics/ragged`, `bad-count`, `empty`, `bad-parameter`
 * @see Cohen 1960, 1968; Fleiss, Cohen & Everitt, Psychol Bull 1969;72:323–327
 */
export function cohenKappa(
  table: readonly Values[],
  { weights = 'unweighted', level = 0.95 }: { weights?: KappaWeights; level?: number } = {},
): CohenKappa {
  requireLevel(level)
  const n = requireSquareCounts(table)
  const k = table.length
  const share = table.map((row) => Array.from(row, (count) => count / n))
  const rows = share.map((row) => row.reduce((a, b) => a + b, 0))
  const columns = rows.map((_, j) => share.reduce((total, row) => total + row[j]!, 0))
  const weight = (i: number, j: number): number => agreementWeight(weights, Math.abs(i - j), k)
  const rowMean = rows.map((_, i) => columns.reduce((total, share, j) => total + share * weight(i, j), 0))
  const columnMean = columns.map((_, j) => rows.reduce((total, share, i) => total + share * weight(i, j), 0))
  let observed = 0
  let expected = 0
  eachCell(k, (i, j) => {
    observed += weight(i, j) * share[i]![j]!
    expected += weight(i, j) * rows[i]! * columns[j]!
  })
  if (rows.some((margin, i) => margin === 1 && columns[i] === 1)) return undefinedKappa
  const kappa = (observed - expected) / (1 - expected)
  let spread = 0
  let spreadUnderNull = 0
  eachCell(k, (i, j) => {
    const margins = rowMean[i]! + columnMean[j]!
    spread += share[i]![j]! * (weight(i, j) - margins * (1 - kappa)) ** 2
    spreadUnderNull += rows[i]! * columns[j]! * (weight(i, j) - margins) ** 2
  })
  const scale = n * (1 - expected) ** 2
  const standardError = Math.sqrt(Math.max(spread - (kappa - expected * (1 - kappa)) ** 2, 0) / scale)
  const standardErrorUnderNull = Math.sqrt(Math.max(spreadUnderNull - expected ** 2, 0) / scale)
  const z = standardErrorUnderNull === 0 ? null : kappa / standardErrorUnderNull
  return {
    kappa,
    standardError,
    interval: around(kappa, normalQuantile((1 + level) / 2) * standardError),
    standardErrorUnderNull,
    z,
    pTwoSided: z === null ? null : normalTwoSided(z),
  }
}

/**
 * Counts of category pairs.
 *
 * @param categories  all categories in order; by default those that occur, sorted
 * @throws AppError `statistics/ragged`, `empty`, `not-finite`, `bad-parameter` for a rating outside the categories
 */
export function contingencyTable(rater1: Values, rater2: Values, categories?: readonly number[]): number[][] {
  requireNumbers(rater1, 'rater 1')
  requireNumbers(rater2, 'rater 2')
  requireSameLength(rater1, rater2, 'the two raters')
  const order = categories ?? [...new Set([...Array.from(rater1), ...Array.from(rater2)])].sort((a, b) => a - b)
  const table = order.map(() => order.map(() => 0))
  for (let i = 0; i < rater1.length; i++) table[indexIn(order, rater1[i]!)]![indexIn(order, rater2[i]!)]!++
  return table
}

const undefinedKappa: CohenKappa = {
  kappa: null,
  standardError: null,
  interval: null,
  standardErrorUnderNull: null,
  z: null,
  pTwoSided: null,
}

function agreementWeight(weights: KappaWeights, distance: number, categories: number): number {
  if (distance === 0) return 1
  if (weights === 'unweighted') return 0
  const relative = distance / (categories - 1)
  return 1 - (weights === 'linear' ? relative : relative ** 2)
}

function requireSquareCounts(table: readonly Values[]): number {
  const { rows, columns } = requireTable(table, 'the table of the two raters')
  if (rows !== columns) refuse('ragged', `the table is ${rows} × ${columns}; both raters use the same categories`)
  let total = 0
  eachCell(rows, (i, j) => {
    requireCount(table[i]![j]!, 'a cell of the table')
    total += table[i]![j]!
  })
  return total === 0 ? refuse('empty', 'the table of the two raters holds no cases') : total
}

function eachCell(k: number, visit: (i: number, j: number) => void): void {
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) visit(i, j)
}

function indexIn(order: readonly number[], rating: number): number {
  const index = order.indexOf(rating)
  return index < 0
    ? refuse('bad-parameter', `the rating ${rating} is not one of the categories ${order.join(', ')}`)
    : index
}
