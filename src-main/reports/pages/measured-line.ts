import type { Measure } from '../../../src-preload/contract/measurements.ts'
import { decimal } from '../numbers.ts'
import type { PageContext } from './page-frame.ts'

const SHOWN = [
  'heartRateBpm',
  'prMs',
  'qrsMs',
  'qtMs',
  'qtcFridericiaMs',
  'qrsAxisDegrees',
] as const satisfies readonly Measure[]

/** "HR 72 /min" and so on; what can't be measured says so. */
export function measuredFacts({ record: { recording }, texts }: PageContext): string[] {
  const { measurements } = recording
  if (!measurements) return []
  return SHOWN.map((measure) => {
    const { value } = measurements.ours[measure]
    const unit = texts.measureUnits[measure]
    const text = value === null ? texts.rateUnknown : `${decimal(value, 0)}${unit === '°' ? '' : ' '}${unit}`
    return `${texts.measures[measure]} ${text}`
  })
}

/** The verdict on the signal, with the leads that are not good. */
export function qualityFacts({ record: { recording }, texts }: PageContext): string {
  const { quality } = recording.summary
  if (!quality) return ''
  const bad = quality.leads.filter(({ verdict }) => verdict !== 'pass')
  const leads = bad.map(
    ({ name, reasons }) => `${name} ${reasons.map((reason) => texts.leadReasons[reason]).join(', ')}`,
  )
  return [texts.quality[quality.verdict], ...leads.slice(0, 4), ...(leads.length > 4 ? ['…'] : [])].join(' · ')
}
