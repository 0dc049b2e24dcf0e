import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import type { ReportBlock } from '../../../src-preload/contract/study-report.ts'
import type { StudyAnalysis } from '../analysis/analyse.ts'
import type { Entry, Result } from '../analysis/result-names.ts'
import { inputOf, quiet, type ReportTools, table } from './tools.ts'

/** Figure 6c and its numbers: can readers tell generated from acquired cines? */
export function tellBlocks(
  { realOrGenerated }: StudyAnalysis,
  { primary: { equivalence } }: StudyProtocol,
  tools: ReportTools,
): ReportBlock[] {
  const [all] = realOrGenerated
  if (!all) return []
  const groups = realOrGenerated.filter((one) => inputOf(one, 'reader') === undefined && !one.results['undefined'])
  const matrix = all.results['confusion_matrix_rows_true'] as number[][] | undefined
  return [
    quiet(tools.say('tellText', { low: equivalence[0], high: equivalence[1] })),
    ...tools.whyUndefined(all, tools.say('tell')),
    {
      kind: 'charts',
      charts: [
        {
          title: tools.say('tellChart'),
          description: tools.say('tellChart'),
          x: { title: '', range: [-0.6, groups.length - 0.4], names: groups.map((one) => nameOf(one, tools)) },
          y: { title: tools.say('accuracy'), range: [0, 1] },
          series: [
            {
              name: tools.say('accuracy'),
              kind: 'points',
              points: groups.map((one, index) => [index, one.results['accuracy'] as number]),
              intervals: groups.map((one) => one.results['wilson_95'] as [number, number]),
              colour: '#1d6fb8',
            },
          ],
          guides: [0.5, ...equivalence].map((y) => ({ from: [-0.6, y], to: [groups.length - 0.4, y] })),
        },
      ],
    },
    ...(matrix
      ? [
          table(
            tools.say('tellMatrix'),
            [tools.say('shown'), tools.say('answeredReal'), tools.say('answeredGenerated')],
            matrix.map((row, index) => [tools.say(index === 0 ? 'real' : 'generated'), ...row.map(String)]),
          ),
        ]
      : []),
    table(
      '',
      ['', tools.say('accuracy'), tools.say('dPrime'), tools.say('pGuess'), tools.say('pEquivalent')],
      realOrGenerated.map((one) => {
        const { results } = one
        const test = results['tost_exact'] as { p_tost: Result } | undefined
        return [
          nameOf(one, tools),
          `${tools.number(results['accuracy'], 2)} (${tools.pair(results['wilson_95'], 2)})`,
          tools.number(results['d_prime_loglinear'], 2),
          tools.p(results['binomial_two_sided_vs_half']),
          tools.p(test?.p_tost),
        ]
      }),
    ),
  ]
}

function nameOf(entry: Entry, tools: ReportTools): string {
  const reader = inputOf(entry, 'reader')
  if (reader !== undefined) return tools.say('reader', { n: String(reader) })
  return tools.group(inputOf(entry, 'seniority'))
}
