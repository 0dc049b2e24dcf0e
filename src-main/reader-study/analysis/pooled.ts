import { orAnalysis } from '../../statistics/mrmc/obuchowski-rockette.ts'
import type { ReaderStudy } from '../../statistics/mrmc/study.ts'
import { sortedQuantile } from '../../statistics/quantile.ts'
import { Philox } from '../../statistics/random.ts'
import { entry } from './attempt.ts'
import { namesOf } from './primary.ts'
import { callOf, ratingsOf, type StudyData } from './ratings.ts'
import { type Entry, orResults, type Result } from './result-names.ts'

const ROUNDS = 2000
const MEASURES = ['sensitivity', 'specificity', 'ppv', 'npv', 'accuracy', 'f1'] as const

/**
 * Yes/no accuracy over several readers. Reads of one case by several readers are not independent, nor are reads of one
 * reader: so sensitivity and specificity by Obuchowski–Rockette, and all measures by a bootstrap that draws cases, and
 * for all readers together also readers. By seniority the readers are those of the study.
 */
export function pooledEntries(data: StudyData): Entry[] {
  const calls = ratingsOf(data, data.arms, callOf(data.protocol))
  const { level } = data.protocol.primary
  const seniorities = [...new Set(data.readers.map((one) => one.seniority))]
  return [
    ...(['sensitivity', 'specificity'] as const).map((metric) =>
      entry(
        {
          function: 'or_analysis_binary',
          label: `${metric}, readers and cases random`,
          inputs: { metric, treatments: [...data.arms] },
          options: { covariance: 'jackknife', readers: 'random', cases: 'random', conf_level: level },
        },
        () => orResults(orAnalysis(calls, { metric, covariance: 'jackknife', level }), namesOf(data, data.arms)),
      ),
    ),
    ...data.arms.flatMap((arm, a) => [
      bootstrapped(
        data,
        { truth: data.truth, ratings: [calls.ratings[a]!] },
        `all readers, ${arm}`,
        { treatment: arm },
        true,
      ),
      ...seniorities.map((seniority) => {
        const own = data.readers.flatMap((one, r) => (one.seniority === seniority ? [calls.ratings[a]![r]!] : []))
        return bootstrapped(
          data,
          { truth: data.truth, ratings: [own] },
          `${seniority}, ${arm}`,
          { treatment: arm, seniority },
          false,
        )
      }),
    ]),
  ]
}

function bootstrapped(
  data: StudyData,
  { truth, ratings: [rows] }: ReaderStudy,
  label: string,
  inputs: { [name: string]: Result },
  drawReaders: boolean,
): Entry {
  const { level } = data.protocol.primary
  const what = {
    function: 'binary_metrics',
    label: `pooled: ${label}`,
    inputs,
    options: {
      intervals: `bootstrap over cases${drawReaders ? ' and readers' : ''}`,
      rounds: ROUNDS,
      seed: 1,
      conf_level: level,
    },
  }
  return entry(what, () => {
    const readers = rows!.length
    const cases = truth.length
    const random = new Philox(1)
    const estimate = measuresOf(truth, rows!, identity(readers), identity(cases))
    const drawn = MEASURES.map((): number[] => [])
    for (let round = 0; round < ROUNDS; round++) {
      const chosenReaders = drawReaders ? draw(readers, random) : identity(readers)
      const values = measuresOf(truth, rows!, chosenReaders, draw(cases, random))
      for (const [m, value] of values.entries()) if (value !== null) drawn[m]!.push(value)
    }
    return Object.fromEntries(
      MEASURES.map((name, m) => {
        const sorted = Float64Array.from(drawn[m]!).sort()
        const tail = (1 - level) / 2
        const interval = sorted.length === 0 ? null : [sortedQuantile(sorted, tail), sortedQuantile(sorted, 1 - tail)]
        return [name, { estimate: estimate[m]!, ci_bootstrap: interval }]
      }),
    )
  })
}

function measuresOf(
  truth: ArrayLike<number>,
  rows: readonly ArrayLike<number | null>[],
  readers: ArrayLike<number>,
  cases: ArrayLike<number>,
): (number | null)[] {
  const counts = [0, 0, 0, 0]
  for (let r = 0; r < readers.length; r++) {
    const row = rows[readers[r]!]!
    for (let c = 0; c < cases.length; c++) {
      const call = row[cases[c]!]
      if (call !== null) counts[2 * truth[cases[c]!]! + call!]! += 1
    }
  }
  const [tn, fp, fn, tp] = counts as [number, number, number, number]
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
  return [
    share(tp, tp + fn),
    share(tn, tn + fp),
    share(tp, tp + fp),
    share(tn, tn + fn),
    share(tp + tn, tp + tn + fp + fn),
    share(2 * tp, 2 * tp + fp + fn),
  ]
}

const identity = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const draw = (n: number, random: Philox): number[] => Array.from({ length: n }, () => random.below(n))
