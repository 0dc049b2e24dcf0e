import type { Arm } from '../../../src-preload/contract/study-protocol.ts'
import type { ReportBlock, ReportChart, ReportSeries } from '../../../src-preload/contract/study-report.ts'
import type { StudyAnalysis } from '../analysis/analyse.ts'
import type { Entry } from '../analysis/result-names.ts'
import { ARM_COLOURS, inputOf, quiet, type ReportTools } from './tools.ts'

/** Readers are told apart by a row of colours of their own: in their charts the condition is the same for all. */
const READER_COLOURS = ['#1d6fb8', '#d1541b', '#1b8a6b', '#dd9a12', '#7a4fb0', '#b0436e', '#4a7d8c', '#8a6d3b']
const DIAGONAL = [{ from: [0, 0] as [number, number], to: [1, 1] as [number, number] }]

/** Figure 6a, the average of the readers under each condition with the model; then every reader, condition by condition. */
export function rocBlocks({ curves }: StudyAnalysis, arms: readonly Arm[], tools: ReportTools): ReportBlock[] {
  const plane = (title: string, series: ReportSeries[]): ReportChart => ({
    title,
    description: title,
    x: { title: tools.say('falsePositive'), range: [0, 1] },
    y: { title: tools.say('truePositive'), range: [0, 1] },
    series,
    guides: DIAGONAL,
  })
  const averages = curves.filter((one) => inputOf(one, 'reader') === undefined && one.results['fpr'])
  const average = plane(
    tools.say('rocAverage'),
    averages.map((one) => {
      const arm = String(inputOf(one, 'treatment'))
      return curve(one, tools.arm(arm as Arm), ARM_COLOURS[arm], arm === 'model')
    }),
  )
  const byArm = arms.flatMap((arm) => {
    const own = curves.filter((one) => inputOf(one, 'treatment') === arm && one.results['fpr'])
    const single = own.filter((one) => inputOf(one, 'reader') !== undefined)
    if (single.length === 0) return []
    const mean = own.find((one) => inputOf(one, 'reader') === undefined)
    return [
      plane(tools.say('rocReaders', { arm: tools.arm(arm) }), [
        ...single.map((one, index) =>
          curve(
            one,
            tools.say('reader', { n: String(inputOf(one, 'reader')) }),
            READER_COLOURS[index % READER_COLOURS.length],
          ),
        ),
        ...(mean ? [curve(mean, tools.say('average'), '#5d6973', true)] : []),
      ]),
    ]
  })
  return [quiet(tools.say('rocText')), { kind: 'charts', charts: [average, ...byArm] }]
}

function curve({ results }: Entry, name: string, colour?: string, dashed = false): ReportSeries {
  const tpr = results['tpr'] as number[]
  return {
    name,
    kind: 'line',
    points: (results['fpr'] as number[]).map((x, index) => [x, tpr[index]!]),
    ...(colour && { colour }),
    ...(dashed && { dashed }),
  }
}
