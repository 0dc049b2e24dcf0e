import { fUpperTail, chiSquareUpperTail, studentQuantile, studentTwoSided } from '../distributions.ts'

/** An estimate with its test against zero. Null where the standard error is zero or undefined. */
export interface EstimateTest {
  estimate: number
  standardError: number | null
  /** Of Student's t; Infinity for a normal test; null where undefined. */
  df: number | null
  /** t, or z with infinite df. */
  statistic: number | null
  p: number | null
  interval: [number, number] | null
}

export interface GlobalTest {
  /** Null where it is zero or undefined, and so then for the rest. */
  denominator: number | null
  /** F, or χ² with infinite df2. */
  statistic: number | null
  df1: number
  df2: number | null
  p: number | null
}

/** @param variance  of the estimate; null or not positive makes the test undefined */
export function estimateTest(
  estimate: number,
  variance: number | null,
  df: number | null,
  level: number,
): EstimateTest {
  const standardError = variance === null || !(variance >= 0) ? null : Math.sqrt(variance)
  if (standardError === null || standardError === 0 || df === null) {
    return { estimate, standardError, df, statistic: null, p: null, interval: null }
  }
  const statistic = estimate / standardError
  const half = studentQuantile((1 + level) / 2, df) * standardError
  return {
    estimate,
    standardError,
    df,
    statistic,
    p: studentTwoSided(statistic, df),
    interval: [estimate - half, estimate + half],
  }
}

/** F test, or with infinite df2 the χ² test of (df1 · F). */
export function globalTest(
  meanSquare: number,
  denominator: number | null,
  df1: number,
  df2: number | null,
): GlobalTest {
  if (denominator === null || !(denominator > 0) || df2 === null) {
    return {
      denominator: denominator !== null && denominator > 0 ? denominator : null,
      statistic: null,
      df1,
      df2,
      p: null,
    }
  }
  const f = meanSquare / denominator
  return df2 === Infinity
    ? { denominator, statistic: df1 * f, df1, df2, p: chiSquareUpperTail(df1 * f, df1) }
    : { denominator, statistic: f, df1, df2, p: fUpperTail(f, df1, df2) }
}

/** Interval limits kept within [0, 1], for figures of merit. */
export function clipped(test: EstimateTest): EstimateTest {
  if (test.interval === null) return test
  const [lower, upper] = test.interval
  return { ...test, interval: [Math.min(Math.max(lower, 0), 1), Math.min(Math.max(upper, 0), 1)] }
}

/** All pairs i < j of 0 … n − 1 in order. */
export function pairsOf(n: number): [number, number][] {
  return Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    Array.from({ length: n - i - 1 }, (_, k): [number, number] => [i, i + k + 1]),
  )
}
