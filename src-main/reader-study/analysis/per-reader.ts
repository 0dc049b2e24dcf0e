import { binaryMetrics, confusionCounts } from '../../statistics/proportions/binary-metrics.ts'
import { mcnemarTest } from '../../statistics/proportions/mcnemar.ts'
import { delongAuc, delongPaired } from '../../statistics/roc/delong.ts'
import { entry } from './attempt.ts'
import { callOf, confidenceOf, present, ratingsOf, type StudyData } from './ratings.ts'
import {
  aucResults,
  binaryResults,
  calibrationResults,
  type Entry,
  mcnemarResults,
  pairedResults,
} from './result-names.ts'

/** Everything that one reader's own reads say, under each arm and between the two arms of the primary analysis. */
export function perReaderEntries(data: StudyData): Entry[] {
  const { primary } = data.protocol
  const { level } = primary
  const scores = ratingsOf(data, data.arms, confidenceOf(data.protocol))
  const calls = ratingsOf(data, data.arms, callOf(data.protocol))
  return data.readers.flatMap(({ readerId, seniority }, r) => {
    const inputs = { reader: readerId, seniority }
    const byArm = data.arms.flatMap((arm, a) => {
      const score = present(data.truth, scores.ratings[a]![r]!)
      const call = present(data.truth, calls.ratings[a]![r]!)
      const what = { label: `reader ${readerId}, ${arm}`, inputs: { ...inputs, treatment: arm } }
      return [
        entry({ function: 'auc_delong', ...what }, () => aucResults(delongAuc(score.truth, score.values, { level }))),
        entry({ function: 'binary_metrics', ...what }, () =>
          binaryResults(binaryMetrics(confusionCounts(call.truth, call.values), { level })),
        ),
        entry({ function: 'calibration', ...what }, () =>
          calibrationResults(
            score.truth,
            score.values.map((value) => value / 100),
          ),
        ),
      ]
    })
    const [first, second] = primary.arms.map((arm) => data.arms.indexOf(arm)) as [number, number]
    const both = {
      label: `reader ${readerId}, ${primary.arms.join(' against ')}`,
      inputs: { ...inputs, treatments: [...primary.arms] },
    }
    const paired = bothPresent(data.truth, scores.ratings[first]![r]!, scores.ratings[second]![r]!)
    const pairedCalls = bothPresent(data.truth, calls.ratings[first]![r]!, calls.ratings[second]![r]!)
    return [
      ...byArm,
      entry({ function: 'delong_paired_test', ...both }, () =>
        pairedResults(delongPaired(paired.truth, paired.a, paired.b, { level })),
      ),
      entry({ function: 'mcnemar', ...both, label: `${both.label}, correct calls` }, () => correctTable(pairedCalls)),
    ]
  })
}

/** The model against every reader under every arm: areas by DeLong, correct calls by McNemar. */
export function modelEntries(data: StudyData): Entry[] {
  const model = data.cases.map((one) => one.modelScore)
  if (model.every((score) => score === null)) return []
  const { level } = data.protocol.primary
  const scores = ratingsOf(data, data.arms, confidenceOf(data.protocol))
  const calls = ratingsOf(data, data.arms, callOf(data.protocol))
  const modelCalls = data.cases.map((one) => one.modelCall)
  const own = present(data.truth, model)
  const ownCalls = present(data.truth, modelCalls)
  return [
    entry({ function: 'auc_delong', label: 'model' }, () => aucResults(delongAuc(own.truth, own.values, { level }))),
    entry({ function: 'binary_metrics', label: 'model at its own threshold' }, () =>
      binaryResults(binaryMetrics(confusionCounts(ownCalls.truth, ownCalls.values), { level })),
    ),
    entry({ function: 'calibration', label: 'model' }, () => calibrationResults(own.truth, own.values)),
    ...data.readers.flatMap(({ readerId, seniority }, r) =>
      data.arms.flatMap((arm, a) => {
        const what = {
          label: `model against reader ${readerId}, ${arm}`,
          inputs: { reader: readerId, seniority, treatment: arm, order: ['model', 'reader'] },
        }
        const pair = bothPresent(data.truth, model, scores.ratings[a]![r]!)
        const pairCalls = bothPresent(data.truth, modelCalls, calls.ratings[a]![r]!)
        return [
          entry({ function: 'delong_paired_test', ...what }, () =>
            pairedResults(delongPaired(pair.truth, pair.a, pair.b, { level })),
          ),
          entry({ function: 'mcnemar', ...what }, () => correctTable(pairCalls)),
        ]
      }),
    ),
  ]
}

interface Pairs {
  truth: number[]
  a: number[]
  b: number[]
}

function bothPresent(truth: readonly number[], a: ArrayLike<number | null>, b: ArrayLike<number | null>): Pairs {
  const kept = truth.flatMap((value, i) => (a[i] === null || b[i] === null ? [] : [[value, a[i]!, b[i]!] as const]))
  return { truth: kept.map(([t]) => t), a: kept.map(([, x]) => x), b: kept.map(([, , y]) => y) }
}

/** Rows: first correct, wrong; columns: second correct, wrong. */
function correctTable({ truth, a, b }: Pairs): Entry['results'] {
  const table = [
    [0, 0],
    [0, 0],
  ]
  for (const [i, value] of truth.entries()) table[a[i] === value ? 0 : 1]![b[i] === value ? 0 : 1]! += 1
  return { table, ...mcnemarResults(mcnemarTest(table)) }
}
