import type { FilePatient, Warning } from '../../../../src-preload/contract/ecg.ts'
import { binaryView, type BinaryView } from '../binary-view.ts'
import { isoDate, isoDateTime, isoTime } from '../dates.ts'
import type { ScpSection } from './sections.ts'

export interface ScpDescription {
  patient: { [K in keyof FilePatient]?: FilePatient[K] | undefined }
  device: string | undefined
  startTime: string | undefined
}

/**
 * Patient and acquisition of section 1 (EN 1064 table 4): a list of tag, length, value, in any order.
 */
export function scpDescription(section: ScpSection | undefined, warnings: Warning[]): ScpDescription {
  const tags = section ? tagsOf(section.data, warnings) : new Map<number, BinaryView>()
  const text = (tag: number): string | undefined => {
    const value = tags.get(tag)
    return value?.text(0, value.length) || undefined
  }
  const date = dateOf(tags.get(25))
  const time = atLeast(tags.get(26), 3)
  return {
    patient: {
      id: text(2),
      name: [text(0), text(1)].filter((name) => name !== undefined).join(', ') || undefined,
      sex: sexOf(tags.get(8)),
      birthDate: dateOf(tags.get(5)),
      ageYears: ageYears(tags.get(4)),
    },
    device: deviceOf(tags.get(14)),
    startTime: isoDateTime(date, time && isoTime(time.u8(0), time.u8(1), time.u8(2))),
  }
}

const LAST_TAG = 255

function tagsOf(data: BinaryView, warnings: Warning[]): Map<number, BinaryView> {
  const tags = new Map<number, BinaryView>()
  for (let at = 0; at + 3 <= data.length;) {
    const tag = data.u8(at)
    if (tag === LAST_TAG) return tags
    const length = data.u16(at + 1)
    if (at + 3 + length > data.length) return incomplete(tags, warnings)
    // The first of a tag counts: those that may be repeated (drugs, remarks) are not used.
    if (!tags.has(tag)) tags.set(tag, binaryView(data.bytes(at + 3, length), `SCP-ECG tag ${tag}`))
    at += 3 + length
  }
  // Some writers leave the last tag out where the list fills the section.
  return tags
}

function incomplete(tags: Map<number, BinaryView>, warnings: Warning[]): Map<number, BinaryView> {
  warnings.push({
    code: 'scp/description',
    message: 'The list of patient data in the SCP-ECG file does not end where it should; some of it may be missing.',
  })
  return tags
}

const atLeast = (value: BinaryView | undefined, length: number): BinaryView | undefined =>
  value && value.length >= length ? value : undefined

function dateOf(value: BinaryView | undefined): string | undefined {
  return value && value.length >= 4 ? isoDate(value.u16(0), value.u8(2), value.u8(3)) : undefined
}

function sexOf(value: BinaryView | undefined): FilePatient['sex'] {
  return value && value.length >= 1 ? ({ 1: 'male', 2: 'female' } as const)[value.u8(0)] : undefined
}

/** A number, and its unit: 1 years, 2 months, 3 weeks, 4 days, 5 hours. */
function ageYears(value: BinaryView | undefined): number | undefined {
  if (!value || value.length < 3) return undefined
  const perYear = [undefined, 1, 12, 52.1775, 365.2425, 8765.82][value.u8(2)]
  return perYear && value.u16(0) / perYear
}

/** The model is six characters from byte 8 on; the number of the device stands before it. */
const deviceOf = (value: BinaryView | undefined): string | undefined =>
  value && value.length >= 14 ? value.text(8, 6) || undefined : undefined
