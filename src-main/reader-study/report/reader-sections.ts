import type { Arm, StudyProtocol } from '../../../src-preload/contract/study-protocol.ts'
import type { ReportBlock, ReportSeries } from '../../../src-preload/contract/study-report.ts'
import type { StudyAnalysis } from '../analysis/analyse.ts'
import type { Entry, Result } from '../analysis/result-names.ts'
import { ARM_COLOURS, inputOf, quiet, type ReportTools, rowsOf, table } from './tools.ts'

const MEASURES = ['sensitivity', 'specificity', 'ppv', 'npv', 'accuracy', 'f1'] as const
/** Points of several conditions at one reader stand beside each other. */
const SPREAD = 0.5

const isOf = (entry: Entry, readerId: number, arm: Arm): boolean =>
  inputOf(entry, 'reader') === readerId && inputOf(entry, 'treatment') === arm

/** Figure 6b and its numbers: every reader's area under every condition, and the model's. */
export function perReaderBlocks(
  { perReader, model }: StudyAnalysis,
  { readers, primary }: StudyProtocol,
  arms: readonly Arm[],
  tools: ReportTools,
): ReportBlock[] {
  const areas = perReader.filter((one) => one.function === 'auc_delong')
  const at = (readerId: number, arm: Arm): Entry | undefined => areas.find((one) => isOf(one, readerId, arm))
  const series = arms.map((arm, a): ReportSeries => {
    const known = readers.flatMap(({ readerId }, r) => {
      const { auc, ci } = at(readerId, arm)?.results ?? {}
      return typeof auc === 'number' && Array.isArray(ci)
        ? [{ x: r + (SPREAD * (a - (arms.length - 1) / 2)) / arms.length, y: auc, ci: ci as [number, number] }]
        : []
    })
    return {
      name: tools.arm(arm),
      kind: 'points',
      points: known.map(({ x, y }) => [x, y]),
      intervals: known.map(({ ci }) => ci),
      colour: ARM_COLOURS[arm]!,
    }
  })
  const modelArea = model.find((one) => one.function === 'auc_delong')?.results['auc']
  const lowest = Math.min(0.5, ...series.flatMap((one) => one.intervals!.map(([low]) => low)))
  return [
    {
      kind: 'charts',
      charts: [
        {
          title: tools.say('areasByReader'),
          description: tools.say('areasByReader'),
          x: {
            title: readersBySeniority(readers, tools),
            range: [-0.6, readers.length - 0.4],
            names: readers.map(({ readerId }) => String(readerId)),
          },
          y: { title: tools.say('area'), range: [Math.floor(10 * lowest) / 10, 1] },
          series: [...series, ...(typeof modelArea === 'number' ? [modelLine(modelArea, readers.length, tools)] : [])],
        },
      ],
    },
    quiet(tools.say('fixedReader')),
    table(
      '',
      ['', ...arms.map((arm) => tools.arm(arm)), tools.difference(primary.arms), tools.say('delongP')],
      readers.map(({ readerId, seniority }) => {
        const paired = perReader.find(
          (one) => one.function === 'delong_paired_test' && inputOf(one, 'reader') === readerId,
        )
        return [
          tools.say('readerOf', { n: readerId, seniority: tools.seniority(seniority) }),
          ...arms.map((arm) => withInterval(at(readerId, arm), 'auc', 'ci', tools)),
          tools.number(paired?.results['difference']),
          tools.p(paired?.results['p_two_sided']),
        ]
      }),
    ),
  ]
}

function modelLine(area: number, readers: number, tools: ReportTools): ReportSeries {
  return {
    name: tools.arm('model'),
    kind: 'line',
    points: [
      [-0.6, area],
      [readers - 0.4, area],
    ],
    colour: ARM_COLOURS['model']!,
    dashed: true,
  }
}

function withInterval(entry: Entry | undefined, value: string, interval: string, tools: ReportTools): string {
  const ci = entry?.results[interval]
  const estimate = entry?.results[value]
  if (typeof estimate !== 'number') return tools.say('undefined')
  return Array.isArray(ci) ? `${tools.number(estimate)} (${tools.pair(ci, 2)})` : tools.number(estimate)
}

/** "1, 4 resident · 2, 5 attending": below the axis, since beside each number it would not fit. */
function readersBySeniority(readers: StudyProtocol['readers'], tools: ReportTools): string {
  return [...Map.groupBy(readers, (one) => one.seniority)]
    .map(([word, own]) => `${own.map((one) => one.readerId).join(', ')} ${tools.seniority(word)}`)
    .join(' · ')
}

/** Yes/no accuracy: together, by seniority, by reader. */
export function callBlocks(
  { pooled, perReader }: StudyAnalysis,
  { readers }: StudyProtocol,
  arms: readonly Arm[],
  tools: ReportTools,
): ReportBlock[] {
  const titles = MEASURES.map((name) => tools.say(name))
  const share = (entry: Entry, name: string, interval: string): string => {
    const one = entry.results[name] as { [name: string]: Result } | number | null | undefined
    if (typeof one === 'number') return tools.number(one, 2)
    const ci = one?.[interval]
    const estimate = tools.number(one?.['estimate'], 2)
    return Array.isArray(ci) ? `${estimate} (${tools.pair(ci, 2)})` : estimate
  }
  const groups = pooled.filter((one) => one.function === 'binary_metrics')
  return [
    quiet(tools.say('callsText')),
    table(
      '',
      [tools.say('group'), tools.say('arm'), ...titles],
      groups.map((one) => [
        tools.group(inputOf(one, 'seniority')),
        tools.arm(inputOf(one, 'treatment') as Arm),
        ...MEASURES.map((name) => share(one, name, 'ci_bootstrap')),
      ]),
      2,
    ),
    ...pooled
      .filter((one) => one.function === 'or_analysis_binary')
      .map((one) => {
        const metric = tools.say(inputOf(one, 'metric') === 'sensitivity' ? 'sensitivity' : 'specificity')
        return table(
          tools.say('callsOr', { metric }),
          [tools.say('arm'), tools.say('estimate'), tools.intervalTitle],
          rowsOf(one, 'treatment_means').map((row) => [
            tools.arm(row['test'] as Arm),
            tools.number(row['Estimate']),
            tools.range(row['CI_lower'], row['CI_upper']),
          ]),
        )
      }),
    table(
      tools.say('callsReaders'),
      ['', tools.say('arm'), ...titles],
      readers.flatMap(({ readerId, seniority }) =>
        arms.flatMap((arm) => {
          const one = perReader.find((entry) => entry.function === 'binary_metrics' && isOf(entry, readerId, arm))
          if (!one) return []
          return [
            [
              tools.say('readerOf', { n: readerId, seniority: tools.seniority(seniority) }),
              tools.arm(arm),
              ...MEASURES.map((name) => share(one, name, 'ci_wilson')),
            ],
          ]
        }),
      ),
      2,
    ),
  ]
}

/** The model alone, then against every reader under every condition. */
export function modelBlocks(
  { model }: StudyAnalysis,
  { readers }: StudyProtocol,
  arms: readonly Arm[],
  tools: ReportTools,
): ReportBlock[] {
  const alone = model.find((one) => one.function === 'auc_delong')
  const calls = model.find((one) => one.function === 'binary_metrics')
  const wilson = (name: string): string => {
    const one = calls?.results[name] as { estimate: Result; ci_wilson: Result } | undefined
    return typeof one?.estimate === 'number'
      ? `${tools.number(one.estimate, 2)} (${tools.pair(one.ci_wilson, 2)})`
      : tools.say('undefined')
  }
  const against = (name: string, readerId: number, arm: Arm): Entry['results'] | undefined =>
    model.find((one) => one.function === name && isOf(one, readerId, arm))?.results
  return [
    quiet(tools.say('modelText')),
    {
      kind: 'facts',
      pairs: [
        [
          `${tools.say('modelAlone')}${tools.say('comma')}${tools.say('area')}`,
          withInterval(alone, 'auc', 'ci', tools),
        ],
        [tools.say('sensitivity'), wilson('sensitivity')],
        [tools.say('specificity'), wilson('specificity')],
        [tools.say('accuracy'), wilson('accuracy')],
      ],
    },
    table(
      '',
      ['', tools.say('arm'), tools.say('difference'), tools.intervalTitle, tools.say('delongP'), tools.say('mcnemarP')],
      readers.flatMap(({ readerId, seniority }) =>
        arms.map((arm) => {
          const area = against('delong_paired_test', readerId, arm)
          return [
            tools.say('readerOf', { n: readerId, seniority: tools.seniority(seniority) }),
            tools.arm(arm),
            tools.number(area?.['difference']),
            tools.pair(area?.['difference_ci']),
            tools.p(area?.['p_two_sided']),
            tools.p(against('mcnemar', readerId, arm)?.['p_exact']),
          ]
        }),
      ),
      2,
    ),
  ]
}
