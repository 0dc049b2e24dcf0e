import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { EcgChannel } from '../../recording.ts'
import { scaledNumbers } from '../number-list.ts'
import { printable } from '../text.ts'
import { millivoltsPer } from '../units.ts'
import { childAt, textAt, type XmlElement } from '../xml.ts'
import { quantity, valueType } from './values.ts'

export interface AecgLead extends EcgChannel {
  microvoltsPerUnit: number
}

const LEAD_CODE = /^MDC_ECG_LEAD_(.+)$/i

/** The sequences that are leads: their codes are names of ISO/IEEE 11073-10102. */
export const isLead = (sequence: XmlElement): boolean => LEAD_CODE.test(codeOf(sequence))

/**
 * One lead: a scaled list (SLIST_PQ) of integers, each `origin + scale × digit`.
 *
 * @throws AppError `format/unsupported`, `format/units-unknown`, `format/malformed`
 */
export function decodeSequence(sequence: XmlElement): AecgLead {
  const name = LEAD_CODE.exec(codeOf(sequence))![1]!
  const type = valueType(sequence)
  if (type !== 'SLIST_PQ') {
    throw new AppError(
      'format/unsupported',
      `Lead ${printable(name)} is a ${printable(type ?? 'value without a type')}; scaled lists (SLIST_PQ) are read.`,
    )
  }
  const scale = millivoltsOf(sequence, 'scale', name)
  if (scale === 0) throw unitsUnknown(name, 'a scale of 0')
  const offset = millivoltsOf(sequence, 'origin', name)
  const digits = textAt(sequence, 'value', 'digits') ?? ''
  return {
    name,
    samplesMv: scaledNumbers(digits, 'blank', `lead ${name}`, { scale, offset }),
    stepMv: scale,
    microvoltsPerUnit: scale * 1000,
  }
}

const codeOf = (sequence: XmlElement): string => childAt(sequence, 'code')?.attributes['code'] ?? ''

function millivoltsOf(sequence: XmlElement, field: 'scale' | 'origin', name: string): number {
  const { value, unit } = quantity(childAt(sequence, 'value', field))
  const millivolts = unit === undefined ? undefined : millivoltsPer(unit)
  if (value === undefined || millivolts === undefined) {
    throw unitsUnknown(name, `${value === undefined ? 'no' : 'a'} ${field} in ${printable(unit ?? 'no unit')}`)
  }
  return value * millivolts
}

const unitsUnknown = (name: string, found: string): AppError =>
  new AppError(
    'format/units-unknown',
    `Lead ${printable(name)} states ${found}. Export the file with origin and scale in uV, mV or nV.`,
  )
