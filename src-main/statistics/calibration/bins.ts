import { requireCount, type Values } from '../checks.ts'
import { chiSquareUpperTail } from '../distributions.ts'
import { sortedQuantile } from '../quantile.ts'
import { requirePredictions } from './calibration.ts'

export interface CalibrationBin {
  index: number
  n: number
  meanPredicted: number
  observedFrequency: number
}

export interface CalibrationError {
  /** Expected calibration error Σ n/N |observed − predicted|. */
  ece: number
  /** Largest difference of a bin. */
  mce: number
  /** Bins that hold cases. */
  bins: CalibrationBin[]
}

export interface HosmerLemeshow {
  /** Null when a group expects no event or no non-event at all. */
  chiSquare: number | null
  /** Groups − 2, for a model fitted to these data; null with two groups or fewer. */
  df: number | null
  p: number | null
  /** With as many degrees of freedom as groups, for predictions made elsewhere. */
  pExternal: number | null
  groups: { n: number; observed: number; expected: number }[]
}

/**
 * Calibration error over bins (lo, hi], the first with its lower edge; edges equally spaced or at the quantiles of the
 * predictions (type 7). Equal quantiles leave the bins between them empty, as in scikit-learn.
 *
 * @throws AppError as `brierScore`; `statistics/bad-count`
 */
export function calibrationError(
  truth: Values,
  probability: Values,
  { bins = 10, spacing = 'uniform' }: { bins?: number; spacing?: 'uniform' | 'quantile' } = {},
): CalibrationError {
  requirePredictions(truth, probability)
  requireCount(bins, 'the number of bins', 1)
  // k · (1/bins), and through percent for quantiles, as NumPy and scikit-learn round it: decides bins of values on an edge.
  const shares = Array.from({ length: bins - 1 }, (_, k) => (k + 1) * (1 / bins))
  const inner =
    spacing === 'uniform'
      ? shares
      : quantileEdges(
          probability,
          shares.map((share) => (share * 100) / 100),
        )
  const filled = group(truth, probability, inner, bins)
    .map(({ n, observed, expected }, index) => ({
      index,
      n,
      meanPredicted: expected / n,
      observedFrequency: observed / n,
    }))
    .filter(({ n }) => n > 0)
  const gaps = filled.map((bin) => Math.abs(bin.observedFrequency - bin.meanPredicted))
  return {
    ece: gaps.reduce((total, gap, i) => total + (filled[i]!.n / truth.length) * gap, 0),
    mce: Math.max(...gaps),
    bins: filled,
  }
}

/**
 * Observed against expected events in groups of equal size, cut at the quantiles (type 7) of the predictions; groups
 * that ties leave empty are dropped.
 *
 * @throws AppError as `brierScore`; `statistics/bad-count`
 * @see Hosmer & Lemeshow, Commun Stat 1980;A9:1043–1069
 */
export function hosmerLemeshow(truth: Values, probability: Values, { groups = 10 } = {}): HosmerLemeshow {
  requirePredictions(truth, probability)
  requireCount(groups, 'the number of groups', 1)
  const shares = Array.from({ length: groups - 1 }, (_, k) => (k + 1) / groups)
  const filled = group(truth, probability, quantileEdges(probability, shares), groups).filter(({ n }) => n > 0)
  const undefinedTest = filled.some(({ n, expected }) => expected === 0 || expected === n)
  const chiSquare = undefinedTest
    ? null
    : filled.reduce(
        (total, { n, observed, expected }) => total + (observed - expected) ** 2 / (expected * (1 - expected / n)),
        0,
      )
  const df = filled.length > 2 ? filled.length - 2 : null
  return {
    chiSquare,
    df,
    p: chiSquare === null || df === null ? null : chiSquareUpperTail(chiSquare, df),
    pExternal: chiSquare === null ? null : chiSquareUpperTail(chiSquare, filled.length),
    groups: filled,
  }
}

function quantileEdges(probability: Values, shares: number[]): number[] {
  const sorted = Float64Array.from(probability).sort()
  return shares.map((share) => sortedQuantile(sorted, share))
}

function group(
  truth: Values,
  probability: Values,
  inner: number[],
  bins: number,
): { n: number; observed: number; expected: number }[] {
  const groups = Array.from({ length: bins }, () => ({ n: 0, observed: 0, expected: 0 }))
  for (let i = 0; i < truth.length; i++) {
    const p = probability[i]!
    const bin = groups[inner.filter((edge) => edge < p).length]!
    bin.n++
    bin.observed += truth[i]!
    bin.expected += p
  }
  return groups
}
