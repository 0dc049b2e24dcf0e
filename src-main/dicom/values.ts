import { decodeAs } from '../ecg/formats/text.ts'
import type { DicomDataset } from './dataset.ts'
import { Tag } from './tags.ts'

export interface DicomCode {
  value: string | undefined
  scheme: string | undefined
  meaning: string | undefined
}

/** Longest string value that is read; a longer one counts as absent. PS3.5 allows those in use 64 characters or so. */
const MAX_TEXT_BYTES = 1024

/** A string value without its padding, or undefined where the element is absent or empty. */
export function textAt(dataset: DicomDataset, tag: number, characterSet = 'windows-1252'): string | undefined {
  const bytes = dataset.get(tag)?.bytes
  if (!bytes || bytes.length === 0 || bytes.length > MAX_TEXT_BYTES) return undefined
  return decodeAs(bytes, characterSet).replaceAll('\0', ' ').trim() || undefined
}

/** UIDs are padded with a zero byte. */
export const uidAt = (dataset: DicomDataset, tag: number): string | undefined => textAt(dataset, tag)

/** First value of a decimal or integer string, or undefined where it is absent or no finite number. */
export function decimalAt(dataset: DicomDataset, tag: number): number | undefined {
  const text = textAt(dataset, tag)?.split('\\')[0]!.trim()
  return text !== undefined && /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?$/.test(text) ? Number(text) : undefined
}

/** An unsigned 16-bit (US) or 32-bit (UL) value, by its length. */
export function unsignedAt(dataset: DicomDataset, tag: number, littleEndian: boolean): number | undefined {
  const bytes = dataset.get(tag)?.bytes
  if (!bytes || bytes.length < 2) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return bytes.length >= 4 ? view.getUint32(0, littleEndian) : view.getUint16(0, littleEndian)
}

/** Every value of a decimal string of `count` numbers, or undefined where it holds others. */
export function decimalsAt(dataset: DicomDataset, tag: number, count?: number): number[] | undefined {
  const values = textAt(dataset, tag)
    ?.split('\\')
    .map((text) => (text.trim() === '' ? NaN : Number(text)))
  if (!values || (count !== undefined && values.length !== count)) return undefined
  return values.every(Number.isFinite) ? values : undefined
}

/** A 64-bit float (FD), or undefined where it is absent or not finite. */
export function doubleAt(dataset: DicomDataset, tag: number, littleEndian: boolean): number | undefined {
  const bytes = dataset.get(tag)?.bytes
  if (!bytes || bytes.length < 8) return undefined
  const value = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getFloat64(0, littleEndian)
  return Number.isFinite(value) ? value : undefined
}

/** The code in the first item of a code sequence. */
export function codeAt(dataset: DicomDataset, tag: number): DicomCode | undefined {
  const item = dataset.get(tag)?.items[0]
  return (
    item && {
      value: textAt(item, Tag.codeValue),
      scheme: textAt(item, Tag.codingScheme),
      meaning: textAt(item, Tag.codeMeaning),
    }
  )
}

/**
 * The encoding of a Specific Character Set's first value that can hold more than ASCII (PS3.3 C.12.1.1.2). Code
 * extensions with escape sequences are read by their first character set alone.
 */
export function characterSetOf(dataset: DicomDataset): string {
  const terms =
    textAt(dataset, Tag.characterSet)
      ?.split('\\')
      .map((term) => term.trim()) ?? []
  return (
    terms
      .map((term) => encodings.get(term.replace('ISO 2022 IR', 'ISO_IR')))
      .find((encoding) => encoding !== undefined) ?? 'windows-1252'
  )
}

const encodings = new Map([
  ['ISO_IR 100', 'windows-1252'],
  ['ISO_IR 101', 'iso-8859-2'],
  ['ISO_IR 109', 'iso-8859-3'],
  ['ISO_IR 110', 'iso-8859-4'],
  ['ISO_IR 144', 'iso-8859-5'],
  ['ISO_IR 127', 'iso-8859-6'],
  ['ISO_IR 126', 'iso-8859-7'],
  ['ISO_IR 138', 'iso-8859-8'],
  ['ISO_IR 148', 'windows-1254'],
  ['ISO_IR 166', 'windows-874'],
  ['ISO_IR 13', 'shift_jis'],
  ['ISO_IR 192', 'utf-8'],
  ['GB18030', 'gb18030'],
  ['GBK', 'gbk'],
])
