import { refuse, requireLevel } from '../checks.ts'
import type { Matrix } from '../matrix.ts'
import { mean } from '../moments.ts'
import {
  type CaseCovariances,
  caseCovariances,
  type MeanSquares,
  meanSquares,
  orVarianceComponents,
  type OrVarianceComponents,
} from './components.ts'
import { cellEstimates, type CovarianceMethod, type Metric } from './covariance.ts'
import { type ReaderStudy } from './study.ts'
import { clipped, type EstimateTest, estimateTest, type GlobalTest, globalTest, pairsOf } from './tests.ts'

export interface OrOptions {
  metric?: Metric
  covariance?: CovarianceMethod
  readers?: 'random' | 'fixed'
  cases?: 'random' | 'fixed'
  level?: number
  /** With fixed readers take max(Cov2 − Cov3, 0), as OR-DBM MRMC does; MRMCaov takes it as it is (default). */
  clampFixedReaders?: boolean
}

/** First treatment minus second, numbered from 0. */
export interface TreatmentDifference extends EstimateTest {
  treatments: [number, number]
}

export interface TreatmentMean extends EstimateTest {
  /** Of this treatment alone; null with one reader. */
  meanSquareReader: number | null
  /** Of this treatment alone; null with fixed cases. */
  covariances: CaseCovariances | null
}

export interface OrAnalysis {
  /** `[treatment][reader]` */
  estimates: number[][]
  meanSquares: MeanSquares
  /** Null with fixed cases. */
  components: OrVarianceComponents | null
  /** Null with one treatment. */
  global: GlobalTest | null
  differences: TreatmentDifference[]
  treatmentMeans: TreatmentMean[]
  /** With fixed readers: each reader by itself. */
  perReader: { reader: number; differences: TreatmentDifference[]; treatments: EstimateTest[] }[] | null
}

/**
 * Obuchowski–Rockette analysis of reader-averaged accuracy.
 *
 * - readers and cases random: F with denominator MS(T:R) + r·max(Cov2 − Cov3, 0) and Hillis' degrees of freedom;
 * - readers fixed: χ² with Var − Cov1 + (r − 1)(Cov2 − Cov3);
 * - cases fixed: F with MS(T:R) on (t − 1)(r − 1).
 *
 * Means of single treatments use that treatment's own mean square and Cov2, intervals clipped to [0, 1]. A test whose
 * denominator is zero or negative is undefined (null). Missing readings are allowed with the covariance `unbiased` or
 * `jackknife`. With one reader the readers must be fixed.
 *
 * @throws AppError as `cellEstimates`; `statistics/bad-parameter` for fixed readers and cases together, a bad level, or
 *         one random reader
 * @see Obuchowski & Rockette, Commun Stat Simul Comput 1995;24:285–308; Hillis, Stat Med 2007;26:596–619
 */
export function orAnalysis(study: ReaderStudy, options: OrOptions = {}): OrAnalysis {
  const { metric = 'auc', covariance: method = 'jackknife', level = 0.95, clampFixedReaders = false } = options
  const readersFixed = options.readers === 'fixed'
  const casesFixed = options.cases === 'fixed'
  requireLevel(level)
  if (readersFixed && casesFixed) refuse('bad-parameter', 'readers and cases cannot both be fixed: nothing would vary')
  const cells = cellEstimates(study, metric)
  const { treatments: t, readers: r } = cells.shape
  if (r === 1 && !readersFixed) refuse('bad-parameter', 'one reader says nothing about other readers; fix the readers')
  const all = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
  const covariance = casesFixed ? null : cells.covariance(method)
  const averages = (treatments: number[], readers: number[]): CaseCovariances | null =>
    covariance && caseCovariances(covariance, r, treatments, readers)
  const squares = meanSquares(cells.estimates)
  const covariances = averages(all(t), all(r))
  const model = { readers: r, treatments: t, readersFixed, clampFixedReaders }
  const { denominator, df } = t === 1 ? { denominator: null, df: null } : differenceError(squares, covariances, model)
  const means = cells.estimates.map((row) => mean(row))
  const difference = (
    pair: [number, number],
    values: number[],
    variance: number | null,
    df: number | null,
  ): TreatmentDifference => ({
    treatments: pair,
    ...estimateTest(values[pair[0]]! - values[pair[1]]!, variance, df, level),
  })
  const oneReader = (reader: number): NonNullable<OrAnalysis['perReader']>[number] => {
    const own = averages(all(t), [reader])!
    const values = cells.estimates.map((row) => row[reader]!)
    const variance = own.cov1 === null ? null : 2 * (own.error - own.cov1)
    return {
      reader,
      differences: pairsOf(t).map((pair) => difference(pair, values, variance, Infinity)),
      treatments: values.map((value, k) =>
        clipped(estimateTest(value, variances(covariance!)[k * r + reader]!, Infinity, level)),
      ),
    }
  }
  return {
    estimates: cells.estimates,
    meanSquares: squares,
    components: covariances && orVarianceComponents(squares, covariances, t),
    global: t === 1 ? null : globalTest(squares.treatment!, denominator, t - 1, df),
    differences: pairsOf(t).map((pair) =>
      difference(pair, means, denominator === null ? null : (2 / r) * denominator, df),
    ),
    treatmentMeans: cells.estimates.map((row, k) => {
      const own = averages([k], all(r))
      const meanSquareReader = meanSquares([row]).reader
      const error = meanError(meanSquareReader, own, r, readersFixed)
      return {
        ...clipped(estimateTest(means[k]!, error.variance, error.df, level)),
        meanSquareReader,
        covariances: own,
      }
    }),
    perReader: readersFixed ? all(r).map(oneReader) : null,
  }
}

interface Model {
  readers: number
  treatments: number
  readersFixed: boolean
  clampFixedReaders: boolean
}

/** Error mean square of a difference of treatments, and its degrees of freedom. */
function differenceError(
  squares: MeanSquares,
  covariances: CaseCovariances | null,
  model: Model,
): { denominator: number; df: number | null } {
  const { readers: r, treatments: t, readersFixed, clampFixedReaders } = model
  const crossed = (t - 1) * (r - 1)
  if (covariances === null) return { denominator: squares.treatmentByReader!, df: crossed }
  const excess = (covariances.cov2 ?? 0) - (covariances.cov3 ?? 0)
  if (readersFixed) {
    const shared = clampFixedReaders ? Math.max(excess, 0) : excess
    return { denominator: covariances.error - covariances.cov1! + (r - 1) * shared, df: Infinity }
  }
  const interaction = squares.treatmentByReader!
  const denominator = interaction + r * Math.max(excess, 0)
  return { denominator, df: denominator === 0 ? null : (denominator / interaction) ** 2 * crossed }
}

/** Variance of the mean of one treatment over readers, and its degrees of freedom. */
function meanError(
  meanSquareReader: number | null,
  own: CaseCovariances | null,
  r: number,
  readersFixed: boolean,
): { variance: number; df: number | null } {
  const shared = Math.max(own?.cov2 ?? 0, 0)
  if (readersFixed) return { variance: (own!.error + (r - 1) * shared) / r, df: Infinity }
  const square = meanSquareReader!
  const total = square + r * shared
  return { variance: total / r, df: total === 0 ? null : (total / square) ** 2 * (r - 1) }
}

function variances(covariance: Matrix): number[] {
  return covariance.map((row, k) => row[k]!)
}
