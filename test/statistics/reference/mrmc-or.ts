import { dbmAnalysis, type DbmTest } from '../../../src-main/statistics/mrmc/dbm.ts'
import { orNonInferiority } from '../../../src-main/statistics/mrmc/noninferiority.ts'
import {
  type OrAnalysis,
  orAnalysis,
  type OrOptions,
  type TreatmentDifference,
} from '../../../src-main/statistics/mrmc/obuchowski-rockette.ts'
import type { EstimateTest } from '../../../src-main/statistics/mrmc/tests.ts'
import type { CovarianceMethod } from '../../../src-main/statistics/mrmc/covariance.ts'
import type { Actual, Adapter, Json, Lookup, ReferenceCase } from './case.ts'
import { type NamedStudy, studyOf } from './mrmc-study.ts'
import { byName, levelOf, nested } from './names.ts'

export const orAdapters: Record<string, Adapter> = {
  or_analysis: (reference) => orNames(reference, 'auc'),
  or_analysis_binary: (reference) => orNames(reference, reference.inputs.metric),
  single_reader_comparison: (reference) => {
    const named = studyOf(reference)
    // The reader is named as in results, from 1.
    const reader = (reference.inputs.reader as number) - 1
    const study = { truth: named.study.truth, ratings: named.study.ratings.map((treatment) => [treatment[reader]!]) }
    const { differences } = orAnalysis(study, { ...orOptions(reference.options), readers: 'fixed', cases: 'random' })
    const [only] = differences
    return byName(
      ['Comparison', comparison(only!, named)],
      ['CIl', only!.interval?.[0] ?? null],
      ['CIu', only!.interval?.[1] ?? null],
      [/^(Estimate|StdErr|df|t|z|p-value)$/, (name) => testValue(only!, name!)!],
    )
  },
  or_analysis_published: publishedNames,
  or_noninferiority: (reference) => {
    const { study } = studyOf(reference)
    const result = orNonInferiority(study, reference.inputs.margin, orOptions(reference.options))
    return byName(
      ['difference_2_minus_1', result.difference],
      ['se', result.standardError],
      ['df', result.df],
      ['t', result.t],
      ['p_one_sided', result.pOneSided],
      [
        /^one_sided_lower_(\d+)(?:_(\d+))?$/,
        (whole, part) => {
          const level = 2 * (Number(`${whole}.${part ?? 0}`) / 100) - 1
          return orNonInferiority(study, reference.inputs.margin, { ...orOptions(reference.options), level }).lowerLimit
        },
      ],
    )
  },
  dbm_analysis: (reference) => {
    const result = dbmAnalysis(studyOf(reference).study, { level: levelOf(undefined, reference.options) })
    const { meanSquares: ms, components } = result
    return byName(
      ['reader_treatment_auc', result.estimates],
      ['pseudovalue_means_treatment', result.pseudovalueMeans],
      ['mean_squares', { T: ms.t, R: ms.r, C: ms.c, TR: ms.tr, TC: ms.tc, RC: ms.rc, TRC: ms.trc }],
      [
        'variance_components',
        {
          R: components.reader,
          C: components.case,
          TR: components.treatmentByReader,
          TC: components.treatmentByCase,
          RC: components.readerByCase,
          TRC_plus_error: components.error,
        },
      ],
      ['RRRC', nested(dbmTest(result.randomBoth))],
      ['FRRC', nested(dbmTest(result.fixedReaders))],
      ['RRFC', nested(dbmTest(result.fixedCases))],
    )
  },
}

function dbmTest({ global, differences }: DbmTest): Lookup {
  return byName(
    ['denominator', global.denominator],
    ['F', global.statistic],
    ['ndf', global.df1],
    [/^ddf(?:_hillis)?$/, () => global.df2],
    ['p', global.p],
    [
      'pairs',
      differences.map(({ treatments, estimate, standardError, statistic, interval, p }) => ({
        pair: treatments.map((t) => t + 1),
        difference: estimate,
        se: standardError,
        t: statistic,
        ci: interval,
        p,
      })),
    ],
  )
}

/** The options of a case in our own words. */
function orOptions(options: Json): OrOptions {
  const method = options.covariance as string | null | undefined
  return {
    ...(method ? { covariance: method.toLowerCase() as CovarianceMethod } : {}),
    ...(options.readers ? { readers: options.readers } : {}),
    ...(options.cases ? { cases: options.cases } : {}),
    level: levelOf(undefined, options),
  }
}

function orNames(reference: ReferenceCase, metric: OrOptions['metric'] & string): Lookup {
  const named = studyOf(reference)
  const result = orAnalysis(named.study, { ...orOptions(reference.options), metric })
  const { meanSquares: ms, components, global, estimates } = result
  const squares: Record<string, Actual> = { T: ms.treatment, R: ms.reader, 'T:R': ms.treatmentByReader }
  const cells = named.treatments.flatMap((treatment, t) =>
    named.readers.map((reader, r) => ({ reader, treatment, value: estimates[t]![r]! })),
  )
  return byName(
    ['metric_by_treatment_reader', cells],
    ['mean_squares', squares],
    [
      'variance_components',
      components && {
        reader: components.reader,
        'treatment:reader': components.treatmentByReader,
        Error: components.error,
        Cov1: components.cov1,
        Cov2: components.cov2,
        Cov3: components.cov3,
      },
    ],
    [
      'global_test',
      global && {
        'MS(T)': ms.treatment,
        'MS(T:R)': ms.treatmentByReader,
        Cov1: components?.cov1 ?? null,
        Cov2: components?.cov2 ?? null,
        Cov3: components?.cov3 ?? null,
        Denominator: global.denominator,
        F: global.statistic,
        X2: global.statistic,
        df1: global.df1,
        df2: global.df2,
        df: global.df1,
        'p-value': global.p,
      },
    ],
    ['pairwise_differences', () => result.differences.map((one): Actual => differenceRow(one, named))],
    ['treatment_means', () => result.treatmentMeans.map((one, t): Actual => meanRow(one, named.treatments[t]!))],
    [
      'reader_differences',
      () =>
        (result.perReader ?? []).flatMap(({ reader, differences }) =>
          differences.map((one): Actual => differenceRow(one, named, named.readers[reader]!)),
        ),
    ],
    [
      'reader_treatment_means',
      () =>
        named.treatments.flatMap((treatment, t) =>
          (result.perReader ?? []).map((one): Actual =>
            readerMeanRow(one.treatments[t]!, treatment, named.readers[one.reader]!),
          ),
        ),
    ],
  )
}

function differenceRow(one: TreatmentDifference, named: NamedStudy, reader?: string): Lookup {
  return (name) => {
    if (name === 'Comparison') return comparison(one, named)
    return name === 'Reader' ? reader : testValue(one, name)
  }
}

function meanRow(one: OrAnalysis['treatmentMeans'][number], treatment: string): Lookup {
  return (name) => {
    switch (name) {
      case 'test':
      case 'treatment':
        return treatment
      case 'MS(R)':
        return one.meanSquareReader
      case 'Cov2':
        return one.covariances?.cov2 ?? null
      case 'Var(Error)':
        return one.covariances?.error ?? null
      default:
        return testValue(one, name)
    }
  }
}

function readerMeanRow(one: EstimateTest, treatment: string, reader: string): Lookup {
  return (name) => {
    if (name === 'treatment') return treatment
    if (name === 'reader') return reader
    return name === 'empirical_auc' || name === 'value' ? one.estimate : testValue(one, name)
  }
}

function testValue(one: EstimateTest, name: string): Actual | undefined {
  switch (name) {
    case 'Estimate':
      return one.estimate
    case 'StdErr':
      return one.standardError
    case 'df':
      return one.df
    case 't':
    case 'z':
      return one.statistic
    case 'p-value':
      return one.p
    case 'CI_lower':
      return one.interval?.[0] ?? null
    case 'CI_upper':
      return one.interval?.[1] ?? null
    default:
      return undefined
  }
}

function comparison({ treatments: [first, second] }: TreatmentDifference, { treatments }: NamedStudy): string {
  return `${treatments[first]} - ${treatments[second]}`
}

/** Names of the printed output of OR-DBM MRMC, which clamps Cov2 − Cov3 with fixed readers too. */
function publishedNames(reference: ReferenceCase): Lookup {
  const { study } = studyOf(reference)
  const options = { ...orOptions(reference.options), clampFixedReaders: true }
  const analyses: Record<string, OrAnalysis> = {
    rrrc: orAnalysis(study, options),
    frrc: orAnalysis(study, { ...options, readers: 'fixed' }),
    rrfc: orAnalysis(study, { ...options, cases: 'fixed' }),
  }
  const { components, meanSquares: ms, differences, treatmentMeans } = analyses['rrrc']!
  const dbm = dbmAnalysis(study).components
  const single = (values: Actual[]): Actual => (values.length === 1 ? values[0]! : values)
  const of = (which: string | undefined): OrAnalysis => analyses[which!]!
  const readers = (value: (one: EstimateTest) => Actual): Actual =>
    of('frrc').perReader!.map((one) => single(one.differences.map(value)))
  return byName(
    ['Var(R)', components!.reader],
    ['Var(T*R)', components!.treatmentByReader],
    ['COV1', components!.cov1],
    ['COV2', components!.cov2],
    ['COV3', components!.cov3],
    ['Var(Error)', components!.error],
    ['MS(T)', ms.treatment],
    ['MS(R)', ms.reader],
    ['MS(T*R)', ms.treatmentByReader],
    ['dbm_Var(R)', dbm.reader],
    ['dbm_Var(C)', dbm.case],
    ['dbm_Var(T*R)', dbm.treatmentByReader],
    ['dbm_Var(T*C)', dbm.treatmentByCase],
    ['dbm_Var(R*C)', dbm.readerByCase],
    ['dbm_Var(T*R*C)+Var(Error)', dbm.error],
    ['treatment_auc', treatmentMeans.map((one) => one.estimate)],
    [
      /^difference_(\d+)_minus_(\d+)$/,
      (first, second) =>
        differences.find(({ treatments: [a, b] }) => a === Number(first) - 1 && b === Number(second) - 1)!.estimate,
    ],
    [/^(rrrc|frrc|rrfc)_(?:F|chi2)$/, (which) => of(which).global!.statistic],
    [/^(rrrc|frrc|rrfc)_ddf$/, (which) => of(which).global!.df2],
    [/^(rrrc|frrc|rrfc)_p$/, (which) => of(which).global!.p],
    [/^(rrrc|frrc|rrfc)_se$/, (which) => single(of(which).differences.map((one) => one.standardError))],
    [/^(rrrc|frrc|rrfc)_ci$/, (which) => single(of(which).differences.map((one) => one.interval))],
    [/^(rrrc|frrc|rrfc)_treatment_se$/, (which) => of(which).treatmentMeans.map((one) => one.standardError)],
    [/^(rrrc|frrc|rrfc)_treatment_ci$/, (which) => of(which).treatmentMeans.map((one) => one.interval)],
    [/^(rrrc|frrc|rrfc)_treatment_df$/, (which) => of(which).treatmentMeans.map((one) => one.df)],
    ['frrc_reader_differences', () => readers((one) => one.estimate)],
    ['frrc_reader_se', () => readers((one) => one.standardError)],
    ['frrc_reader_p', () => readers((one) => one.p)],
    ['frrc_reader_ci', () => readers((one) => one.interval)],
  )
}
