import { categoryCounts, fleissKappa } from '../../statistics/agreement/fleiss-kappa.ts'
import { intraclassCorrelations } from '../../statistics/agreement/icc.ts'
import { discrimination } from '../../statistics/discrimination.ts'
import { mean } from '../../statistics/moments.ts'
import { quantile } from '../../statistics/quantile.ts'
import { signFlipTest } from '../../statistics/resampling/monte-carlo.ts'
import { signFlipExact } from '../../statistics/resampling/permutation.ts'
import type { Reading } from '../bundle/study-record.ts'
import { entry } from './attempt.ts'
import { callOf, confidenceOf, ratingsOf, type StudyData } from './ratings.ts'
import { discriminationResults, type Entry, permutationResults, type Result } from './result-names.ts'

/** Can readers tell generated from real cines? By seniority and together; "generated" is the signal. */
export function realOrGeneratedEntries(data: StudyData): Entry[] {
  const question = data.protocol.questions.find((one) => one.kind === 'real-or-generated')?.id
  const reads = data.readings.filter(
    (one) => one.stageKind === 'real-or-generated' && question && one.answers[question],
  )
  if (reads.length === 0) return []
  const margins = data.protocol.primary.equivalence
  const isGenerated = (one: Reading): boolean => one.arm === 'ecg-generated' || one.arm === 'generated'
  const one = (label: string, inputs: Result, own: Reading[]): Entry =>
    entry({ function: 'discrimination', label, inputs, options: { margins } }, () => {
      const called = (list: Reading[]): number => list.filter((read) => read.answers[question!] === 'generated').length
      const generated = own.filter(isGenerated)
      const real = own.filter((read) => !isGenerated(read))
      const counts = {
        hits: called(generated),
        signals: generated.length,
        falseAlarms: called(real),
        noises: real.length,
      }
      return {
        confusion_matrix_rows_true: [
          [counts.noises - counts.falseAlarms, counts.falseAlarms],
          [counts.signals - counts.hits, counts.hits],
        ],
        labels: ['real', 'generated'],
        ...discriminationResults(discrimination(counts, { margins }), margins),
      }
    })
  const seniorities = [...new Set(data.readers.map((reader) => reader.seniority))]
  return [
    one('all readers', {}, reads),
    ...seniorities.map((seniority) =>
      one(
        seniority,
        { seniority },
        reads.filter((read) => read.seniority === seniority),
      ),
    ),
    ...data.readers.map(({ readerId }) =>
      one(
        `reader ${readerId}`,
        { reader: readerId },
        reads.filter((read) => read.readerId === readerId),
      ),
    ),
  ]
}

/** Do the readers agree with each other, whatever the truth is? */
export function agreementEntries(data: StudyData): Entry[] {
  const scores = ratingsOf(data, data.arms, confidenceOf(data.protocol))
  const calls = ratingsOf(data, data.arms, callOf(data.protocol))
  return data.arms.flatMap((arm, a) => [
    entry({ function: 'fleiss_kappa', label: `calls, ${arm}`, inputs: { treatment: arm } }, () => {
      const one = fleissKappa(categoryCounts(byCase(calls.ratings[a]!), [0, 1]))
      return {
        kappa: one.kappa,
        mean_agreement: one.meanAgreement,
        chance_agreement: one.chanceAgreement,
        variance_h0_fleiss1979: one.varianceUnderNull,
        z: one.z,
        p_two_sided: one.pTwoSided,
        randolph_free_marginal_kappa: one.freeMarginalKappa,
      }
    }),
    entry({ function: 'icc', label: `confidence, ${arm}`, inputs: { treatment: arm } }, () => {
      const forms = intraclassCorrelations(byCase(scores.ratings[a]!))
      const form = (name: 'icc21' | 'icc2k'): Result => {
        const { icc, f, df1, df2, p, interval } = forms[name]
        return { icc, F: f, df1, df2, p, ci95: interval }
      }
      return { icc_2_1: form('icc21'), icc_2_k: form('icc2k') }
    }),
  ])
}

/** `[case][reader]` of the cases that every reader read. */
function byCase(rows: readonly ArrayLike<number | null>[]): number[][] {
  return Array.from({ length: rows[0]!.length }, (_, c) => rows.map((row) => row[c]!)).filter(
    (one) => !one.includes(null as never),
  )
}

/** Active time with a case, by arm, reader and seniority; and the difference of the primary arms over the readers. */
export function timeEntries(data: StudyData): Entry[] {
  const diagnostic = data.readings.filter((one) => one.stageKind === 'diagnostic')
  const seconds = (list: Reading[]): number[] => list.map((one) => one.activeMs / 1000)
  const table = (by: (one: Reading) => string): Result =>
    Object.fromEntries(
      [...Map.groupBy(diagnostic, by)].map(([name, list]) => [
        name,
        {
          n: list.length,
          median_s: quantile(seconds(list), 0.5),
          quartiles_s: [quantile(seconds(list), 0.25), quantile(seconds(list), 0.75)],
          mean_s: mean(seconds(list)),
        },
      ]),
    )
  return [
    entry({ function: 'reading_time', label: 'active seconds with a case' }, () => ({
      by_arm: table((one) => one.arm),
      by_seniority_and_arm: table((one) => `${one.seniority}, ${one.arm}`),
      by_reader_and_arm: table((one) => `reader ${one.readerId}, ${one.arm}`),
    })),
    readerContrast(data, 'log of the mean active time, first arm of the primary analysis minus second', (own) =>
      contrast(
        own,
        (one) => one.arm,
        data.protocol.primary.arms,
        (list) => Math.log(mean(seconds(list)) || Number.NaN),
      ),
    ),
  ]
}

/** Does the place of a read matter: first or second pass, and what was seen of the case before? */
export function orderEntries(data: StudyData): Entry[] {
  const isCall = callOf(data.protocol)
  const correct = (list: Reading[]): number => mean(list.map((one) => (isCall(one) === one.truth ? 1 : 0)))
  const diagnostic = data.readings.filter((one) => one.stageKind === 'diagnostic' && isCall(one) !== null)
  const groups = (by: (one: Reading) => string): Result =>
    Object.fromEntries(
      [...Map.groupBy(diagnostic, by)].map(([name, list]) => [name, { n: list.length, accuracy: correct(list) }]),
    )
  const passes = diagnostic.some((one) => one.pass === 2)
  return [
    entry(
      { function: 'order_effects', label: 'accuracy of the calls by stage, pass, arm and what was read before' },
      () => ({
        by_stage_pass_arm: groups((one) => `${one.stageId}, pass ${one.pass}, ${one.arm}`),
        by_previous_arm: groups((one) => `${one.arm} after ${one.previousArm ?? 'nothing'}`),
      }),
    ),
    ...(passes
      ? [
          readerContrast(data, 'accuracy of the second pass minus the first', (own) =>
            contrast(
              own.filter((one) => isCall(one) !== null && multiPass(one, data)),
              (one) => String(one.pass),
              ['2', '1'],
              correct,
            ),
          ),
        ]
      : []),
  ]
}

function multiPass(one: Reading, { protocol }: StudyData): boolean {
  const stage = protocol.stages.find((other) => other.id === one.stageId)!
  return stage.assignment === 'every-arm' && stage.arms.length > 1
}

/** One number for each reader, tested against zero by sign flips. */
function readerContrast(data: StudyData, label: string, of: (own: Reading[]) => number | null): Entry {
  return entry({ function: 'permutation_paired_exact', label }, () => {
    const differences = data.readers.flatMap(({ readerId }) => {
      const value = of(data.readings.filter((one) => one.readerId === readerId && one.stageKind === 'diagnostic'))
      return value === null || !Number.isFinite(value) ? [] : [value]
    })
    const result = differences.length <= 20 ? signFlipExact(differences) : signFlipTest(differences, { seed: 1 })
    return { differences, ...permutationResults('mean', result) }
  })
}

function contrast(
  own: Reading[],
  by: (one: Reading) => string,
  [first, second]: readonly [string, string],
  measure: (list: Reading[]) => number,
): number | null {
  const groups = Map.groupBy(own, by)
  const [a, b] = [groups.get(first), groups.get(second)]
  return a && b ? measure(a) - measure(b) : null
}
