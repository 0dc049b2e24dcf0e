import { blandAltman } from '../../../src-main/statistics/agreement/bland-altman.ts'
import { cohenKappa, type KappaWeights } from '../../../src-main/statistics/agreement/cohen-kappa.ts'
import { concordanceCorrelation } from '../../../src-main/statistics/agreement/concordance.ts'
import { categoryCounts, fleissKappa } from '../../../src-main/statistics/agreement/fleiss-kappa.ts'
import { type IccForm, intraclassCorrelations } from '../../../src-main/statistics/agreement/icc.ts'
import { correlation } from '../../../src-main/statistics/regression/correlation.ts'
import { linearRegression } from '../../../src-main/statistics/regression/linear.ts'
import { regressionMetrics } from '../../../src-main/statistics/regression/metrics.ts'
import type { Adapter } from './case.ts'
import { byName, levelOf, PERCENT } from './names.ts'

export const agreementAdapters: Record<string, Adapter> = {
  icc: ({ inputs, options }) =>
    byName([
      /^icc_([123])_([1k])$/,
      (model, unit) => {
        const at = (level: number) =>
          intraclassCorrelations(inputs.ratings_subject_by_rater, { level })[`icc${model}${unit}` as IccForm]
        const { icc, f, df1, df2, p } = at(0.95)
        return byName(
          ['icc', icc],
          ['F', f],
          ['df1', df1],
          ['df2', df2],
          ['p', p],
          [new RegExp(`^ci${PERCENT}$`), (percent) => at(levelOf(percent, options)).interval],
        )
      },
    ]),
  bland_altman: ({ inputs, options }) => {
    const at = (percent?: string) => blandAltman(inputs.x, inputs.y, { level: levelOf(percent, options) })
    const result = at()
    return byName(
      ['n', result.n],
      ['bias', result.bias],
      ['sd_difference', result.standardDeviation],
      ['loa_lower', result.lowerLimit],
      ['loa_upper', result.upperLimit],
      [new RegExp(`^bias_ci${PERCENT}_t$`), (percent) => at(percent).biasInterval],
      [new RegExp(`^loa_lower_ci${PERCENT}$`), (percent) => at(percent).lowerLimitInterval],
      [new RegExp(`^loa_upper_ci${PERCENT}$`), (percent) => at(percent).upperLimitInterval],
      ['p_bias_zero', result.pBiasZero],
      ['correlation_difference_vs_mean', result.correlationOfDifferenceAndMean],
    )
  },
  cohen_kappa: ({ inputs, options }) =>
    byName([
      /^(unweighted|linear|quadratic)$/,
      (weights) => {
        const at = (level: number) => cohenKappa(inputs.table_rater1_rows, { weights: weights as KappaWeights, level })
        const result = at(0.95)
        return byName(
          ['kappa', result.kappa],
          ['ase', result.standardError],
          [new RegExp(`^ci${PERCENT}$`), (percent) => at(levelOf(percent, options)).interval],
          ['ase_under_h0', result.standardErrorUnderNull],
          ['z', result.z],
          ['p_two_sided', result.pTwoSided],
        )
      },
    ]),
  fleiss_kappa: ({ inputs }) => {
    const ratings = inputs.ratings_subject_by_rater as number[][] | undefined
    const categories = (inputs.categories ?? [...new Set(ratings?.flat())].sort((a, b) => a - b)) as number[]
    const result = fleissKappa(ratings ? categoryCounts(ratings, categories) : inputs.counts_subject_by_category)
    return byName(
      ['kappa', result.kappa],
      ['mean_agreement', result.meanAgreement],
      ['chance_agreement', result.chanceAgreement],
      ['variance_h0_fleiss1979', result.varianceUnderNull],
      ['z', result.z],
      ['p_two_sided', result.pTwoSided],
      ['randolph_free_marginal_kappa', result.freeMarginalKappa],
    )
  },
  concordance_correlation: ({ inputs, options }) => {
    const at = (percent?: string) => concordanceCorrelation(inputs.x, inputs.y, { level: levelOf(percent, options) })
    const result = at()
    return byName(
      ['lin_ccc_population_moments', result.coefficient],
      ['epiR_estimate', result.coefficient],
      [new RegExp(`^epiR_ci${PERCENT}$`), (percent) => at(percent).interval],
      ['bias_correction_C_b', result.biasCorrection],
    )
  },
  regression_metrics: ({ inputs, options }) => {
    const at = (percent?: string) =>
      regressionMetrics(inputs.truth, inputs.predicted, { level: levelOf(percent, options) })
    const result = at()
    return byName(
      ['mae', result.meanAbsoluteError],
      ['mse', result.meanSquaredError],
      ['rmse', result.rootMeanSquaredError],
      ['r2', result.r2],
      ['median_absolute_error', result.medianAbsoluteError],
      ['explained_variance', result.explainedVariance],
      ['bias_mean_pred_minus_true', result.bias],
      ['pearson_r', result.correlation?.pearson ?? null],
      ['pearson_p_two_sided', result.correlation?.p ?? null],
      [new RegExp(`^pearson_ci${PERCENT}_fisher_z$`), (percent) => at(percent).correlation?.interval ?? null],
      ['spearman_rho', result.correlation?.spearman ?? null],
      ['kendall_tau_b', result.correlation?.kendallTauB ?? null],
      ['lin_ccc', result.linConcordance],
    )
  },
  correlation: ({ inputs, options }) => {
    const at = (percent?: string) => correlation(inputs.x, inputs.y, { level: levelOf(percent, options) })
    const result = at()
    return byName(
      ['pearson_r', result.pearson],
      ['t', result.t],
      ['df', result.df],
      ['p', result.p],
      [new RegExp(`^ci${PERCENT}$`), (percent) => at(percent).interval],
      ['spearman', result.spearman],
      ['kendall_tau_b', result.kendallTauB],
    )
  },
  linear_regression: ({ inputs }) => {
    const result = linearRegression(inputs.x, inputs.y)
    return byName(
      ['slope', result.slope],
      ['intercept', result.intercept],
      ['pearson_r', result.pearson],
      ['r_squared', result.rSquared],
      ['slope_se', result.slopeStandardError],
    )
  },
}
