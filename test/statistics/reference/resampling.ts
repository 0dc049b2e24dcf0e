import { mean, populationVariance, sampleVariance } from '../../../src-main/statistics/moments.ts'
import { median, quantile } from '../../../src-main/statistics/quantile.ts'
import {
  aucCaseBootstrap,
  aucOverResamples,
  bootstrapInterval,
} from '../../../src-main/statistics/resampling/auc-bootstrap.ts'
import { aucSwapExact } from '../../../src-main/statistics/resampling/auc-permutation.ts'
import {
  allResamples,
  type Bootstrap,
  bootstrap,
  randomResamples,
} from '../../../src-main/statistics/resampling/bootstrap.ts'
import {
  type ExactPermutation,
  signFlipExact,
  twoSampleExact,
} from '../../../src-main/statistics/resampling/permutation.ts'
import { friedmanTest, wilcoxonSignedRankExact } from '../../../src-main/statistics/resampling/rank-tests.ts'
import type { Adapter, Lookup } from './case.ts'
import { byName, levelOf, nested, PERCENT } from './names.ts'

export const resamplingAdapters: Record<string, Adapter> = {
  quantile: ({ inputs }) => byName(['quantiles', (inputs.probs as number[]).map((p) => quantile(inputs.x, p))]),
  bootstrap_exact_enumeration: ({ inputs, options }) => {
    const n = (inputs.x as number[]).length
    const resamples = n <= 7 ? allResamples(n) : randomResamples(n, 40_000, 1)
    const at = (percent?: string) =>
      bootstrap(inputs.x, statisticOf(inputs.statistic), resamples, { level: levelOf(percent, options) })
    const { replicates } = at()
    return byName(
      ['n_resamples', n ** n],
      ['mean', mean(replicates)],
      ['sd_population', Math.sqrt(populationVariance(replicates))],
      [new RegExp(`^percentile_ci${PERCENT}$`), (percent) => at(percent).percentileInterval],
    )
  },
  bootstrap_given_indices: ({ inputs, options }) => {
    const at = (percent?: string): Bootstrap =>
      bootstrap(inputs.x, statisticOf(inputs.statistic), inputs.resample_indices_zero_based, {
        level: levelOf(percent, options),
      })
    const result = at()
    return byName(
      ['estimate', result.estimate],
      [
        /^replicates(?:_first(\d+))?$/,
        (count) => Array.from(result.replicates.slice(0, count ? Number(count) : undefined)),
      ],
      ['bootstrap_se_ddof1', result.standardError],
      ['bias', result.bias],
      [new RegExp(`^percentile_ci${PERCENT}$`), (percent) => at(percent).percentileInterval],
      ['bca', result.bca === null ? null : nested(bcaOf(at))],
    )
  },
  bootstrap_auc_paired_given_indices: ({ inputs, options }) => {
    const areas = aucOverResamples(inputs.truth, [inputs.score1, inputs.score2], inputs.resample_indices_zero_based)
    const one = (k: number, percent?: string) =>
      bootstrapInterval(areas, (auc) => auc[k]!, { level: levelOf(percent, options) })
    const difference = (percent?: string) =>
      bootstrapInterval(areas, (auc) => auc[0]! - auc[1]!, { level: levelOf(percent, options) })
    return byName(
      ['auc', areas.auc],
      [new RegExp(`^auc([12])_ci${PERCENT}$`), (which, percent) => one(Number(which) - 1, percent).interval],
      ['difference', difference().estimate],
      [new RegExp(`^difference_ci${PERCENT}$`), (percent) => difference(percent).interval],
      ['difference_se_ddof1', difference().standardError],
      [
        /^replicates_difference(?:_first(\d+))?$/,
        (count) => Array.from(difference().replicates.slice(0, count ? Number(count) : undefined)),
      ],
    )
  },
  bootstrap_auc_monte_carlo: ({ inputs, options }) => {
    const rounds = Math.max(40_000, (options.B_required_at_least as number | undefined) ?? 0)
    const stratified = !/unstratified|not stratified/.test(String(options.resampling))
    const areas = aucCaseBootstrap(inputs.truth, [inputs.score], { rounds, seed: 20260101, stratified })
    return byName(
      ['auc', areas.auc[0]!],
      [
        new RegExp(`^percentile_ci${PERCENT}$`),
        (percent) => bootstrapInterval(areas, (auc) => auc[0]!, { level: levelOf(percent, options) }).interval,
      ],
    )
  },
  permutation_paired_exact: ({ inputs }) => permutationNames('mean', signFlipExact(inputs.differences)),
  permutation_two_sample_exact: ({ inputs }) =>
    permutationNames('difference_in_means', twoSampleExact(inputs.x, inputs.y)),
  permutation_auc_paired_exact: ({ inputs }) =>
    permutationNames('auc_difference', aucSwapExact(inputs.truth, inputs.score1, inputs.score2)),
  wilcoxon_signed_rank_exact: ({ inputs }) => {
    const result = wilcoxonSignedRankExact(inputs.x, inputs.y)
    return byName(
      ['V', result.v],
      ['p_two_sided', result.pTwoSided],
      ['p_greater', result.pGreater],
      ['p_less', result.pLess],
    )
  },
  friedman_test: ({ inputs }) => {
    const result = friedmanTest(inputs.blocks_by_treatment)
    return byName(['chi2', result.chiSquare], ['df', result.df], ['p', result.p])
  },
}

function permutationNames(statistic: string, result: ExactPermutation): Lookup {
  return byName(
    [statistic, result.statistic],
    ['count_extreme', result.extreme],
    ['n_permutations', result.arrangements],
    ['p_two_sided', result.pTwoSided],
    ['p_greater', result.pGreater],
    ['p_less', result.pLess],
  )
}

function bcaOf(at: (percent?: string) => Bootstrap): Lookup {
  return byName(
    ['z0', at().bca!.z0],
    ['acceleration', at().bca!.acceleration],
    [new RegExp(`^adjusted_levels${PERCENT}$`), (percent) => at(percent).bca!.adjustedLevels],
    [new RegExp(`^ci${PERCENT}$`), (percent) => at(percent).bca!.interval],
  )
}

const statistics: Record<string, (sample: ArrayLike<number>) => number> = {
  mean,
  median,
  min: (sample) => Math.min(...Array.from(sample)),
  max: (sample) => Math.max(...Array.from(sample)),
  sd: (sample) => Math.sqrt(sampleVariance(sample)),
  'sample sd': (sample) => Math.sqrt(sampleVariance(sample)),
  'population sd': (sample) => Math.sqrt(populationVariance(sample)),
  variance: sampleVariance,
  'sample variance': sampleVariance,
  'population variance': populationVariance,
}

/** `mean`, or a quotient such as `population sd / mean`. */
function statisticOf(name: string): (sample: ArrayLike<number>) => number {
  const parts = name.split('/').map((part) => {
    const statistic = statistics[part.trim().toLowerCase()]
    if (!statistic) throw new Error(`no statistic of the name ${name} is known`)
    return statistic
  })
  return (sample) => parts.slice(1).reduce((value, statistic) => value / statistic(sample), parts[0]!(sample))
}
