import { AppError } from '../../src-preload/contract/errors.ts'
import { SEQUENCE_TAGS } from './tags.ts'

export interface DicomElement {
  vr: string
  /** The value's bytes, a view on the file; empty for a sequence. */
  bytes: Uint8Array
  items: readonly DicomDataset[]
  /** Encapsulated pixel data: its items in order, the offset table first; views on the file. */
  fragments?: readonly Uint8Array[]
}

/** Elements by tag: group × 65536 + element. */
export type DicomDataset = ReadonlyMap<number, DicomElement>

export interface DicomEncoding {
  explicitVr: boolean
  littleEndian: boolean
}

/** Deepest nesting and most elements of one file. */
const MAX_DEPTH = 64
const MAX_ELEMENTS = 200_000
const UNDEFINED_LENGTH = 0xffffffff

/** VRs whose explicit form has two reserved bytes and a 32-bit length (PS3.5 table 7.1-1). */
const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'])

interface Cursor {
  view: DataView
  bytes: Uint8Array
  at: number
  /** Elements read so far, over all levels. */
  elements: number
}

/**
 * Parses the elements from `start` on: to the end of the bytes, or (`onlyGroup`) as long as they are of that group.
 * Every declared length is checked against the bytes that are left before it is used.
 *
 * @see PS3.5 sections 7.1 (elements), 7.5 (sequences)
 * @returns the dataset and the offset behind it
 * @throws AppError `format/truncated`, `format/malformed`, `format/too-large`
 */
export function parseDataset(bytes: Uint8Array, start: number, encoding: DicomEncoding, onlyGroup?: number) {
  const cursor: Cursor = {
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    bytes,
    at: start,
    elements: 0,
  }
  const dataset = readElements(cursor, bytes.length, encoding, 0, onlyGroup)
  return { dataset, end: cursor.at }
}

/** Elements up to `end`; with an `end` of undefined, up to an item delimiter. */
function readElements(
  cursor: Cursor,
  end: number | undefined,
  encoding: DicomEncoding,
  depth: number,
  onlyGroup?: number,
): DicomDataset {
  if (depth > MAX_DEPTH)
    throw new AppError('format/too-large', `The DICOM file nests sequences deeper than ${MAX_DEPTH}.`)
  const dataset = new Map<number, DicomElement>()
  while (end === undefined || cursor.at < end) {
    if (end !== undefined && depth === 0 && isPadding(cursor, end)) break
    need(cursor, 8, end)
    const group = cursor.view.getUint16(cursor.at, encoding.littleEndian)
    if (onlyGroup !== undefined && group !== onlyGroup) break
    const tag = group * 65536 + cursor.view.getUint16(cursor.at + 2, encoding.littleEndian)
    if (end === undefined && tag === ITEM_DELIMITER) {
      cursor.at += 8
      return dataset
    }
    if (++cursor.elements > MAX_ELEMENTS)
      throw new AppError('format/too-large', `The DICOM file holds more than ${MAX_ELEMENTS} elements.`)
    if (dataset.has(tag)) throw malformed(`element ${hex(tag)} is there twice`)
    dataset.set(tag, readElement(cursor, tag, end, encoding, depth))
  }
  if (end !== undefined && cursor.at > end) throw malformed('an element reaches beyond the end of its item')
  return dataset
}

function readElement(
  cursor: Cursor,
  tag: number,
  end: number | undefined,
  encoding: DicomEncoding,
  depth: number,
): DicomElement {
  const { vr, length } = readHeader(cursor, tag, end, encoding)
  const sequence =
    vr === 'SQ' || ((vr === 'UN' || vr === '') && (length === UNDEFINED_LENGTH || SEQUENCE_TAGS.has(tag)))
  if (sequence) {
    // A sequence under an unknown VR is in implicit VR, little endian, whatever surrounds it (PS3.5 6.2.2 note 2).
    const inner = vr === 'UN' ? { explicitVr: false, littleEndian: true } : encoding
    if (length !== UNDEFINED_LENGTH) need(cursor, length, end)
    const items = readItems(cursor, length === UNDEFINED_LENGTH ? undefined : cursor.at + length, inner, depth)
    return { vr: 'SQ', bytes: cursor.bytes.subarray(0, 0), items }
  }
  if (length === UNDEFINED_LENGTH) {
    if (vr !== 'OB' && vr !== 'OW') throw malformed(`element ${hex(tag)} (${vr}) has no length`)
    return { vr, bytes: cursor.bytes.subarray(0, 0), items: [], fragments: readFragments(cursor, encoding) }
  }
  need(cursor, length, end)
  const bytes = cursor.bytes.subarray(cursor.at, cursor.at + length)
  cursor.at += length
  return { vr, bytes, items: [] }
}

/** The VR ('' where it is implicit) and the length; the cursor is moved to the value. */
function readHeader(cursor: Cursor, tag: number, end: number | undefined, { explicitVr, littleEndian }: DicomEncoding) {
  const { view, at } = cursor
  if (!explicitVr) {
    cursor.at += 8
    return { vr: '', length: view.getUint32(at + 4, littleEndian) }
  }
  const vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5))
  if (!/^[A-Z]{2}$/.test(vr)) throw malformed(`element ${hex(tag)} has no valid type`)
  if (!LONG_VRS.has(vr)) {
    cursor.at += 8
    return { vr, length: view.getUint16(at + 6, littleEndian) }
  }
  need(cursor, 12, end)
  cursor.at += 12
  return { vr, length: view.getUint32(at + 8, littleEndian) }
}

function readItems(cursor: Cursor, end: number | undefined, encoding: DicomEncoding, depth: number): DicomDataset[] {
  const items: DicomDataset[] = []
  while (end === undefined || cursor.at < end) {
    const { tag, length } = readItemHeader(cursor, end, encoding)
    if (tag === SEQUENCE_DELIMITER && end === undefined) return items
    if (tag !== ITEM) throw malformed(`a sequence holds ${hex(tag)} in place of an item`)
    if (++cursor.elements > MAX_ELEMENTS)
      throw new AppError('format/too-large', `The DICOM file holds more than ${MAX_ELEMENTS} elements.`)
    if (length !== UNDEFINED_LENGTH) need(cursor, length, end)
    const itemEnd = length === UNDEFINED_LENGTH ? undefined : cursor.at + length
    items.push(readElements(cursor, itemEnd, encoding, depth + 1))
    if (end !== undefined && cursor.at > end) throw malformed('an item is longer than its sequence')
  }
  return items
}

/** Encapsulated pixel data: items of bytes up to a sequence delimiter. */
function readFragments(cursor: Cursor, encoding: DicomEncoding): Uint8Array[] {
  const fragments: Uint8Array[] = []
  for (;;) {
    const { tag, length } = readItemHeader(cursor, undefined, encoding)
    if (tag === SEQUENCE_DELIMITER) return fragments
    if (tag !== ITEM || length === UNDEFINED_LENGTH) throw malformed('encapsulated data are not in items')
    if (++cursor.elements > MAX_ELEMENTS)
      throw new AppError('format/too-large', `The DICOM file holds more than ${MAX_ELEMENTS} elements.`)
    need(cursor, length, undefined)
    fragments.push(cursor.bytes.subarray(cursor.at, cursor.at + length))
    cursor.at += length
  }
}

function readItemHeader(cursor: Cursor, end: number | undefined, { littleEndian }: DicomEncoding) {
  need(cursor, 8, end)
  const { view, at } = cursor
  cursor.at += 8
  const tag = view.getUint16(at, littleEndian) * 65536 + view.getUint16(at + 2, littleEndian)
  return { tag, length: view.getUint32(at + 4, littleEndian) }
}

function need(cursor: Cursor, count: number, end: number | undefined): void {
  const left = (end ?? cursor.bytes.length) - cursor.at
  if (count <= left) return
  throw new AppError(
    'format/truncated',
    `At byte ${cursor.at} the DICOM file declares ${count} bytes where ${Math.max(0, left)} are left. It is cut off or damaged; export it again.`,
  )
}

/** Some writers fill the file up with a few zero bytes. */
function isPadding({ bytes, at }: Cursor, end: number): boolean {
  return end - at < 8 && bytes.subarray(at, end).every((byte) => byte === 0)
}

const ITEM = 0xfffee000
const ITEM_DELIMITER = 0xfffee00d
const SEQUENCE_DELIMITER = 0xfffee0dd

const malformed = (problem: string): AppError =>
  new AppError('format/malformed', `The DICOM file is damaged: ${problem}. Export it again.`)

const hex = (tag: number): string =>
  `(${Math.floor(tag / 65536)
    .toString(16)
    .padStart(4, '0')},${(tag % 65536).toString(16).padStart(4, '0')})`
