/** The elements of a data set by their tags; a sequence is a list of such. */
export type DicomElements = Readonly<Record<number, DicomValue>>
export type DicomValue = { vr: 'SQ'; items: readonly DicomElements[] } | { vr: string; bytes: Uint8Array }

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1'
/** Of this application, as the writer of a file. */
const IMPLEMENTATION_CLASS = '2.25.223907183506281465174032519628409125703'
const LONG_FORM = new Set(['OB', 'OW', 'SQ', 'UT'])

/**
 * A DICOM file (PS3.10) in explicit VR little endian, with its preamble zeroed: nothing of it can be run as a program.
 *
 * @param elements  with SOP class (0008,0016) and instance (0008,0018)
 */
export function encodeDicomFile(elements: DicomElements): Uint8Array {
  const meta = encode({
    0x00020001: { vr: 'OB', bytes: Uint8Array.of(0, 1) },
    0x00020002: elements[0x00080016]!,
    0x00020003: elements[0x00080018]!,
    0x00020010: text('UI', EXPLICIT_LITTLE_ENDIAN),
    0x00020012: text('UI', IMPLEMENTATION_CLASS),
    0x00020013: text('SH', 'CARDIONETS'),
  })
  const length = encode({ 0x00020000: unsigned32(meta.length) })
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), length, meta, encode(elements)])
}

/** A text value in UTF-8, padded to an even length. */
export function text(vr: string, value: string): DicomValue {
  const bytes = Buffer.from(value, 'utf8')
  return { vr, bytes: bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(vr === 'UI' ? '\0' : ' ')]) }
}

/** A decimal string (DS) of at most 16 characters. */
export function decimal(value: number): DicomValue {
  for (let digits = 15; digits > 0; digits--) {
    const written = String(Number(value.toPrecision(digits)))
    if (written.length <= 16) return text('DS', written)
  }
  return text('DS', '0')
}

export function unsigned16(value: number): DicomValue {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return { vr: 'US', bytes }
}

export function unsigned32(value: number): DicomValue {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return { vr: 'UL', bytes }
}

export const sequence = (...items: DicomElements[]): DicomValue => ({ vr: 'SQ', items })

/** A sequence of one code (PS3.3 8.8). */
export const code = (value: string, scheme: string, meaning: string): DicomValue =>
  sequence({ 0x00080100: text('SH', value), 0x00080102: text('SH', scheme), 0x00080104: text('LO', meaning) })

function encode(elements: DicomElements): Buffer {
  const tags = Object.keys(elements).map(Number)
  return Buffer.concat(tags.sort((a, b) => a - b).flatMap((tag) => element(tag, elements[tag]!)))
}

function element(tag: number, value: DicomValue): Buffer[] {
  const body = 'items' in value ? Buffer.concat(value.items.flatMap(item)) : value.bytes
  const long = LONG_FORM.has(value.vr)
  const header = Buffer.alloc(long ? 12 : 8)
  header.writeUInt16LE(tag >>> 16, 0)
  header.writeUInt16LE(tag & 0xffff, 2)
  header.write(value.vr, 4, 'latin1')
  if (long) header.writeUInt32LE(body.length, 8)
  else header.writeUInt16LE(body.length, 6)
  return [header, Buffer.from(body)]
}

function item(elements: DicomElements): Buffer[] {
  const body = encode(elements)
  const header = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0])
  header.writeUInt32LE(body.length, 4)
  return [header, body]
}
