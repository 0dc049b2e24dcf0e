import { refuse, requireLevel, requireTable, type Values } from '../checks.ts'
import { fQuantile, fUpperTail } from '../distributions.ts'

/** Rows of Shrout and Fleiss: model 1 one-way, 2 two-way random, 3 two-way mixed; `1` one rater, `k` the mean of k. */
export type IccForm = 'icc11' | 'icc21' | 'icc31' | 'icc1k' | 'icc2k' | 'icc3k'

export interface IntraclassCorrelation {
  icc: number
  /** Test against zero; null when there is no error variance. */
  f: number | null
  df1: number
  df2: number
  p: number | null
  interval: [number, number] | null
}

/**
 * The six intraclass correlations of a complete table of ratings.
 *
 * @param ratings  `[subject][rater]`, at least 2 × 2, with differences between subjects or within them
 * @throws AppError `statistics/empty`, `ragged`, `not-finite`, `bad-count` (fewer than 2 × 2), `no-variance`
 * @see Shrout & Fleiss, Psychol Bull 1979;86:420–428; McGraw & Wong, Psychol Methods 1996;1:30–46
 */
export function intraclassCorrelations(
  ratings: readonly Values[],
  { level = 0.95 } = {},
): Record<IccForm, IntraclassCorrelation> {
  requireLevel(level)
  const { rows: n, columns: k } = requireTable(ratings, 'the ratings')
  if (n < 2 || k < 2) refuse('bad-count', `${n} subjects and ${k} raters; an intraclass correlation needs two of each`)
  const { between, within, raters, error } = meanSquares(ratings, n, k)
  if (between === 0 && within === 0)
    refuse('no-variance', 'all ratings are equal; an intraclass correlation is not defined')
  const q = (df1: number, df2: number): number => fQuantile((1 + level) / 2, df1, df2)
  const oneWay = fTest(between, within, n - 1, n * (k - 1))
  const twoWay = fTest(between, error, n - 1, (n - 1) * (k - 1))
  const icc21 = (between - error) / (between + (k - 1) * error + (k * (raters - error)) / n)
  const interval2 = twoWay.f === null ? null : randomRaterInterval(icc21)

  function randomRaterInterval(icc: number): [number, number] {
    const fRaters = raters / error
    const share = n * (1 + (k - 1) * icc) - k * icc
    const df =
      ((n - 1) * (k - 1) * (k * icc * fRaters + share) ** 2) / ((n - 1) * k ** 2 * icc ** 2 * fRaters ** 2 + share ** 2)
    const noise = k * raters + (n * k - n - k) * error
    const upperF = q(n - 1, df)
    const lowerF = q(df, n - 1)
    return [
      (n * (between - upperF * error)) / (upperF * noise + n * between),
      (n * (lowerF * between - error)) / (noise + n * lowerF * between),
    ]
  }
  const single = (f: number): number => (f - 1) / (f + k - 1)
  const average = (f: number): number => 1 - 1 / f
  const limits = (test: Test, of: (f: number) => number): [number, number] | null =>
    test.f === null ? null : [of(test.f / q(test.df1, test.df2)), of(test.f * q(test.df2, test.df1))]
  const stepUp = (icc: number): number => (k * icc) / (1 + (k - 1) * icc)
  return {
    icc11: { icc: (between - within) / (between + (k - 1) * within), ...oneWay, interval: limits(oneWay, single) },
    icc21: { icc: icc21, ...twoWay, interval: interval2 },
    icc31: { icc: (between - error) / (between + (k - 1) * error), ...twoWay, interval: limits(twoWay, single) },
    icc1k: { icc: (between - within) / between, ...oneWay, interval: limits(oneWay, average) },
    icc2k: {
      icc: (between - error) / (between + (raters - error) / n),
      ...twoWay,
      interval: interval2 && [stepUp(interval2[0]), stepUp(interval2[1])],
    },
    icc3k: { icc: (between - error) / between, ...twoWay, interval: limits(twoWay, average) },
  }
}

interface Test {
  f: number | null
  df1: number
  df2: number
  p: number | null
}

function fTest(numerator: number, denominator: number, df1: number, df2: number): Test {
  if (denominator === 0) return { f: null, df1, df2, p: null }
  const f = numerator / denominator
  return { f, df1, df2, p: fUpperTail(f, df1, df2) }
}

function meanSquares(
  ratings: readonly Values[],
  n: number,
  k: number,
): { between: number; within: number; raters: number; error: number } {
  const rowMeans = ratings.map((row) => Array.from(row).reduce((a, b) => a + b, 0) / k)
  const columnMeans = Array.from({ length: k }, (_, j) => ratings.reduce((total, row) => total + row[j]!, 0) / n)
  const grand = rowMeans.reduce((a, b) => a + b, 0) / n
  let within = 0
  let error = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      within += (ratings[i]![j]! - rowMeans[i]!) ** 2
      error += (ratings[i]![j]! - rowMeans[i]! - columnMeans[j]! + grand) ** 2
    }
  }
  const spread = (means: number[]): number => means.reduce((total, value) => total + (value - grand) ** 2, 0)
  // What is left of equal values by rounding is no variance.
  const rounding =
    1e-26 * ratings.reduce((total, row) => total + Array.from(row).reduce((t, value) => t + value * value, 0), 0)
  if (within <= rounding) within = 0
  if (error <= rounding) error = 0
  return {
    between: (k * spread(rowMeans)) / (n - 1),
    within: within / (n * (k - 1)),
    raters: (n * spread(columnMeans)) / (k - 1),
    error: error / ((n - 1) * (k - 1)),
  }
}
