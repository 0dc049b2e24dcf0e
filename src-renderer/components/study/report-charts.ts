import type { EChartsCoreOption } from 'echarts/core'
import type { Report, ReportEntry } from '../../stores/study.ts'

/** Told apart with colour-blindness too: blue, vermilion, green, amber, grey. */
const COLOURS = ['#1d6fb8', '#d1541b', '#1b8a6b', '#dd9a12', '#7a858f']

const treatmentOf = (entry: ReportEntry): string => String(entry.inputs?.['treatment'] ?? '')

interface Words {
  arm: (arm: string) => string
  falsePositive: string
  truePositive: string
}

/** Fig. 6a: the average curve of the readers under each arm, and the model's. */
export function rocOption(report: Report, words: Words): EChartsCoreOption {
  const shown = report.curves.filter((one) => one.label.startsWith('average') || one.label === 'model')
  const axis = { type: 'value', min: 0, max: 1, nameLocation: 'middle', nameGap: 28 }
  return {
    color: COLOURS,
    grid: { left: 56, right: 16, top: 48, bottom: 48 },
    legend: { top: 0, textStyle: { color: 'inherit' } },
    xAxis: { ...axis, name: words.falsePositive },
    yAxis: { ...axis, name: words.truePositive, nameGap: 36 },
    series: shown.map((one) => ({
      type: 'line',
      name: words.arm(treatmentOf(one)),
      showSymbol: false,
      data: (one.results['fpr'] as number[]).map((x, index) => [x, (one.results['tpr'] as number[])[index]]),
    })),
  }
}

/** Fig. 6b: every reader's area under each arm. */
export function areasOption(report: Report, words: Words): EChartsCoreOption {
  const areas = report.perReader.filter(
    (one) => one.function === 'auc_delong' && typeof one.results['auc'] === 'number',
  )
  const arms = [...new Set(areas.map(treatmentOf))]
  const readers = [...new Set(areas.map((one) => String(one.inputs?.['reader'])))]
  return {
    color: COLOURS,
    grid: { left: 56, right: 16, top: 48, bottom: 32 },
    legend: { top: 0, textStyle: { color: 'inherit' } },
    xAxis: { type: 'category', data: readers },
    yAxis: { type: 'value', min: 0.4, max: 1 },
    series: arms.map((arm) => ({
      type: 'scatter',
      name: words.arm(arm),
      symbolSize: 12,
      data: readers.map((reader) => {
        const one = areas.find((entry) => treatmentOf(entry) === arm && String(entry.inputs?.['reader']) === reader)
        return one ? (one.results['auc'] as number) : null
      }),
    })),
  }
}

/** Fig. 6c: how often each seniority told real from generated; one half is guessing. */
export function tellOption(report: Report): EChartsCoreOption {
  const groups = report.realOrGenerated.filter((one) => one.inputs?.['seniority'] !== undefined)
  return {
    color: COLOURS,
    grid: { left: 56, right: 16, top: 16, bottom: 32 },
    xAxis: { type: 'category', data: groups.map((one) => one.label) },
    yAxis: { type: 'value', min: 0, max: 1 },
    series: [{ type: 'bar', barMaxWidth: 48, data: groups.map((one) => one.results['accuracy'] as number) }],
  }
}
