import { dbmAnalysis } from '../../statistics/mrmc/dbm.ts'
import { orNonInferiority } from '../../statistics/mrmc/noninferiority.ts'
import { orAnalysis, type OrOptions } from '../../statistics/mrmc/obuchowski-rockette.ts'
import { type ReaderStudy, requireStudy } from '../../statistics/mrmc/study.ts'
import { uStatisticAnalysis } from '../../statistics/mrmc/u-statistics.ts'
import { mean } from '../../statistics/moments.ts'
import { aucCaseBootstrap, bootstrapInterval } from '../../statistics/resampling/auc-bootstrap.ts'
import { signFlipTest } from '../../statistics/resampling/monte-carlo.ts'
import { signFlipExact } from '../../statistics/resampling/permutation.ts'
import { entry } from './attempt.ts'
import { confidenceOf, ratingsOf, type StudyData } from './ratings.ts'
import { dbmResults, type Entry, type Names, orResults, permutationResults, type Result } from './result-names.ts'
import { uStatisticResults } from './u-statistic-names.ts'

const BOOTSTRAP_ROUNDS = 10_000
/** Above this the number of sign flips is drawn from instead of counted out. */
const MOST_EXACT_READERS = 20

export function namesOf(data: StudyData, arms: readonly string[]): Names {
  return { treatments: arms, readers: data.readers.map((one) => String(one.readerId)) }
}

/** DeLong's covariance, or the unbiased one where readings are missing. */
function covarianceFor(study: ReaderStudy): 'delong' | 'unbiased' {
  return requireStudy(study).complete ? 'delong' : 'unbiased'
}

function options(covariance: string, level: number, readers = 'random', cases = 'random'): Result {
  return { readers, cases, covariance: covariance === 'delong' ? 'DeLong' : covariance, conf_level: level }
}

/** The analysis that the protocol fixed: reader-averaged area, readers and cases random. */
export function primaryEntry(data: StudyData): Entry {
  const { primary } = data.protocol
  const arms = [...primary.arms]
  const study = ratingsOf(data, arms, confidenceOf(data.protocol))
  const inputs = { dataset: 'study.imrmc', treatments: arms }
  const { level } = primary
  if (primary.hypothesis === 'non-inferiority') {
    return entry(
      {
        function: 'or_noninferiority',
        label: `${arms[0]} not inferior to ${arms[1]} by more than ${primary.margin}`,
        inputs: { ...inputs, treatments: [arms[1]!, arms[0]!], margin: primary.margin },
        options: options('delong', level),
      },
      () => {
        const covariance = covarianceFor(study)
        const one = orNonInferiority(study, primary.margin, { treatments: [1, 0], covariance, level })
        return {
          difference_2_minus_1: one.difference,
          se: one.standardError,
          df: one.df,
          one_sided_lower_97_5: one.lowerLimit,
          t: one.t,
          p_one_sided: one.pOneSided,
          not_inferior: one.lowerLimit === null ? null : one.lowerLimit > -primary.margin,
        }
      },
    )
  }
  return orEntry(data, arms, `${arms[0]} against ${arms[1]}, readers and cases random`, { level })
}

/** Obuchowski–Rockette over the arms with all components. */
function orEntry(
  data: StudyData,
  arms: readonly (typeof data.arms)[number][],
  label: string,
  choice: OrOptions,
  keep?: Parameters<typeof ratingsOf>[3],
): Entry {
  const study = ratingsOf(data, arms, confidenceOf(data.protocol), keep)
  const covariance = study.ratings.flat().some((row) => Array.from(row).includes(null)) ? 'unbiased' : 'delong'
  return entry(
    {
      function: 'or_analysis',
      label,
      inputs: { dataset: 'study.imrmc', treatments: [...arms] },
      options: options(
        choice.cases === 'fixed' ? 'none' : covariance,
        choice.level ?? 0.95,
        choice.readers,
        choice.cases,
      ),
    },
    () => orResults(orAnalysis(study, { covariance, ...choice }), namesOf(data, arms)),
  )
}

/** What else was computed of the same question, and what it rests on. */
export function sensitivityEntries(data: StudyData): Entry[] {
  const { primary } = data.protocol
  const { level } = primary
  const arms = [...primary.arms]
  const measure = confidenceOf(data.protocol)
  const study = ratingsOf(data, arms, measure)
  const inputs = { dataset: 'study.imrmc', treatments: arms }
  const flagged = (one: StudyData['readings'][number]): boolean =>
    one.answers['seen'] === 'yes' || one.openedEarly || one.clockFlagged || one.overTime
  return [
    ...(primary.hypothesis === 'non-inferiority'
      ? [orEntry(data, arms, 'the difference itself, readers and cases random', { level })]
      : []),
    ...(data.arms.length > 2
      ? [orEntry(data, data.arms, 'all diagnostic arms, readers and cases random', { level })]
      : []),
    orEntry(data, arms, 'these readers alone (readers fixed)', { level, readers: 'fixed' }),
    orEntry(data, arms, 'these cases alone (cases fixed)', { level, cases: 'fixed' }),
    entry({ function: 'dbm_analysis', label: 'Dorfman–Berbaum–Metz', inputs, options: { conf_level: level } }, () =>
      dbmResults(dbmAnalysis(study, { level })),
    ),
    entry({ function: 'u_statistic_mrmc', label: 'U-statistics', inputs, options: { conf_level: level } }, () =>
      uStatisticResults(uStatisticAnalysis(study, { level }), namesOf(data, arms), level),
    ),
    signFlipEntry(data, study, inputs),
    bootstrapEntry(study, inputs, level),
    ...(data.readings.some(flagged)
      ? [
          orEntry(
            data,
            arms,
            'without readings seen before, opened early, over time or clock-flagged',
            { level },
            (one) => !flagged(one),
          ),
        ]
      : []),
  ]
}

/** Each reader's difference is as likely to have the other sign: no assumption on the areas at all. */
function signFlipEntry(data: StudyData, study: ReaderStudy, inputs: Result): Entry {
  return entry(
    { function: 'permutation_paired_exact', label: 'sign flips of the readers’ differences', inputs },
    () => {
      const { estimates } = orAnalysis(study, { readers: 'fixed', covariance: covarianceFor(study) })
      const differences = data.readers.map((_, r) => estimates[0]![r]! - estimates[1]![r]!)
      const result =
        differences.length <= MOST_EXACT_READERS ? signFlipExact(differences) : signFlipTest(differences, { seed: 1 })
      return { differences, ...permutationResults('mean', result) }
    },
  )
}

function bootstrapEntry(study: ReaderStudy, inputs: Result, level: number): Entry {
  const what = {
    function: 'bootstrap_auc_monte_carlo',
    label: 'bootstrap over cases, stratified by truth, of the reader-averaged areas',
    inputs,
    options: { B: BOOTSTRAP_ROUNDS, seed: 1, conf_level: level },
  }
  return entry(what, () => {
    if (!requireStudy(study).complete) return { undefined: 'The case bootstrap needs every reading.' }
    const readers = study.ratings[0]!.length
    const scores = study.ratings.flat() as ArrayLike<number>[]
    const areas = aucCaseBootstrap(study.truth, scores, { rounds: BOOTSTRAP_ROUNDS, seed: 1 })
    const average = (auc: Float64Array, arm: number): number => mean(auc.subarray(arm * readers, (arm + 1) * readers))
    const of = (combine: (auc: Float64Array) => number) => bootstrapInterval(areas, combine, { level })
    const difference = of((auc) => average(auc, 0) - average(auc, 1))
    return {
      auc: [0, 1].map((arm) => of((auc) => average(auc, arm)).estimate),
      auc_ci: [0, 1].map((arm) => of((auc) => average(auc, arm)).interval),
      difference: difference.estimate,
      difference_ci: difference.interval,
      difference_se_ddof1: difference.standardError,
    }
  })
}
