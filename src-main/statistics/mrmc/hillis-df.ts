import { caseCovariances, meanSquares } from './components.ts'
import { areaOf, pairSums, type Success, unbiasedCovariance } from './success.ts'

/**
 * Hillis' degrees of freedom of a reader-averaged area (one treatment) or difference (two), from the unbiased
 * covariances, as iMRMC gives them beside its own.
 *
 * @param cells  `[treatment][reader]`
 * @returns      null where a reader is absent from a treatment, is alone, or nothing varies
 * @see Hillis, Stat Med 2007;26:596–619
 */
export function hillisDf(cells: readonly (readonly (Success | null)[])[]): number | null {
  const all = cells.flat().filter((cell) => cell !== null)
  const readers = cells[0]!.length
  if (all.length !== cells.length * readers || readers < 2) return null
  const covariance = all.map((a) => all.map((b) => unbiasedCovariance(pairSums(a, b)) ?? NaN))
  const areas = cells.map((row) => row.map((cell) => areaOf(cell!)!))
  const squares = meanSquares(areas)
  const everyReader = Array.from({ length: readers }, (_, r) => r)
  const { cov2, cov3 } = caseCovariances(covariance, readers, [...cells.keys()], everyReader)
  const error = cells.length === 1 ? squares.reader! : squares.treatmentByReader!
  const denominator = error + readers * Math.max(cov2! - (cov3 ?? 0), 0)
  const freedom = (cells.length === 1 ? 1 : cells.length - 1) * (readers - 1)
  const df = (denominator / error) ** 2 * freedom
  return Number.isNaN(df) ? null : df
}
