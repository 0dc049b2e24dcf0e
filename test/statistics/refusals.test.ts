import { describe, expect, it } from 'vitest'
import { AppError } from '../../src-preload/contract/errors.ts'
import { blandAltman } from '../../src-main/statistics/agreement/bland-altman.ts'
import { cohenKappa } from '../../src-main/statistics/agreement/cohen-kappa.ts'
import { concordanceCorrelation } from '../../src-main/statistics/agreement/concordance.ts'
import { fleissKappa } from '../../src-main/statistics/agreement/fleiss-kappa.ts'
import { intraclassCorrelations } from '../../src-main/statistics/agreement/icc.ts'
import { calibrationError } from '../../src-main/statistics/calibration/bins.ts'
import { calibration } from '../../src-main/statistics/calibration/calibration.ts'
import { decisionCurve } from '../../src-main/statistics/decision-curve.ts'
import { discrimination } from '../../src-main/statistics/discrimination.ts'
import { imageFromRows } from '../../src-main/statistics/images/image.ts'
import { orAnalysis } from '../../src-main/statistics/mrmc/obuchowski-rockette.ts'
import { uStatisticAnalysis } from '../../src-main/statistics/mrmc/u-statistics.ts'
import { adjustPValues } from '../../src-main/statistics/multiple-comparisons.ts'
import { binaryMetrics } from '../../src-main/statistics/proportions/binary-metrics.ts'
import { binomialTest } from '../../src-main/statistics/proportions/binomial-test.ts'
import { wilsonInterval } from '../../src-main/statistics/proportions/interval.ts'
import { mcnemarTest } from '../../src-main/statistics/proportions/mcnemar.ts'
import { quantile } from '../../src-main/statistics/quantile.ts'
import { regressionMetrics } from '../../src-main/statistics/regression/metrics.ts'
import { bootstrap } from '../../src-main/statistics/resampling/bootstrap.ts'
import { signFlipExact } from '../../src-main/statistics/resampling/permutation.ts'
import { friedmanTest } from '../../src-main/statistics/resampling/rank-tests.ts'
import { auc } from '../../src-main/statistics/roc/auc.ts'
import { averagePrecision, meanAveragePrecision } from '../../src-main/statistics/roc/average-precision.ts'
import { rocCurve } from '../../src-main/statistics/roc/curve.ts'
import { delongContrast, delongPaired } from '../../src-main/statistics/roc/delong.ts'
import { hanleyMcNeilStandardError } from '../../src-main/statistics/roc/hanley-mcneil.ts'
import { partialAuc } from '../../src-main/statistics/roc/partial-auc.ts'

const truth = [0, 1, 0, 1]
const score = [1, 2, 3, 4]

/** What is wrong with the input, the code that says so, and the call. */
const refusals: [string, string, () => unknown][] = [
  ['no cases', 'empty', () => auc([], [])],
  ['one class', 'one-class', () => auc([1, 1], [1, 2])],
  ['a label of 2', 'not-binary', () => auc([0, 2], [1, 2])],
  ['NaN among the scores', 'not-finite', () => auc(truth, [1, NaN, 3, 4])],
  ['an infinite score', 'not-finite', () => auc(truth, [1, Infinity, 3, 4])],
  ['a score too few', 'ragged', () => auc(truth, [1, 2, 3])],
  ['a curve of one class', 'one-class', () => rocCurve([0, 0], [1, 2])],
  ['an empty range of specificity', 'bad-parameter', () => partialAuc(truth, score, 'specificity', [0.9, 0.9])],
  ['no positive case for precision', 'one-class', () => averagePrecision([0, 0], [1, 2])],
  ['a class score too few', 'ragged', () => meanAveragePrecision([[1, 0]], [[0.5]])],
  ['a confidence level of 95', 'bad-parameter', () => delongPaired(truth, score, score, { level: 95 })],
  ['a contrast of the wrong length', 'ragged', () => delongContrast(truth, [score, score], [[1]])],
  ['half a case', 'bad-count', () => hanleyMcNeilStandardError(0.8, 10.5, 12)],
  ['more successes than trials', 'bad-count', () => wilsonInterval(5, 4)],
  ['no trials', 'bad-count', () => wilsonInterval(0, 0)],
  [
    'a negative count',
    'bad-count',
    () => binaryMetrics({ truePositives: -1, falsePositives: 0, falseNegatives: 0, trueNegatives: 3 }),
  ],
  [
    'an empty table of calls',
    'empty',
    () => binaryMetrics({ truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 }),
  ],
  ['a null share of 1.2', 'not-probability', () => binomialTest(3, 5, 1.2)],
  [
    'a 2 × 3 table',
    'ragged',
    () =>
      mcnemarTest([
        [1, 2, 3],
        [4, 5, 6],
      ]),
  ],
  [
    'margins the wrong way round',
    'bad-parameter',
    () => discrimination({ hits: 3, signals: 5, falseAlarms: 1, noises: 5 }, { margins: [0.6, 0.4] }),
  ],
  ['a kappa table that is not square', 'ragged', () => cohenKappa([[1, 2]])],
  [
    'a kappa table of zeros',
    'empty',
    () =>
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
  ],
  [
    'subjects with different numbers of raters',
    'ragged',
    () =>
      fleissKappa([
        [2, 1],
        [1, 1],
      ]),
  ],
  [
    'a single rater',
    'bad-count',
    () =>
      fleissKappa([
        [1, 0],
        [0, 1],
      ]),
  ],
  ['ratings of one rater', 'bad-count', () => intraclassCorrelations([[1], [2]])],
  [
    'ratings that are all equal',
    'no-variance',
    () =>
      intraclassCorrelations([
        [3, 3],
        [3, 3],
      ]),
  ],
  ['ragged ratings', 'ragged', () => intraclassCorrelations([[1, 2], [3]])],
  ['a single pair', 'bad-count', () => blandAltman([1], [2])],
  ['lists of different length', 'ragged', () => concordanceCorrelation([1, 2, 3], [1, 2])],
  ['a probability of 1.1', 'not-probability', () => calibration([0, 1], [0.2, 1.1])],
  ['no bins', 'bad-count', () => calibrationError([0, 1], [0.2, 0.7], { bins: 0 })],
  ['a threshold of 1', 'bad-parameter', () => decisionCurve([0, 1], [0.2, 0.7], [1])],
  ['a p value of 2', 'not-probability', () => adjustPValues([0.1, 2], 'holm')],
  ['an empty sample', 'empty', () => quantile([], 0.5)],
  ['a quantile at 1.5', 'bad-parameter', () => quantile([1, 2], 1.5)],
  ['a resample outside the sample', 'bad-resample', () => bootstrap([1, 2], (x) => x[0]!, [[0, 2]])],
  ['no resamples', 'empty', () => bootstrap([1, 2], (x) => x[0]!, [])],
  ['too many sign patterns', 'too-large', () => signFlipExact(new Float64Array(30))],
  [
    'blocks of different length',
    'ragged',
    () =>
      friedmanTest([
        [1, 2],
        [1, 2, 3],
      ]),
  ],
  ['predictions without truth', 'empty', () => regressionMetrics([], [])],
  ['rows of different length', 'ragged', () => imageFromRows([[1, 2], [3]])],
  ['a reader with too few ratings', 'ragged', () => orAnalysis({ truth, ratings: [[score, [1, 2]]] })],
  ['a treatment with fewer readers', 'ragged', () => orAnalysis({ truth, ratings: [[score, score], [score]] })],
  ['NaN for a missing reading', 'not-finite', () => uStatisticAnalysis({ truth, ratings: [[[1, NaN, 2, 3]]] })],
  ['a study without readers', 'empty', () => uStatisticAnalysis({ truth, ratings: [] })],
  [
    'a reader without diseased cases',
    'one-class',
    () => orAnalysis({ truth, ratings: [[score, [1, null, 2, null]]] }, { covariance: 'unbiased' }),
  ],
  [
    'a treatment that nobody read',
    'one-class',
    () => uStatisticAnalysis({ truth, ratings: [[[null, null, null, null]]] }),
  ],
]

describe('bad input is a coded error', () => {
  it.each(refusals)('%s: statistics/%s', (_, code, call) => {
    try {
      call()
    } catch (error) {
      expect(error).toBeInstanceOf(AppError)
      expect((error as AppError).code).toBe(`statistics/${code}`)
      expect((error as AppError).message.length).toBeGreaterThan(20)
      return
    }
    expect.unreachable('nothing was refused')
  })
})
