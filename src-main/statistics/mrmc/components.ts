import type { Matrix } from '../matrix.ts'
import { mean, sampleVariance } from '../moments.ts'

export interface MeanSquares {
  /** Null with one treatment; so for the interaction. */
  treatment: number | null
  /** Null with one reader; so for the interaction. */
  reader: number | null
  treatmentByReader: number | null
}

/** Averages of the covariance matrix of the cells. */
export interface CaseCovariances {
  /** Variance of one reader under one treatment. */
  error: number
  /** Same reader, different treatments; null with one treatment. */
  cov1: number | null
  /** Same treatment, different readers; null with one reader. */
  cov2: number | null
  /** Different readers and treatments. */
  cov3: number | null
}

/** Two-way analysis of variance of the estimates `[treatment][reader]` without replication. */
export function meanSquares(estimates: readonly number[][]): MeanSquares {
  const treatments = estimates.length
  const readers = estimates[0]!.length
  const treatmentMeans = estimates.map(mean)
  const readerMeans = estimates[0]!.map((_, r) => mean(estimates.map((row) => row[r]!)))
  const grand = mean(treatmentMeans)
  let interaction = 0
  for (const [t, row] of estimates.entries()) {
    for (const [r, value] of row.entries()) interaction += (value - treatmentMeans[t]! - readerMeans[r]! + grand) ** 2
  }
  const crossed = (treatments - 1) * (readers - 1)
  return {
    treatment: treatments < 2 ? null : readers * sampleVariance(treatmentMeans),
    reader: readers < 2 ? null : treatments * sampleVariance(readerMeans),
    treatmentByReader: crossed === 0 ? null : interaction / crossed,
  }
}

/**
 * Averages over the cells that belong to the named treatments and readers; cells are treatment × readers + reader.
 */
export function caseCovariances(
  covariance: Matrix,
  readersOfStudy: number,
  treatments: number[],
  readers: number[],
): CaseCovariances {
  const groups: Record<keyof CaseCovariances, number[]> = { error: [], cov1: [], cov2: [], cov3: [] }
  for (const t of treatments) {
    for (const r of readers) {
      for (const u of treatments) {
        for (const s of readers) {
          const kind = t === u ? (r === s ? 'error' : 'cov2') : r === s ? 'cov1' : 'cov3'
          groups[kind].push(covariance[t * readersOfStudy + r]![u * readersOfStudy + s]!)
        }
      }
    }
  }
  const average = (values: number[]): number | null => (values.length === 0 ? null : mean(values))
  return {
    error: mean(groups.error),
    cov1: average(groups.cov1),
    cov2: average(groups.cov2),
    cov3: average(groups.cov3),
  }
}

export interface OrVarianceComponents extends CaseCovariances {
  /** Null where it cannot be estimated (one reader or one treatment). Not clamped: may be negative. */
  reader: number | null
  treatmentByReader: number | null
}

/** @see Hillis, Obuchowski, Schartz & Berbaum, Stat Med 2005;24:1579–1607 */
export function orVarianceComponents(
  squares: MeanSquares,
  covariances: CaseCovariances,
  treatments: number,
): OrVarianceComponents {
  const { reader, treatmentByReader } = squares
  const { error, cov1, cov2, cov3 } = covariances
  const crossed = reader !== null && treatmentByReader !== null && cov1 !== null && cov2 !== null && cov3 !== null
  return {
    ...covariances,
    reader: crossed ? (reader - treatmentByReader) / treatments - cov1 + cov3 : null,
    treatmentByReader: crossed ? treatmentByReader - error + cov1 + (cov2 - cov3) : null,
  }
}
