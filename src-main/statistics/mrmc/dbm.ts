import { refuse, requireLevel } from '../checks.ts'
import { mean } from '../moments.ts'
import { cellEstimates, type Metric } from './covariance.ts'
import type { ReaderStudy } from './study.ts'
import { estimateTest, type GlobalTest, globalTest, pairsOf } from './tests.ts'
import type { TreatmentDifference } from './obuchowski-rockette.ts'

/** Mean squares of the pseudovalues: T treatment, R reader, C case. */
export interface DbmMeanSquares {
  t: number
  r: number
  c: number
  tr: number
  tc: number
  rc: number
  trc: number
}

/** Not clamped: may be negative. */
export interface DbmComponents {
  reader: number
  case: number
  treatmentByReader: number
  treatmentByCase: number
  readerByCase: number
  /** Three-way interaction with the error. */
  error: number
}

export interface DbmTest {
  global: GlobalTest
  differences: TreatmentDifference[]
}

export interface DbmAnalysis {
  /** `[treatment][reader]` */
  estimates: number[][]
  /** Mean pseudovalue of each treatment. */
  pseudovalueMeans: number[]
  meanSquares: DbmMeanSquares
  components: DbmComponents
  /** Random readers and cases, Hillis' degrees of freedom. */
  randomBoth: DbmTest
  fixedReaders: DbmTest
  fixedCases: DbmTest
}

/**
 * Dorfman–Berbaum–Metz analysis: a three-way analysis of variance of jackknife pseudovalues.
 *
 * @throws AppError as `cellEstimates`; `statistics/bad-count` with fewer than two treatments or readers;
 *         `statistics/incomplete-design` with missing readings; `statistics/bad-parameter`
 * @see Dorfman, Berbaum & Metz, Invest Radiol 1992;27:723–731; Hillis, Berbaum & Metz, Acad Radiol 2008;15:647–661
 */
export function dbmAnalysis(
  study: ReaderStudy,
  { metric = 'auc', level = 0.95 }: { metric?: Metric; level?: number } = {},
): DbmAnalysis {
  requireLevel(level)
  const cells = cellEstimates(study, metric)
  const { treatments: t, readers: r, complete } = cells.shape
  if (t < 2 || r < 2) refuse('bad-count', `${t} treatments and ${r} readers; this analysis needs two of each`)
  if (!complete) refuse('incomplete-design', 'pseudovalues need every reading; take the Obuchowski–Rockette analysis')
  const whole = cells.estimates.flat()
  const leaveOneOut = cells.leaveOneOut()
  const c = leaveOneOut.length
  const pseudovalues = leaveOneOut.map((row) => row.map((left, k) => c * whole[k]! - (c - 1) * left))
  const { squares, treatmentMeans } = threeWay(pseudovalues, t, r)
  const crossed = (t - 1) * (r - 1)
  const test = (error: number, df: number | null): DbmTest => ({
    global: globalTest(squares.t, error, t - 1, df),
    differences: pairsOf(t).map((treatments) => ({
      treatments,
      ...estimateTest(
        treatmentMeans[treatments[0]]! - treatmentMeans[treatments[1]]!,
        (2 * error) / (r * c),
        df,
        level,
      ),
    })),
  })
  const error = squares.tr + Math.max(squares.tc - squares.trc, 0)
  const { tr, tc, rc, trc } = squares
  return {
    estimates: cells.estimates,
    pseudovalueMeans: treatmentMeans,
    meanSquares: squares,
    components: {
      reader: (squares.r - tr - rc + trc) / (t * c),
      case: (squares.c - tc - rc + trc) / (t * r),
      treatmentByReader: (tr - trc) / c,
      treatmentByCase: (tc - trc) / r,
      readerByCase: (rc - trc) / t,
      error: trc,
    },
    randomBoth: test(error, error === 0 ? null : (error / tr) ** 2 * crossed),
    fixedReaders: test(tc, (t - 1) * (c - 1)),
    fixedCases: test(tr, crossed),
  }
}

/** @param values `[case][treatment × readers + reader]` */
function threeWay(values: number[][], t: number, r: number): { squares: DbmMeanSquares; treatmentMeans: number[] } {
  const c = values.length
  const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
  const treatments = indices(t)
  const readers = indices(r)
  const tr = treatments.map((i) => readers.map((j) => mean(values.map((row) => row[i * r + j]!))))
  const tc = treatments.map((i) => values.map((row) => mean(row.slice(i * r, (i + 1) * r))))
  const rc = readers.map((j) => values.map((row) => mean(treatments.map((i) => row[i * r + j]!))))
  const treatmentMeans = tr.map(mean)
  const readerMeans = readers.map((j) => mean(tr.map((row) => row[j]!)))
  const caseMeans = values.map(mean)
  const grand = mean(treatmentMeans)
  const main = (means: number[], others: number): number =>
    (others * sumSquares(means.map((m) => m - grand))) / (means.length - 1)
  const cross = (table: number[][], rows: number[], columns: number[], others: number): number =>
    (others * sumSquares(table.flatMap((row, i) => row.map((m, j) => m - rows[i]! - columns[j]! + grand)))) /
    ((rows.length - 1) * (columns.length - 1))
  const residuals = values.flatMap((row, k) =>
    treatments.flatMap((i) =>
      readers.map(
        (j) =>
          row[i * r + j]! -
          tr[i]![j]! -
          tc[i]![k]! -
          rc[j]![k]! +
          treatmentMeans[i]! +
          readerMeans[j]! +
          caseMeans[k]! -
          grand,
      ),
    ),
  )
  return {
    treatmentMeans,
    squares: {
      t: main(treatmentMeans, r * c),
      r: main(readerMeans, t * c),
      c: main(caseMeans, t * r),
      tr: cross(tr, treatmentMeans, readerMeans, c),
      tc: cross(tc, treatmentMeans, caseMeans, r),
      rc: cross(rc, readerMeans, caseMeans, t),
      trc: sumSquares(residuals) / ((t - 1) * (r - 1) * (c - 1)),
    },
  }
}

function sumSquares(values: number[]): number {
  return values.reduce((total, value) => total + value * value, 0)
}
