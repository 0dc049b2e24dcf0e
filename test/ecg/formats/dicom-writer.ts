import { deflateRawSync } from 'node:zlib'

/** A value as its bytes, or a sequence as its items; items hold elements by tag, ascending. */
export type Value = { vr: string; bytes: Uint8Array } | { vr: 'SQ'; items: Elements[] }
export type Elements = Record<number, Value>

export type Syntax = 'implicit' | 'explicit' | 'deflated' | 'big-endian'

const UIDS: Record<Syntax, string> = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  deflated: '1.2.840.10008.1.2.1.99',
  'big-endian': '1.2.840.10008.1.2.2',
}

/** A DICOM file for tests, in any transfer syntax, with defined or undefined sequence lengths. */
export function writeDicom(elements: Elements, syntax: Syntax = 'explicit', undefinedLengths = false): Uint8Array {
  const meta = encode(
    { 0x00020010: text('UI', UIDS[syntax]) },
    { explicit: true, little: true, undefinedLengths: false },
  )
  const body = encode(elements, { explicit: syntax !== 'implicit', little: syntax !== 'big-endian', undefinedLengths })
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    meta,
    syntax === 'deflated' ? deflateRawSync(body) : body,
  ])
}

export function text(vr: string, value: string, encoding: BufferEncoding = 'latin1'): Value {
  const bytes = Buffer.from(value, encoding)
  return { vr, bytes: bytes.length % 2 ? Buffer.concat([bytes, Buffer.from(vr === 'UI' ? '\0' : ' ')]) : bytes }
}

export const unsigned16 = (value: number, little = true): Value => ({
  vr: 'US',
  bytes: bytesOf(2, (v) => v.setUint16(0, value, little)),
})
export const unsigned32 = (value: number, little = true): Value => ({
  vr: 'UL',
  bytes: bytesOf(4, (v) => v.setUint32(0, value, little)),
})
export const sequence = (...items: Elements[]): Value => ({ vr: 'SQ', items })
export const code = (value: string, meaning: string, scheme = 'UCUM'): Value =>
  sequence({ 0x00080100: text('SH', value), 0x00080102: text('SH', scheme), 0x00080104: text('LO', meaning) })

interface Encoding {
  explicit: boolean
  little: boolean
  undefinedLengths: boolean
}

const LONG = new Set(['OB', 'OW', 'SQ', 'UN', 'UT'])
const UNDEFINED = 0xffffffff

export function encode(elements: Elements, encoding: Encoding): Buffer {
  const tags = Object.keys(elements).map(Number).sort((a, b) => a - b) // prettier-ignore
  return Buffer.concat(tags.map((tag) => element(tag, elements[tag]!, encoding)))
}

function element(tag: number, value: Value, encoding: Encoding): Buffer {
  const { explicit, little, undefinedLengths } = encoding
  const isSequence = 'items' in value
  const body = isSequence
    ? Buffer.concat([
        ...value.items.map((each) => item(each, encoding)),
        ...(undefinedLengths ? [delimiter(0xfffee0dd, little)] : []),
      ])
    : Buffer.from(value.bytes)
  const length = isSequence && undefinedLengths ? UNDEFINED : body.length
  const header = Buffer.alloc(explicit && LONG.has(value.vr) ? 12 : 8)
  const view = new DataView(header.buffer, header.byteOffset)
  writeTag(view, tag, little)
  if (!explicit) view.setUint32(4, length, little)
  else {
    header.write(value.vr, 4, 'latin1')
    if (header.length === 12) view.setUint32(8, length, little)
    else view.setUint16(6, length, little)
  }
  return Buffer.concat([header, body])
}

function item(elements: Elements, encoding: Encoding): Buffer {
  const body = encode(elements, encoding)
  const header = delimiter(0xfffee000, encoding.little, encoding.undefinedLengths ? UNDEFINED : body.length)
  return Buffer.concat([header, body, ...(encoding.undefinedLengths ? [delimiter(0xfffee00d, encoding.little)] : [])])
}

function delimiter(tag: number, little: boolean, length = 0): Buffer {
  return Buffer.from(bytesOf(8, (view) => (writeTag(view, tag, little), view.setUint32(4, length, little))))
}

function writeTag(view: DataView, tag: number, little: boolean): void {
  view.setUint16(0, Math.floor(tag / 65536), little)
  view.setUint16(2, tag % 65536, little)
}

function bytesOf(length: number, fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length)
  fill(new DataView(bytes.buffer))
  return bytes
}
