import { delongAuc, delongContrast, delongPaired, delongUnpaired } from '../../../src-main/statistics/roc/delong.ts'
import { hanleyMcNeilStandardError } from '../../../src-main/statistics/roc/hanley-mcneil.ts'
import { partialAuc } from '../../../src-main/statistics/roc/partial-auc.ts'
import { rocCurve } from '../../../src-main/statistics/roc/curve.ts'
import { youdenThreshold } from '../../../src-main/statistics/roc/youden.ts'
import {
  averagePrecision,
  meanAveragePrecision,
  precisionRecallCurve,
  retrievalMeanAveragePrecision,
} from '../../../src-main/statistics/roc/average-precision.ts'
import type { Adapter } from './case.ts'
import { byName, levelOf, PERCENT } from './names.ts'

export const rocAdapters: Record<string, Adapter> = {
  auc_delong: ({ inputs, options }) => {
    const result = delongAuc(inputs.truth, inputs.score)
    return byName(
      ['auc', result.auc],
      ['variance', result.variance],
      ['se', result.standardError],
      [
        new RegExp(`^ci${PERCENT}$`),
        (percent) => delongAuc(inputs.truth, inputs.score, { level: levelOf(percent, options) }).interval,
      ],
    )
  },
  delong_paired_test: ({ inputs, options }) => {
    const at = (level: number) => delongPaired(inputs.truth, inputs.score1, inputs.score2, { level })
    const result = at(0.95)
    return byName(
      ['auc', result.auc],
      ['variance', result.variance],
      ['covariance', result.covariance],
      ['difference', result.difference],
      ['se_difference', result.standardErrorOfDifference],
      ['z', result.z],
      ['p_two_sided', result.pTwoSided],
      [new RegExp(`^difference_ci${PERCENT}$`), (percent) => at(levelOf(percent, options)).differenceInterval],
    )
  },
  delong_contrast_test: ({ inputs }) => {
    const result = delongContrast(inputs.truth, inputs.scores, inputs.contrast)
    return byName(
      ['auc', result.auc],
      ['covariance_matrix', result.covarianceMatrix],
      ['chi2', result.chiSquare],
      ['df', result.df],
      ['p', result.p],
    )
  },
  delong_unpaired_test: ({ inputs }) => {
    const result = delongUnpaired(inputs.truth1, inputs.score1, inputs.truth2, inputs.score2)
    return byName(
      ['auc', result.auc],
      ['variance', result.variance],
      ['t_welch', result.tWelch],
      ['df_welch', result.dfWelch],
      ['p_welch_t', result.pWelch],
      ['z', result.z],
      ['p_normal', result.pNormal],
    )
  },
  hanley_mcneil_se: ({ inputs }) => byName(['se', hanleyMcNeilStandardError(inputs.auc, inputs.n_pos, inputs.n_neg)]),
  partial_auc: ({ inputs }) =>
    byName([
      /^(specificity|sensitivity)_([\d.]+)_([\d.]+?)(_mcclish_standardised)?$/,
      (axis, from, to, standardised) => {
        const range: [number, number] = [Number(from), Number(to)]
        const result = partialAuc(inputs.truth, inputs.score, axis as 'specificity' | 'sensitivity', range)
        return standardised ? result.standardised : result.area
      },
    ]),
  youden_threshold: ({ inputs }) => {
    const result = youdenThreshold(inputs.truth, inputs.score)
    return byName(
      ['threshold', result.threshold],
      ['sensitivity', result.sensitivity],
      ['specificity', result.specificity],
      ['tp', result.truePositives],
      ['tn', result.trueNegatives],
      ['fp', result.falsePositives],
      ['fn', result.falseNegatives],
      ['accuracy', result.accuracy],
      ['ppv', result.ppv],
      ['npv', result.npv],
      ['youden_j', result.youdenJ],
    )
  },
  roc_curve: ({ inputs, options, expected }) => {
    // The number of points says whether the reference left out those on a straight line (scikit-learn's default).
    const full = rocCurve(inputs.truth, inputs.score)
    const points = (expected['fpr'] ?? expected['tpr'])?.length
    const dropCollinear = (options.drop_intermediate as boolean | undefined) ?? points !== full.falsePositiveRate.length
    const result = dropCollinear ? rocCurve(inputs.truth, inputs.score, { dropCollinear }) : full
    return byName(
      ['fpr', result.falsePositiveRate],
      ['tpr', result.truePositiveRate],
      ['thresholds_score_ge', result.thresholds],
    )
  },
  average_precision: ({ inputs }) => byName(['ap', averagePrecision(inputs.truth, inputs.score)]),
  precision_recall_curve: ({ inputs }) => {
    const result = precisionRecallCurve(inputs.truth, inputs.score)
    return byName(['precision', result.precision], ['recall', result.recall], ['thresholds', result.thresholds])
  },
  mean_average_precision: ({ inputs }) => {
    const result = meanAveragePrecision(inputs.truth_one_hot, inputs.score)
    return byName(
      ['ap_per_class', result.averagePrecisionPerClass],
      ['map_macro', result.macro],
      ['ap_micro', result.micro],
      ['auc_per_class', result.aucPerClass],
      ['auc_macro', result.aucMacro],
    )
  },
  retrieval_mean_average_precision: ({ inputs }) => {
    const result = retrievalMeanAveragePrecision(inputs.relevance_in_rank_order)
    return byName(['ap', result.averagePrecision], ['map', result.mean])
  },
}
