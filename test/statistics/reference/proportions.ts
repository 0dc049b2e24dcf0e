import { binomialTest } from '../../../src-main/statistics/proportions/binomial-test.ts'
import { binaryMetrics } from '../../../src-main/statistics/proportions/binary-metrics.ts'
import { independentDifference, pairedDifference } from '../../../src-main/statistics/proportions/difference.ts'
import {
  clopperPearsonInterval,
  type Proportion,
  wilsonInterval,
} from '../../../src-main/statistics/proportions/interval.ts'
import { mcnemarTest } from '../../../src-main/statistics/proportions/mcnemar.ts'
import {
  multiclassMetrics,
  type PrecisionRecallF1,
} from '../../../src-main/statistics/proportions/multiclass-metrics.ts'
import { discrimination } from '../../../src-main/statistics/discrimination.ts'
import { adjustPValues } from '../../../src-main/statistics/multiple-comparisons.ts'
import type { Actual, Adapter, Json, Lookup } from './case.ts'
import { byName, levelOf, nested, PERCENT } from './names.ts'

export const proportionAdapters: Record<string, Adapter> = {
  binary_metrics: ({ inputs, options }) => {
    const counts = {
      truePositives: inputs.tp,
      falsePositives: inputs.fp,
      falseNegatives: inputs.fn,
      trueNegatives: inputs.tn,
    }
    const result = binaryMetrics(counts)
    const shares = ['sensitivity', 'specificity', 'ppv', 'npv', 'accuracy', 'prevalence'] as const
    return byName(
      ...shares.map((name): [string, () => Actual] => [name, nested(share(result[name], options))]),
      ['f1', result.f1],
      ['balanced_accuracy', result.balancedAccuracy],
      ['mcc', result.mcc],
      ['youden_j', result.youdenJ],
      ['lr_positive', result.likelihoodRatioPositive],
      ['lr_negative', result.likelihoodRatioNegative],
      ['diagnostic_odds_ratio', result.diagnosticOddsRatio],
      ['cohen_kappa', result.cohenKappa],
    )
  },
  proportion_ci: ({ inputs, options }) =>
    byName(['estimate', inputs.x / inputs.n], ...intervals(inputs.x, inputs.n, options)),
  binomial_test: ({ inputs, options }) => {
    const result = binomialTest(inputs.x, inputs.n, inputs.p0)
    return byName(
      ['estimate', result.estimate],
      ['p_two_sided', result.pTwoSided],
      ['p_greater', result.pGreater],
      ['p_less', result.pLess],
      ...intervals(inputs.x, inputs.n, options),
    )
  },
  multiclass_metrics: ({ inputs, options }) => {
    const zeroDivision = (options.zero_division as number | undefined) ?? null
    const result = multiclassMetrics(inputs.truth, inputs.predicted, { zeroDivision })
    const three = (one: PrecisionRecallF1): Actual => [one.precision, one.recall, one.f1]
    return byName(
      ['accuracy', result.accuracy],
      ['balanced_accuracy', result.balancedAccuracy],
      ['confusion_matrix_rows_true', result.confusion],
      ['labels', result.labels],
      ['mcc', result.mcc],
      ['cohen_kappa', result.cohenKappa],
      [/^precision_recall_f1_(macro|micro|weighted)$/, (mean) => three(result[mean as 'macro'])],
      [/^(precision|recall|f1)_per_class$/, (name) => result.perClass.map((one) => one[name as 'f1'])],
    )
  },
  proportion_difference_independent: ({ inputs, options }) => {
    const at = (level: number) => independentDifference(inputs.x1, inputs.n1, inputs.x2, inputs.n2, { level })
    return byName(
      ['difference', at(0.95).difference],
      [new RegExp(`^ci_newcombe_score${PERCENT}$`), (percent) => at(levelOf(percent, options)).interval],
    )
  },
  proportion_difference_paired: ({ inputs, options }) => {
    const { both, first_only: firstOnly, second_only: secondOnly, neither } = inputs
    const at = (level: number) => pairedDifference({ both, firstOnly, secondOnly, neither }, { level })
    return byName(
      ['difference', at(0.95).difference],
      [new RegExp(`^ci_newcombe_score${PERCENT}$`), (percent) => at(levelOf(percent, options)).interval],
    )
  },
  mcnemar: ({ inputs }) => {
    const result = mcnemarTest(inputs.table)
    return byName(
      ['chi2', result.chiSquare],
      ['p', result.p],
      ['chi2_continuity', result.chiSquareCorrected],
      ['p_continuity', result.pCorrected],
      ['p_exact', result.pExact],
    )
  },
  discrimination: ({ inputs, options }) => {
    const { hits, n_signal: signals, false_alarms: falseAlarms, n_noise: noises } = inputs
    const margins = (options.margins ?? [0.4, 0.6]) as [number, number]
    const result = discrimination({ hits, signals, falseAlarms, noises }, { margins })
    const { p, pLower, pUpper } = result.equivalence
    return byName(
      ['hit_rate', result.hitRate],
      ['false_alarm_rate', result.falseAlarmRate],
      ['d_prime_loglinear', result.dPrime],
      ['criterion_c_loglinear', result.criterion],
      ['accuracy', result.accuracy.estimate],
      ['binomial_two_sided_vs_half', result.pAgainstGuessing],
      ['tost_exact', { margins, p_tost: p, p_lower: pLower, p_upper: pUpper }],
      ...intervals(result.accuracy.numerator, result.accuracy.denominator, options),
    )
  },
  p_adjust: ({ inputs }) =>
    byName(
      [/^bonf(?:erroni)?$/, () => adjustPValues(inputs.p, 'bonferroni')],
      [/^(holm|hochberg|hommel)$/, (method) => adjustPValues(inputs.p, method as 'holm')],
      [/^(?:bh|fdr)$/, () => adjustPValues(inputs.p, 'benjamini-hochberg')],
      ['by', () => adjustPValues(inputs.p, 'benjamini-yekutieli')],
    ),
}

function intervals(x: number, n: number, options: Json): [RegExp, (percent?: string) => Actual][] {
  return [
    [new RegExp(`^wilson${PERCENT}$`), (percent) => wilsonInterval(x, n, { level: levelOf(percent, options) })],
    [
      new RegExp(`^clopper_pearson${PERCENT}$`),
      (percent) => clopperPearsonInterval(x, n, { level: levelOf(percent, options) }),
    ],
  ]
}

function share({ numerator, denominator, estimate }: Proportion, options: Json): Lookup {
  const interval = (of: typeof wilsonInterval, percent?: string): Actual =>
    estimate === null ? null : of(numerator, denominator, { level: levelOf(percent, options) })
  return byName(
    ['estimate', estimate],
    ['numerator', numerator],
    ['denominator', denominator],
    [new RegExp(`^ci_wilson${PERCENT}$`), (percent) => interval(wilsonInterval, percent)],
    [new RegExp(`^ci_clopper_pearson${PERCENT}$`), (percent) => interval(clopperPearsonInterval, percent)],
  )
}
