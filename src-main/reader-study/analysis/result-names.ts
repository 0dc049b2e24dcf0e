import { calibrationError } from '../../statistics/calibration/bins.ts'
import { calibration } from '../../statistics/calibration/calibration.ts'
import type { Discrimination } from '../../statistics/discrimination.ts'
import type { DbmAnalysis, DbmTest } from '../../statistics/mrmc/dbm.ts'
import type { OrAnalysis, TreatmentDifference } from '../../statistics/mrmc/obuchowski-rockette.ts'
import type { EstimateTest } from '../../statistics/mrmc/tests.ts'
import type { BinaryMetrics } from '../../statistics/proportions/binary-metrics.ts'
import type { Proportion } from '../../statistics/proportions/interval.ts'
import type { McNemarTest } from '../../statistics/proportions/mcnemar.ts'
import type { ExactPermutation } from '../../statistics/resampling/permutation.ts'
import type { DelongAuc, DelongPaired } from '../../statistics/roc/delong.ts'

/** A number of the analysis under the name that the established software prints it with. */
export type Result = number | string | boolean | null | Result[] | { [name: string]: Result }
export interface Entry {
  function: string
  /** What was compared, in words. */
  label: string
  inputs?: Result
  options?: Result
  results: { [name: string]: Result }
}

/** Arms and readers under the names by which results call them. */
export interface Names {
  treatments: readonly string[]
  readers: readonly string[]
}

const test = (one: EstimateTest, statistic: 't' | 'z'): { [name: string]: Result } => ({
  Estimate: one.estimate,
  StdErr: one.standardError,
  ...(statistic === 't' ? { df: one.df } : {}),
  [statistic]: one.statistic,
  'p-value': one.p,
  CI_lower: one.interval?.[0] ?? null,
  CI_upper: one.interval?.[1] ?? null,
})

const comparison = ({ treatments: [a, b] }: TreatmentDifference, names: Names): string =>
  `${names.treatments[a]} - ${names.treatments[b]}`

/** As MRMCaov names them. */
export function orResults(result: OrAnalysis, names: Names): { [name: string]: Result } {
  const { meanSquares: ms, components, global, perReader } = result
  const statistic = perReader ? 'z' : 't'
  return {
    metric_by_treatment_reader: names.treatments.flatMap((treatment, t) =>
      names.readers.map((reader, r) => ({ treatment, reader, value: result.estimates[t]![r]! })),
    ),
    variance_components: components && {
      reader: components.reader,
      'treatment:reader': components.treatmentByReader,
      Error: components.error,
      Cov1: components.cov1,
      Cov2: components.cov2,
      Cov3: components.cov3,
    },
    mean_squares: { T: ms.treatment, R: ms.reader, 'T:R': ms.treatmentByReader },
    global_test: global && {
      'MS(T)': ms.treatment,
      'MS(T:R)': ms.treatmentByReader,
      Cov1: components?.cov1 ?? null,
      Cov2: components?.cov2 ?? null,
      Cov3: components?.cov3 ?? null,
      Denominator: global.denominator,
      ...(perReader
        ? { X2: global.statistic, df: global.df1 }
        : { F: global.statistic, df1: global.df1, df2: global.df2 }),
      'p-value': global.p,
    },
    pairwise_differences: result.differences.map((one) => ({
      Comparison: comparison(one, names),
      ...test(one, statistic),
    })),
    treatment_means: result.treatmentMeans.map((one, t) => ({
      test: names.treatments[t]!,
      ...test(one, statistic),
      'MS(R)': one.meanSquareReader,
      Cov2: one.covariances?.cov2 ?? null,
    })),
    ...(perReader && {
      reader_differences: perReader.flatMap(({ reader, differences }) =>
        differences.map((one) => ({
          Reader: names.readers[reader]!,
          Comparison: comparison(one, names),
          ...test(one, 'z'),
        })),
      ),
    }),
  }
}

const dbmTest = ({ global, differences }: DbmTest): Result => ({
  denominator: global.denominator,
  F: global.statistic,
  ndf: global.df1,
  ddf: global.df2,
  ddf_hillis: global.df2,
  p: global.p,
  pairs: differences.map((one) => ({
    pair: one.treatments.map((t) => t + 1),
    difference: one.estimate,
    se: one.standardError,
    t: one.statistic,
    ci: one.interval,
    p: one.p,
  })),
})

export function dbmResults(result: DbmAnalysis): { [name: string]: Result } {
  const { meanSquares: ms, components } = result
  return {
    reader_treatment_auc: result.estimates,
    pseudovalue_means_treatment: result.pseudovalueMeans,
    mean_squares: { T: ms.t, R: ms.r, C: ms.c, TR: ms.tr, TC: ms.tc, RC: ms.rc, TRC: ms.trc },
    variance_components: {
      R: components.reader,
      C: components.case,
      TR: components.treatmentByReader,
      TC: components.treatmentByCase,
      RC: components.readerByCase,
      TRC_plus_error: components.error,
    },
    RRRC: dbmTest(result.randomBoth),
    FRRC: dbmTest(result.fixedReaders),
    RRFC: dbmTest(result.fixedCases),
  }
}

export const aucResults = (one: DelongAuc): { [name: string]: Result } => ({
  auc: one.auc,
  variance: one.variance,
  se: one.standardError,
  ci: one.interval,
})

export const pairedResults = (one: DelongPaired): { [name: string]: Result } => ({
  auc: one.auc,
  variance: one.variance,
  covariance: one.covariance,
  difference: one.difference,
  se_difference: one.standardErrorOfDifference,
  z: one.z,
  p_two_sided: one.pTwoSided,
  difference_ci: one.differenceInterval,
})

const share = (one: Proportion): Result => ({
  estimate: one.estimate,
  ci_wilson: one.wilson,
  ci_clopper_pearson: one.clopperPearson,
  numerator: one.numerator,
  denominator: one.denominator,
})

export const binaryResults = (one: BinaryMetrics): { [name: string]: Result } => ({
  sensitivity: share(one.sensitivity),
  specificity: share(one.specificity),
  ppv: share(one.ppv),
  npv: share(one.npv),
  accuracy: share(one.accuracy),
  prevalence: share(one.prevalence),
  f1: one.f1,
  balanced_accuracy: one.balancedAccuracy,
  mcc: one.mcc,
  youden_j: one.youdenJ,
  cohen_kappa: one.cohenKappa,
})

export const mcnemarResults = (one: McNemarTest): { [name: string]: Result } => ({
  chi2: one.chiSquare,
  p: one.p,
  chi2_continuity: one.chiSquareCorrected,
  p_continuity: one.pCorrected,
  p_exact: one.pExact,
})

export const permutationResults = (statistic: string, one: ExactPermutation): { [name: string]: Result } => ({
  [statistic]: one.statistic,
  count_extreme: one.extreme,
  n_permutations: one.arrangements,
  p_two_sided: one.pTwoSided,
  p_greater: one.pGreater,
  p_less: one.pLess,
})

export const discriminationResults = (one: Discrimination, margins: [number, number]): { [name: string]: Result } => ({
  hit_rate: one.hitRate,
  false_alarm_rate: one.falseAlarmRate,
  d_prime_loglinear: one.dPrime,
  criterion_c_loglinear: one.criterion,
  accuracy: one.accuracy.estimate,
  wilson_95: one.accuracy.wilson,
  binomial_two_sided_vs_half: one.pAgainstGuessing,
  tost_exact: {
    margins,
    p_tost: one.equivalence.p,
    p_lower: one.equivalence.pLower,
    p_upper: one.equivalence.pUpper,
  },
})

/** Confidences of 0 to 1 held against the truth. */
export function calibrationResults(truth: number[], probability: number[]): { [name: string]: Result } {
  const one = calibration(truth, probability)
  return {
    brier: one.brier,
    brier_scaled: one.brierScaled,
    log_loss: one.logLoss,
    auc: one.auc,
    calibration_in_the_large: one.calibrationInTheLarge,
    calibration_intercept: one.calibrationIntercept,
    calibration_slope: one.calibrationSlope,
    calibration_slope_se: one.calibrationSlopeStandardError,
    spiegelhalter_z: one.spiegelhalterZ,
    spiegelhalter_p: one.spiegelhalterP,
    ece_uniform_10: bins(truth, probability),
  }
}

function bins(truth: number[], probability: number[]): Result {
  const { ece, mce, bins: list } = calibrationError(truth, probability, { bins: 10 })
  return {
    ece,
    mce,
    bins_index_n_meanpred_obsfreq: list.map((bin) => [bin.index, bin.n, bin.meanPredicted, bin.observedFrequency]),
  }
}
