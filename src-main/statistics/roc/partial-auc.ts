import { refuse, type Values } from '../checks.ts'
import { rocCurve } from './curve.ts'

export interface PartialAuc {
  area: number
  /** McClish: 0.5 for a useless test, 1 for a perfect one, over the range that was asked for. */
  standardised: number
}

/**
 * Area under the empirical ROC curve over a range of specificity, or beside it over a range of sensitivity, with
 * straight lines between the points.
 *
 * @param range  `[from, to]` of the named axis within [0, 1], not empty
 * @throws AppError `statistics/bad-parameter` and those of `rocCurve`
 * @see McClish, Medical Decision Making 1989;9:190–195
 */
export function partialAuc(
  truth: Values,
  score: Values,
  axis: 'specificity' | 'sensitivity',
  range: readonly [number, number],
): PartialAuc {
  const from = Math.min(...range)
  const to = Math.max(...range)
  if (!(from >= 0 && to <= 1 && from < to))
    refuse('bad-parameter', `a partial area from ${range[0]} to ${range[1]} is not a range in [0, 1]`)
  const { falsePositiveRate, truePositiveRate } = rocCurve(truth, score)
  const specificity = falsePositiveRate.map((rate) => 1 - rate)
  const area =
    axis === 'specificity'
      ? areaBetween(specificity.reverse(), truePositiveRate.reverse(), from, to)
      : areaBetween(truePositiveRate, specificity, from, to)
  const useless = ((1 - from) ** 2 - (1 - to) ** 2) / 2
  const perfect = to - from
  return { area, standardised: (1 + (area - useless) / (perfect - useless)) / 2 }
}

/** ∫ y dx from `from` to `to` along a polyline with x never falling; vertical steps add nothing. */
function areaBetween(x: number[], y: number[], from: number, to: number): number {
  let area = 0
  for (let i = 1; i < x.length; i++) {
    const x0 = x[i - 1]!
    const width = x[i]! - x0
    const left = Math.max(x0, from)
    const right = Math.min(x[i]!, to)
    if (width === 0 || right <= left) continue
    const slope = (y[i]! - y[i - 1]!) / width
    area += (right - left) * (y[i - 1]! + slope * ((left + right) / 2 - x0))
  }
  return area
}
