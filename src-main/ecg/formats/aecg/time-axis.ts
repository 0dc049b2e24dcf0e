import { AppError } from '../../../../src-preload/contract/errors.ts'
import { printable } from '../text.ts'
import { childAt, type XmlElement } from '../xml.ts'
import { quantity, valueType } from './values.ts'

/** The sequences that hold the time of each sample. */
export const isTimeAxis = (sequence: XmlElement): boolean =>
  /^TIME_(?:ABSOLUTE|RELATIVE)$/i.test(childAt(sequence, 'code')?.attributes['code'] ?? '')

/**
 * Sampling rate by the increment of the time axis, a generated list (GLIST_TS from a date, GLIST_PQ from 0).
 *
 * @throws AppError `format/rate-unknown`, `format/rate-conflict`, `format/unsupported`
 */
export function rateHzOf(sequences: readonly XmlElement[]): number {
  const rates = [...new Set(sequences.filter(isTimeAxis).map(rateOfAxis))]
  if (rates.length === 0) {
    throw new AppError('format/rate-unknown', 'The rhythm series has no time axis. Export it with its sampling rate.')
  }
  if (rates.length > 1) {
    throw new AppError(
      'format/rate-conflict',
      `The time axes of the rhythm series state different rates: ${rates.slice(0, 8).join(', ')} Hz. Export the file again.`,
    )
  }
  return rates[0]!
}

function rateOfAxis(axis: XmlElement): number {
  const type = valueType(axis)
  if (type !== 'GLIST_TS' && type !== 'GLIST_PQ') {
    throw new AppError(
      'format/unsupported',
      `The time axis is a ${printable(type ?? 'value without a type')}; evenly sampled leads (GLIST_TS or GLIST_PQ) are read.`,
    )
  }
  const { value, unit } = quantity(childAt(axis, 'value', 'increment'))
  const perSecond = PER_SECOND.get(unit ?? '')
  if (value === undefined || perSecond === undefined || value <= 0) {
    throw new AppError(
      'format/rate-unknown',
      `The time axis steps by ${value ?? 'nothing'} ${printable(unit ?? 'of no unit')}. Export the file with its sampling interval in s, ms or us.`,
    )
  }
  return Number((perSecond / value).toPrecision(12))
}

const PER_SECOND = new Map([
  ['s', 1],
  ['ms', 1e3],
  ['us', 1e6],
])
