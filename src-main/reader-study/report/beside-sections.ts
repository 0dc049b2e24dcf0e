import type { Arm, StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import type { ReportBlock, ReportSeries } from '../../../src-preload/contract/study-report.ts'
import type { StudyAnalysis } from '../analysis/analyse.ts'
import type { Entry, Result } from '../analysis/result-names.ts'
import { ARM_COLOURS, inputOf, paragraph, quiet, type ReportTools, table } from './tools.ts'

export function agreementBlocks({ agreement }: StudyAnalysis, arms: readonly Arm[], tools: ReportTools): ReportBlock[] {
  const of = (name: string, arm: Arm): Entry['results'] | undefined =>
    agreement.find((one) => one.function === name && inputOf(one, 'treatment') === arm)?.results
  const icc = (arm: Arm, form: string): string => {
    const one = of('icc', arm)?.[form] as { icc: Result; ci95: Result } | undefined
    return one ? `${tools.number(one.icc, 2)} (${tools.pair(one.ci95, 2)})` : tools.say('undefined')
  }
  return [
    table(
      '',
      [tools.say('arm'), tools.say('kappa'), tools.say('icc'), tools.say('iccAverage')],
      arms.map((arm) => [
        tools.arm(arm),
        tools.number(of('fleiss_kappa', arm)?.['kappa'], 2),
        icc(arm, 'icc_2_1'),
        icc(arm, 'icc_2_k'),
      ]),
    ),
  ]
}

/** Reliability of the confidence: all readers' bins together as a picture, the numbers reader by reader. */
export function calibrationBlocks(
  { perReader, model }: StudyAnalysis,
  arms: readonly Arm[],
  tools: ReportTools,
): ReportBlock[] {
  const entries = perReader.filter((one) => one.function === 'calibration')
  const own = model.filter((one) => one.function === 'calibration')
  const series = [
    ...arms.map((arm) =>
      reliability(
        tools.arm(arm),
        entries.filter((one) => inputOf(one, 'treatment') === arm),
        ARM_COLOURS[arm]!,
      ),
    ),
    ...(own.length > 0 ? [reliability(tools.arm('model'), own, ARM_COLOURS['model']!)] : []),
  ]
  return [
    quiet(tools.say('calibrationText')),
    {
      kind: 'charts',
      charts: [
        {
          title: tools.say('calibrationChart'),
          description: tools.say('calibrationChart'),
          x: { title: tools.say('meanConfidence'), range: [0, 1] },
          y: { title: tools.say('observed'), range: [0, 1] },
          series,
          guides: [{ from: [0, 0], to: [1, 1] }],
        },
      ],
    },
    table(
      '',
      ['', tools.say('arm'), tools.say('brier'), tools.say('slope'), tools.say('intercept'), tools.say('ece')],
      [...entries, ...own].map((one) => {
        const reader = inputOf(one, 'reader')
        const ece = one.results['ece_uniform_10'] as { ece: Result } | undefined
        return [
          reader === undefined ? tools.arm('model') : tools.say('reader', { n: String(reader) }),
          reader === undefined ? '' : tools.arm(inputOf(one, 'treatment') as Arm),
          tools.number(one.results['brier']),
          tools.number(one.results['calibration_slope'], 2),
          tools.number(one.results['calibration_intercept'], 2),
          tools.number(ece?.ece),
        ]
      }),
      2,
    ),
  ]
}

/** Ten equal bins over several readers: what was said on average, and how many were diseased. */
function reliability(name: string, entries: readonly Entry[], colour: string): ReportSeries {
  const sums = new Map<number, [n: number, said: number, diseased: number]>()
  for (const { results } of entries) {
    const bins = (results['ece_uniform_10'] as { bins_index_n_meanpred_obsfreq?: number[][] } | undefined)
      ?.bins_index_n_meanpred_obsfreq
    for (const [index, n, said, observed] of bins ?? []) {
      const sum = sums.get(index!) ?? [0, 0, 0]
      sums.set(index!, [sum[0] + n!, sum[1] + n! * said!, sum[2] + n! * observed!])
    }
  }
  const points = [...sums.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, [n, said, diseased]]): [number, number][] => (n > 0 ? [[said / n, diseased / n]] : []))
  return { name, kind: 'line', points, colour }
}

export function timeBlocks({ time }: StudyAnalysis, { primary }: StudyProtocol, tools: ReportTools): ReportBlock[] {
  const [summary, contrast] = time
  const rows = (name: string): string[][] => {
    const groups = (summary?.results[name] ?? {}) as { [name: string]: { [name: string]: Result } }
    return Object.entries(groups).map(([label, one]) => [
      withArm(label, tools),
      String(one['n']),
      tools.number(one['median_s'], 1),
      tools.pair(one['quartiles_s'], 1),
      tools.number(one['mean_s'], 1),
    ])
  }
  const mean = contrast?.results['mean']
  return [
    quiet(tools.say('timeText')),
    ...(typeof mean === 'number'
      ? [
          paragraph(
            tools.say('timeRatio', {
              first: tools.arm(primary.arms[0]),
              second: tools.arm(primary.arms[1]),
              ratio: tools.number(Math.exp(mean), 2),
              p: tools.p(contrast!.results['p_two_sided']),
            }),
          ),
        ]
      : []),
    table(
      '',
      ['', tools.say('n'), tools.say('median'), tools.say('quartiles'), tools.say('mean')],
      [...rows('by_arm'), ...rows('by_seniority_and_arm'), ...rows('by_reader_and_arm')],
    ),
  ]
}

/** `resident, ecg-real` → the group, then the condition in words. */
function withArm(label: string, tools: ReportTools): string {
  const parts = label.split(', ')
  const arm = tools.arm(parts.at(-1) as Arm)
  const group = parts.slice(0, -1).join(', ')
  const reader = /^reader (\d+)$/.exec(group)
  const name = reader ? tools.say('reader', { n: reader[1]! }) : tools.seniority(group)
  return name === '' ? arm : `${name}${tools.say('comma')}${arm}`
}

export function orderBlocks(
  { order }: StudyAnalysis,
  { stages }: StudyProtocol,
  language: 'en' | 'zh',
  tools: ReportTools,
): ReportBlock[] {
  const [groups, contrast] = order
  const rows = (name: string, label: (key: string) => string): string[][] =>
    Object.entries((groups?.results[name] ?? {}) as { [name: string]: { n: number; accuracy: number } })
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { n, accuracy }]) => [label(key), String(n), tools.number(accuracy, 3)])
  const place = (key: string): string => {
    const [, stageId, pass, arm] = /^(.*), pass (\d+), (.*)$/.exec(key)!
    const stage = stages.find((one) => one.id === stageId)?.name[language] ?? stageId!
    return tools.say('pass', { stage, pass: pass!, arm: tools.arm(arm as Arm) })
  }
  const before = (key: string): string => {
    const [arm, previous] = key.split(' after ')
    const name = previous === 'nothing' ? tools.say('nothing') : tools.arm(previous as Arm)
    return tools.say('after', { arm: tools.arm(arm as Arm), before: name })
  }
  const mean = contrast?.results['mean']
  return [
    quiet(tools.say('orderText')),
    ...(typeof mean === 'number'
      ? [
          paragraph(
            tools.say('passDifference', {
              difference: tools.number(mean),
              p: tools.p(contrast!.results['p_two_sided']),
            }),
          ),
        ]
      : []),
    table('', [tools.say('place'), tools.say('n'), tools.say('accuracy')], rows('by_stage_pass_arm', place)),
    table('', [tools.say('before'), tools.say('n'), tools.say('accuracy')], rows('by_previous_arm', before)),
  ]
}

export function helpedBlocks(
  { helpedHarmed }: StudyAnalysis,
  { primary: { arms } }: StudyProtocol,
  tools: ReportTools,
): ReportBlock[] {
  return [
    quiet(tools.say('helpedText', { first: tools.arm(arms[0]), second: tools.arm(arms[1]) })),
    table(
      '',
      ['', tools.say('helpedColumn'), tools.say('harmedColumn'), tools.say('bothRight'), tools.say('bothWrong')],
      helpedHarmed.map(({ label, results }) => {
        const reader = /^reader (\d+)$/.exec(label)
        const name = reader ? tools.say('reader', { n: reader[1]! }) : tools.seniority(label)
        return [
          label === 'all readers' ? tools.say('allReaders') : name,
          ...['helped', 'harmed', 'both_right', 'both_wrong'].map((key) => String(results[key] ?? '')),
        ]
      }),
    ),
  ]
}
