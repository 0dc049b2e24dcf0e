import type { ReportBlock } from '../../../src-preload/contract/study-report.ts'
import type { StudyAnalysis } from '../analysis/analyse.ts'
import type { Entry, Result } from '../analysis/result-names.ts'
import type { StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import { caution, inputOf, paragraph, quiet, type ReportTools, rowsOf, table } from './tools.ts'
import type { Word } from './words-en.ts'

/** The answer to the question that the protocol fixed, with all its components. */
export function primaryBlocks(
  { primary: entry, sensitivity }: StudyAnalysis,
  { primary }: StudyProtocol,
  tools: ReportTools,
): ReportBlock[] {
  const { hypothesis, margin, arms } = primary
  // Non-inferiority has one limit; the difference itself stands beside it.
  const whole = hypothesis === 'superiority' ? entry : sensitivity.find((one) => one.function === 'or_analysis')!
  const [difference] = rowsOf(whole, 'pairwise_differences')
  return [
    quiet(tools.say(`primary.${hypothesis}`, { margin })),
    ...tools.whyUndefined(entry, tools.difference(arms)),
    ...(hypothesis === 'non-inferiority' && !entry.results['undefined'] ? [notInferior(entry, primary, tools)] : []),
    ...(difference
      ? [
          paragraph(
            tools.say('primary.sentence', {
              difference: tools.difference(arms),
              estimate: tools.number(difference['Estimate']),
              interval: tools.range(difference['CI_lower'], difference['CI_upper']),
              p: tools.p(difference['p-value']),
            }),
          ),
          areaTable(whole, tools),
          componentTable(whole, difference['df'], tools),
        ]
      : []),
  ]
}

function notInferior({ results }: Entry, { arms, margin }: StudyProtocol['primary'], tools: ReportTools): ReportBlock {
  const sentence = tools.say(results['not_inferior'] === true ? 'primary.notInferior' : 'primary.notShown', {
    first: tools.arm(arms[0]),
    second: tools.arm(arms[1]),
    margin,
    lower: tools.number(results['one_sided_lower_97_5']),
    p: tools.p(results['p_one_sided']),
  })
  return results['not_inferior'] === true ? paragraph(sentence) : caution(sentence)
}

function areaTable(entry: Entry, tools: ReportTools): ReportBlock {
  return table(
    tools.say('areas'),
    [tools.say('arm'), tools.say('area'), tools.intervalTitle],
    rowsOf(entry, 'treatment_means').map((row) => [
      tools.arm(row['test'] as never),
      tools.number(row['Estimate']),
      tools.range(row['CI_lower'], row['CI_upper']),
    ]),
  )
}

function componentTable(entry: Entry, df: Result | undefined, tools: ReportTools): ReportBlock {
  const components = (entry.results['variance_components'] ?? {}) as { [name: string]: Result }
  return table(
    tools.say('components'),
    [tools.say('component'), tools.say('value')],
    [
      ...Object.entries(components).map(([name, value]) => [tools.component(name), tools.number(value, 6)]),
      [tools.say('df'), tools.number(df, 1)],
    ],
  )
}

/** One row for every other way to ask the same. */
export function sensitivityBlocks({ sensitivity }: StudyAnalysis, tools: ReportTools): ReportBlock[] {
  const rows = sensitivity.map((entry) => {
    const { estimate, low, high, p } = outcomeOf(entry)
    if (entry.results['undefined'] !== undefined) return [nameOf(entry, tools), tools.say('undefined'), '', '']
    return [
      nameOf(entry, tools),
      tools.number(estimate),
      low === undefined ? '' : tools.range(low, high),
      p === undefined ? '' : tools.p(p),
    ]
  })
  return [table('', [tools.say('method'), tools.say('difference'), tools.intervalTitle, tools.say('pValue')], rows)]
}

interface Outcome {
  estimate?: Result | undefined
  low?: Result | undefined
  high?: Result | undefined
  p?: Result | undefined
}

/** Where each kind of analysis keeps the difference, its interval and its p value. */
function outcomeOf(entry: Entry): Outcome {
  const { results } = entry
  switch (entry.function) {
    case 'or_analysis': {
      const [row] = rowsOf(entry, 'pairwise_differences')
      return { estimate: row?.['Estimate'], low: row?.['CI_lower'], high: row?.['CI_upper'], p: row?.['p-value'] }
    }
    case 'dbm_analysis': {
      const both = results['RRRC'] as { pairs?: { [name: string]: Result }[] } | undefined
      const [pair] = both?.pairs ?? []
      const ci = pair?.['ci'] as Result[] | null | undefined
      return { estimate: pair?.['difference'], low: ci?.[0], high: ci?.[1], p: pair?.['p'] }
    }
    case 'u_statistic_mrmc': {
      const row = rowsOf(entry, 'ustat').find((one) => one['AUCAminusAUCB'] !== null)
      return {
        estimate: row?.['AUCAminusAUCB'],
        low: row?.['botCIBDG'],
        high: row?.['topCIBDG'],
        p: row?.['pValueBDG'],
      }
    }
    case 'bootstrap_auc_monte_carlo': {
      const ci = results['difference_ci'] as Result[] | undefined
      return { estimate: results['difference'], low: ci?.[0], high: ci?.[1] }
    }
    default:
      return { estimate: results['mean'], p: results['p_two_sided'] }
  }
}

function nameOf(entry: Entry, tools: ReportTools): string {
  if (entry.function !== 'or_analysis') return tools.say(entry.function as Word)
  const options = entry.options as { readers?: string; cases?: string }
  if (options.readers === 'fixed') return tools.say('or_analysis.readers')
  if (options.cases === 'fixed') return tools.say('or_analysis.cases')
  if (entry.label.startsWith('without')) return tools.say('or_analysis.unflagged')
  const treatments = inputOf(entry, 'treatments') as Result[]
  return tools.say(treatments.length > 2 ? 'or_analysis.all' : 'or_analysis.difference')
}
