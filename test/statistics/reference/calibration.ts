import { calibrationError, hosmerLemeshow } from '../../../src-main/statistics/calibration/bins.ts'
import { binnedConcordance } from '../../../src-main/statistics/calibration/binned-concordance.ts'
import { brierScore, calibration } from '../../../src-main/statistics/calibration/calibration.ts'
import {
  decisionCurve,
  decisionCurveOfCalls,
  decisionCurveOfPolicy,
  type NetBenefit,
} from '../../../src-main/statistics/decision-curve.ts'
import type { Actual, Adapter, Json, Lookup } from './case.ts'
import { byName } from './names.ts'

export const calibrationAdapters: Record<string, Adapter> = {
  brier_score: ({ inputs }) => byName(['brier', brierScore(inputs.truth, inputs.probability)]),
  calibration_bins: ({ inputs }) => binNames(inputs),
  calibration: ({ inputs }) => {
    const result = calibration(inputs.truth, inputs.probability)
    const overall = byName(
      ['brier', result.brier],
      ['brier_scaled', result.brierScaled],
      ['log_loss', result.logLoss],
      // rms val.prob, the source of this number, ties predictions within 0.002; our own report gives the exact area.
      ['auc', binnedConcordance(inputs.truth, inputs.probability)],
      ['calibration_in_the_large', result.calibrationInTheLarge],
      ['calibration_intercept', result.calibrationIntercept],
      ['calibration_slope', result.calibrationSlope],
      ['calibration_slope_se', result.calibrationSlopeStandardError],
      ['spiegelhalter_z', result.spiegelhalterZ],
      ['spiegelhalter_p', result.spiegelhalterP],
    )
    const bins = binNames(inputs)
    return (name) => (overall(name) === undefined ? bins(name) : overall(name))
  },
  decision_curve: ({ inputs, options, expected }) => {
    const { truth, thresholds } = inputs as { truth: number[]; thresholds: number[] }
    const curves = new Map<string, NetBenefit[]>([
      ['all', decisionCurveOfPolicy(truth, 'all', thresholds)],
      ['none', decisionCurveOfPolicy(truth, 'none', thresholds)],
    ])
    for (const [name, probability] of Object.entries(inputs.probability as Record<string, number[]>)) {
      curves.set(name, decisionCurve(truth, probability, thresholds, { harm: options.harm?.[name] ?? 0 }))
    }
    const rows = (columns: string[]): Lookup => {
      return (name) =>
        curves.get(name)?.map((point) => columns.map((column): Actual => decisionColumns[column]?.(point) as Actual))
    }
    const columns = (expected['columns'] ?? ['threshold', 'tp_rate', 'fp_rate', 'net_benefit']) as string[]
    const avoided = (expected['net_intervention_avoided_columns'] ?? ['threshold', 'per person']) as string[]
    return byName(
      ['columns', columns],
      ['models', () => rows(columns)],
      ['net_intervention_avoided_columns', avoided],
      ['net_intervention_avoided', () => rows(avoided)],
    )
  },
  decision_curve_binary: ({ inputs }) => {
    const ofCalls = decisionCurveOfCalls(inputs.truth, inputs.call, inputs.thresholds)
    const all = decisionCurveOfPolicy(inputs.truth, 'all', inputs.thresholds)
    return byName(
      ['net_benefit', ofCalls.map((point) => point.netBenefit)],
      ['treat_all', all.map((point) => point.netBenefit)],
    )
  },
}

const decisionColumns: Record<string, (point: NetBenefit) => Actual> = {
  threshold: (point) => point.threshold,
  tp_rate: (point) => point.truePositiveRate,
  fp_rate: (point) => point.falsePositiveRate,
  net_benefit: (point) => point.netBenefit,
  'per person': (point) => point.interventionsAvoided,
}

function binNames({ truth, probability }: Json): Lookup {
  return byName(
    [
      /^ece_(uniform|quantile)_(\d+)$/,
      (spacing, count) => {
        const result = calibrationError(truth, probability, { bins: Number(count), spacing: spacing as 'uniform' })
        const bins = result.bins.map((bin): Actual => [bin.index, bin.n, bin.meanPredicted, bin.observedFrequency])
        return { ece: result.ece, mce: result.mce, bins_index_n_meanpred_obsfreq: bins }
      },
    ],
    [
      /^hosmer_lemeshow_(\d+)$/,
      (count) => {
        const result = hosmerLemeshow(truth, probability, { groups: Number(count) })
        const groups = result.groups.map((group): Actual => [group.n, group.observed, group.expected])
        return {
          chi2: result.chiSquare,
          df: result.df,
          p: result.p,
          p_df_g: result.pExternal,
          groups_n_observed_expected: groups,
        }
      },
    ],
  )
}
