import { refuse, requireLevel } from '../checks.ts'
import { hillisDf } from './hillis-df.ts'
import { decompose, type Decomposition, type PairOfTreatments } from './moments.ts'
import { type ReaderStudy, requireStudy } from './study.ts'
import { areaOf, pairSums, type Success, successOf, unbiasedCovariance } from './success.ts'
import { type EstimateTest, estimateTest, pairsOf } from './tests.ts'

/** One reader under one treatment, or (with `second`) the difference of two treatments. */
export interface ReaderRow {
  reader: number
  first: number
  second: number | null
  /** Cases read, under both treatments for a difference. */
  normals: number
  diseased: number
  areaFirst: number
  /** Unbiased; null with a single case of a class. */
  varianceFirst: number | null
  areaSecond: number | null
  varianceSecond: number | null
  difference: number | null
  varianceOfDifference: number | null
}

/** Reader-averaged area of one treatment (tested against ½) or difference of two (against 0). */
export interface AverageRow {
  first: number
  second: number | null
  readers: number
  normals: number
  diseased: number
  areaFirst: number
  varianceFirst: number | null
  areaSecond: number | null
  varianceSecond: number | null
  difference: number | null
  varianceOfDifference: number | null
  normal: EstimateTest
  /** Student's t with the whole part of `dfBdg`, normal beyond 50. */
  bdg: EstimateTest
  dfBdg: number | null
  /** The same with Hillis' degrees of freedom; null in designs with missing cells. */
  hillis: EstimateTest
  dfHillis: number | null
}

export interface UStatisticAnalysis {
  perReader: ReaderRow[]
  /** Unbiased variances, which can be zero or negative: then tests and limits are null. */
  unbiased: AverageRow[]
  /** Biased variances (ideal bootstrap). */
  biased: AverageRow[]
  /** Per treatment, then per pair of treatments (covariances). */
  decompositions: { first: number; second: number; unbiased: Decomposition | null; biased: Decomposition }[]
}

/**
 * U-statistic (one-shot) analysis of reader-averaged areas, for complete, split-plot and otherwise incomplete designs:
 * BDG moments, BCK components, and the tests of the FDA's iMRMC.
 *
 * @throws AppError as `requireStudy`; `statistics/bad-parameter`; `statistics/one-class` for a treatment in which no
 *         reader read both classes
 * @see Gallas, Acad Radiol 2006;13:353–362; Gallas, Pennello & Myers, J Opt Soc Am A 2007;24:B70–B80
 */
export function uStatisticAnalysis(study: ReaderStudy, { level = 0.95 } = {}): UStatisticAnalysis {
  requireLevel(level)
  const { treatments } = requireStudy(study)
  const cells = study.ratings.map((treatment, t) =>
    treatment.map((_, r) => {
      const cell = successOf(study, t, r)
      return areaOf(cell) === null ? null : cell
    }),
  )
  for (const [t, row] of cells.entries()) {
    if (row.every((cell) => cell === null))
      refuse('one-class', `treatment ${t + 1}: no reader read cases of both classes`)
  }
  const singles = cells.map((row) => decompose(row, row))
  const pairs = pairsOf(treatments).map(([i, j]) => ({ i, j, both: decompose(cells[i]!, cells[j]!) }))
  const rows = (kind: 'unbiased' | 'biased'): AverageRow[] => [
    ...singles.map((single, t) => singleRow(t, single, cells[t]!, kind, level)),
    ...pairs.map(({ i, j, both }) =>
      pairRow([i, j], [singles[i]!, singles[j]!], both, [cells[i]!, cells[j]!], kind, level),
    ),
  ]
  return {
    perReader: [
      ...cells.flatMap((row, t) => row.flatMap((cell, r) => (cell === null ? [] : [readerRow(r, t, cell)]))),
      ...pairs.flatMap(({ i, j }) =>
        cells[i]!.flatMap((cell, r) => {
          const other = cells[j]![r]!
          return cell === null || other === null ? [] : [readerPairRow(r, [i, j], cell, other)]
        }),
      ),
    ],
    unbiased: rows('unbiased'),
    biased: rows('biased'),
    decompositions: [
      ...singles.map((single, t) => ({ first: t, second: t, unbiased: single.unbiased, biased: single.biased })),
      ...pairs.map(({ i, j, both }) => ({ first: i, second: j, unbiased: both.unbiased, biased: both.biased })),
    ],
  }
}

function readerRow(reader: number, treatment: number, cell: Success): ReaderRow {
  return {
    reader,
    first: treatment,
    second: null,
    normals: cell.normals,
    diseased: cell.diseased,
    areaFirst: areaOf(cell)!,
    varianceFirst: unbiasedCovariance(pairSums(cell, cell)),
    areaSecond: null,
    varianceSecond: null,
    difference: null,
    varianceOfDifference: null,
  }
}

function readerPairRow(reader: number, [first, second]: [number, number], a: Success, b: Success): ReaderRow {
  const shared = pairSums(a, b)
  const covariance = unbiasedCovariance(shared)
  const varianceFirst = unbiasedCovariance(pairSums(a, a))
  const varianceSecond = unbiasedCovariance(pairSums(b, b))
  const known = covariance !== null && varianceFirst !== null && varianceSecond !== null
  return {
    reader,
    first,
    second,
    normals: shared.normals,
    diseased: shared.diseased,
    areaFirst: areaOf(a)!,
    varianceFirst,
    areaSecond: areaOf(b)!,
    varianceSecond,
    difference: areaOf(a)! - areaOf(b)!,
    varianceOfDifference: known ? varianceFirst + varianceSecond - 2 * covariance : null,
  }
}

type Cells = readonly (Success | null)[]

function singleRow(
  first: number,
  single: PairOfTreatments,
  cells: Cells,
  kind: 'unbiased' | 'biased',
  level: number,
): AverageRow {
  const { components } = single.biased
  const variance = single[kind]?.variance ?? null
  const dfBdg = bdgDf(variance, single.df, [components.n, components.d, components.r])
  const dfHillis = hillisDf([cells])
  return {
    first,
    second: null,
    ...counts([cells]),
    areaFirst: single.areas[0],
    varianceFirst: variance,
    areaSecond: null,
    varianceSecond: null,
    difference: null,
    varianceOfDifference: null,
    ...tests(single.areas[0], 0.5, variance, dfBdg, dfHillis, level),
  }
}

function pairRow(
  [first, second]: [number, number],
  [a, b]: [PairOfTreatments, PairOfTreatments],
  both: PairOfTreatments,
  cells: [Cells, Cells],
  kind: 'unbiased' | 'biased',
  level: number,
): AverageRow {
  const varianceFirst = a[kind]?.variance ?? null
  const varianceSecond = b[kind]?.variance ?? null
  const covariance = both[kind]?.variance ?? null
  const known = varianceFirst !== null && varianceSecond !== null && covariance !== null
  const variance = known ? varianceFirst + varianceSecond - 2 * covariance : null
  const df = { n: Math.min(a.df.n, b.df.n), d: Math.min(a.df.d, b.df.d), r: Math.min(a.df.r, b.df.r) }
  const ofDifference = (key: 'n' | 'd' | 'r'): number =>
    a.biased.components[key] + b.biased.components[key] - 2 * both.biased.components[key]
  const difference = a.areas[0] - b.areas[0]
  const dfBdg = bdgDf(variance, df, [ofDifference('n'), ofDifference('d'), ofDifference('r')])
  return {
    first,
    second,
    ...counts(cells),
    areaFirst: a.areas[0],
    varianceFirst,
    areaSecond: b.areas[0],
    varianceSecond,
    difference,
    varianceOfDifference: variance,
    ...tests(difference, 0, variance, dfBdg, hillisDf(cells), level),
  }
}

/** Satterthwaite's degrees of freedom from the biased components, never below the smallest of the three. */
function bdgDf(
  variance: number | null,
  df: { n: number; d: number; r: number },
  [n, d, r]: [number, number, number],
): number | null {
  if (variance === null || variance < 0) return null
  const spread = n ** 2 / df.n ** 3 + d ** 2 / df.d ** 3 + r ** 2 / df.r ** 3
  return spread > 0 ? Math.max(variance ** 2 / spread, Math.min(df.n, df.d, df.r)) : null
}

function tests(
  estimate: number,
  nullValue: number,
  variance: number | null,
  dfBdg: number | null,
  dfHillis: number | null,
  level: number,
): Pick<AverageRow, 'normal' | 'bdg' | 'hillis' | 'dfBdg' | 'dfHillis'> {
  const against = (df: number | null): EstimateTest => {
    const test = estimateTest(estimate - nullValue, variance, df, level)
    const interval: [number, number] | null = test.interval && [
      test.interval[0] + nullValue,
      test.interval[1] + nullValue,
    ]
    return { ...test, estimate, interval }
  }
  const whole = (df: number | null): number | null => (df === null ? null : df > 50 ? Infinity : Math.floor(df))
  return { normal: against(Infinity), bdg: against(whole(dfBdg)), hillis: against(whole(dfHillis)), dfBdg, dfHillis }
}

function counts(treatments: readonly Cells[]): { readers: number; normals: number; diseased: number } {
  const some = (key: 'readNormal' | 'readDiseased'): number => {
    const cells = treatments.flat().filter((cell) => cell !== null)
    return Array.from(cells[0]![key]).filter((_, c) => cells.some((cell) => cell[key][c] === 1)).length
  }
  const readers = treatments[0]!.filter((_, r) => treatments.some((cells) => cells[r] !== null)).length
  return { readers, normals: some('readNormal'), diseased: some('readDiseased') }
}
