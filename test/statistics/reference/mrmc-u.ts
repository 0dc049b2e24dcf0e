import type { BckComponents, Decomposition } from '../../../src-main/statistics/mrmc/moments.ts'
import type { EstimateTest } from '../../../src-main/statistics/mrmc/tests.ts'
import {
  type AverageRow,
  type ReaderRow,
  type UStatisticAnalysis,
  uStatisticAnalysis,
} from '../../../src-main/statistics/mrmc/u-statistics.ts'
import type { Actual, Adapter } from './case.ts'
import { type NamedStudy, studyOf } from './mrmc-study.ts'
import { byName, levelOf } from './names.ts'

export const uStatisticAdapters: Record<string, Adapter> = {
  u_statistic_mrmc: (reference) => {
    const named = studyOf(reference)
    const level = levelOf(undefined, reference.options)
    const result = uStatisticAnalysis(named.study, { level })
    return byName(
      ['per_reader', result.perReader.map((row) => readerFields(row, named))],
      ['ustat', result.unbiased.map((row) => averageFields(row, named, 'Ustat', level))],
      ['mle', result.biased.map((row) => averageFields(row, named, 'MLE', level))],
      [
        'variance_decomposition',
        {
          BDG: { MLE: bdg(result, named, 'biased'), Ustat: bdg(result, named, 'unbiased') },
          BCK: { MLE: bck(result, named, 'biased'), Ustat: bck(result, named, 'unbiased') },
        },
      ],
    )
  },
}

type Areas = Pick<
  ReaderRow,
  | 'first'
  | 'second'
  | 'areaFirst'
  | 'varianceFirst'
  | 'areaSecond'
  | 'varianceSecond'
  | 'difference'
  | 'varianceOfDifference'
>

function areaFields(row: Areas, { modalityLabels }: NamedStudy): Record<string, Actual> {
  return {
    modalityA: modalityLabels[row.first]!,
    modalityB: row.second === null ? 'NO_MOD' : modalityLabels[row.second]!,
    AUCA: row.areaFirst,
    varAUCA: row.varianceFirst,
    AUCB: row.areaSecond,
    varAUCB: row.varianceSecond,
    AUCAminusAUCB: row.difference,
    varAUCAminusAUCB: row.varianceOfDifference,
  }
}

function readerFields(row: ReaderRow, named: NamedStudy): Record<string, Actual> {
  return { readerID: named.readerLabels[row.reader]!, N0: row.normals, N1: row.diseased, ...areaFields(row, named) }
}

function averageFields(row: AverageRow, named: NamedStudy, kind: string, level: number): Record<string, Actual> {
  const fields = (suffix: string, separator: string, { p, interval }: EstimateTest): Record<string, Actual> => ({
    [`pValue${suffix}`]: p,
    [`botCI${separator}`]: interval?.[0] ?? null,
    [`topCI${separator}`]: interval?.[1] ?? null,
    [`reject${suffix}`]: p === null ? null : p <= 1 - level ? 1 : 0,
  })
  return {
    NR: row.readers,
    N0: row.normals,
    N1: row.diseased,
    UstatOrMLE: kind,
    ...areaFields(row, named),
    ...fields('Normal', 'normal', row.normal),
    dfBDG: row.dfBdg,
    ...fields('BDG', 'BDG', row.bdg),
    dfHillis: row.dfHillis,
    ...fields('Hillis', 'Hillis', row.hillis),
  }
}

type Kind = 'biased' | 'unbiased'

function table(
  result: UStatisticAnalysis,
  named: NamedStudy,
  kind: Kind,
  values: (one: Decomposition) => Record<string, Actual>,
): Actual {
  return result.decompositions.map((row) => {
    const one = row[kind]
    return {
      'modalityID.1': named.modalityLabels[row.first]!,
      'modalityID.2': named.modalityLabels[row.second]!,
      ...(one && values(one)),
    }
  })
}

function bdg(result: UStatisticAnalysis, named: NamedStudy, kind: Kind): Actual {
  const moments = (values: number[]): Record<string, Actual> =>
    Object.fromEntries(values.map((value, k) => [`M${k + 1}`, value]))
  return {
    comp: table(result, named, kind, (one) => moments(one.moments)),
    coeff: table(result, named, kind, (one) => moments(one.momentCoefficients)),
  }
}

function bck(result: UStatisticAnalysis, named: NamedStudy, kind: Kind): Actual {
  const components = (values: BckComponents): Record<string, Actual> =>
    Object.fromEntries(Object.entries(values).map(([key, value]: [string, number]) => [key.toUpperCase(), value]))
  return {
    comp: table(result, named, kind, (one) => components(one.components)),
    coeff: table(result, named, kind, (one) => components(one.componentCoefficients)),
  }
}
