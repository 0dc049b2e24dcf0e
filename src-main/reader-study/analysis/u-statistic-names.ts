import type { EstimateTest } from '../../statistics/mrmc/tests.ts'
import type { AverageRow, ReaderRow, UStatisticAnalysis } from '../../statistics/mrmc/u-statistics.ts'
import type { Names, Result } from './result-names.ts'

/** As the R package iMRMC names them. */
export function uStatisticResults(result: UStatisticAnalysis, names: Names, level: number): { [name: string]: Result } {
  const averages = (rows: AverageRow[], kind: string): Result =>
    rows.map((row) => ({
      NR: row.readers,
      N0: row.normals,
      N1: row.diseased,
      UstatOrMLE: kind,
      ...areas(row, names),
      ...tests('Normal', 'normal', row.normal, level),
      dfBDG: row.dfBdg,
      ...tests('BDG', 'BDG', row.bdg, level),
      dfHillis: row.dfHillis,
      ...tests('Hillis', 'Hillis', row.hillis, level),
    }))
  return {
    per_reader: result.perReader.map((row) => ({
      readerID: names.readers[row.reader]!,
      N0: row.normals,
      N1: row.diseased,
      ...areas(row, names),
    })),
    ustat: averages(result.unbiased, 'Ustat'),
    mle: averages(result.biased, 'MLE'),
  }
}

function areas(row: ReaderRow | AverageRow, { treatments }: Names): { [name: string]: Result } {
  return {
    modalityA: treatments[row.first]!,
    modalityB: row.second === null ? 'NO_MOD' : treatments[row.second]!,
    AUCA: row.areaFirst,
    varAUCA: row.varianceFirst,
    AUCB: row.areaSecond,
    varAUCB: row.varianceSecond,
    AUCAminusAUCB: row.difference,
    varAUCAminusAUCB: row.varianceOfDifference,
  }
}

function tests(
  suffix: string,
  separator: string,
  { p, interval }: EstimateTest,
  level: number,
): { [name: string]: Result } {
  return {
    [`pValue${suffix}`]: p,
    [`botCI${separator}`]: interval?.[0] ?? null,
    [`topCI${separator}`]: interval?.[1] ?? null,
    [`reject${suffix}`]: p === null ? null : p <= 1 - level ? 1 : 0,
  }
}
