import { crcCcitt } from '../../../src-main/ecg/formats/crc-ccitt.ts'

/** One code of a table: the bits of its prefix in the order in which they are sent, and what they stand for. */
export interface Code {
  bits: string
  value: number
  extraBits?: number
  /** Set for a code that changes the table; tables count from 1. */
  switchTo?: number
}

/** The default table as EN 1064 prints it: 0, then one more 1 for each further magnitude, and the sign. */
export const DEFAULT_CODES: readonly Code[] = [
  { bits: '0', value: 0 },
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((value) => [
    { bits: `${'1'.repeat(value)}00`, value },
    { bits: `${'1'.repeat(value)}01`, value: -value },
  ]),
  { bits: '1111111110', value: 0, extraBits: 8 },
  { bits: '1111111111', value: 0, extraBits: 16 },
]

export interface WrittenLeads {
  avm?: number
  intervalUs?: number
  encoding?: number
  bimodal?: number
  /** Numbers as they are stored before Huffman coding: samples or their differences. */
  leads: readonly (readonly number[])[]
  /** Length field to write in place of the true one. */
  lengthField?: number
}

export interface WrittenScp {
  /** Lead number, first and last sample. */
  leads: readonly (readonly [number: number, first: number, last: number])[]
  flags?: number
  tags?: readonly (readonly [number, Uint8Array])[]
  tables?: 'none' | 'default' | readonly (readonly Code[])[]
  beats?: {
    lengthMs: number
    fiducial: number
    beats: readonly (readonly [type: number, first: number, fiducial: number, last: number])[]
    areas?: readonly (readonly [number, number])[]
  }
  reference?: WrittenLeads
  rhythm?: WrittenLeads
  /** Sections in the order of the file; those that are not named are left out. */
  order?: readonly number[]
  protocol?: number
}

/** First or second differences; the first one or two numbers stay as they are. */
export function differences(samples: readonly number[], order: number): number[] {
  if (order === 0) return [...samples]
  if (order === 1) return samples.map((value, t) => (t === 0 ? value : value - samples[t - 1]!))
  return samples.map((value, t) => (t < 2 ? value : value - 2 * samples[t - 1]! + samples[t - 2]!))
}

/** An SCP-ECG file as EN 1064 lays it out, with checksums that fit. */
export function writeScp(written: WrittenScp): Buffer {
  const { order = [1, 2, 3, 4, 5, 6], protocol = 20 } = written
  const bodies = new Map<number, Buffer | undefined>([
    [1, description(written.tags ?? [])],
    [2, tablesSection(written.tables ?? 'default')],
    [3, leadsSection(written)],
    [4, beatsSection(written.beats)],
    [5, dataSection(written.reference, written)],
    [6, dataSection(written.rhythm, written)],
  ])
  const sections = order.flatMap((id) => {
    const body = bodies.get(id)
    return body ? [{ id, bytes: section(id, body, protocol) }] : []
  })
  const pointerCount = 12
  let start = 6 + 16 + 10 * pointerCount
  const pointers = new Map<number, Buffer>()
  for (const { id, bytes } of sections) {
    pointers.set(id, pointer(id, bytes.length, start + 1))
    start += bytes.length
  }
  const table = Array.from({ length: pointerCount }, (_, id) =>
    id === 0 ? pointer(0, 16 + 10 * pointerCount, 7) : (pointers.get(id) ?? pointer(id, 0, 0)),
  )
  const zero = section(0, Buffer.concat(table), protocol, 'SCPECG')
  const all = Buffer.concat([Buffer.alloc(6), zero, ...sections.map(({ bytes }) => bytes)])
  all.writeUInt32LE(all.length, 2)
  all.writeUInt16LE(crcCcitt(all.subarray(2)), 0)
  return all
}

function section(id: number, body: Buffer, protocol: number, mark = ''): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(16), body, Buffer.alloc(body.length % 2)])
  bytes.writeUInt16LE(id, 2)
  bytes.writeUInt32LE(bytes.length, 4)
  bytes.fill(protocol, 8, 10)
  bytes.write(mark, 10)
  bytes.writeUInt16LE(crcCcitt(bytes.subarray(2)), 0)
  return bytes
}

function pointer(id: number, length: number, place: number): Buffer {
  const bytes = Buffer.alloc(10)
  bytes.writeUInt16LE(id)
  bytes.writeUInt32LE(length, 2)
  bytes.writeUInt32LE(place, 6)
  return bytes
}

const short = (...values: number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer)
const long = (...values: number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer)

const description = (tags: readonly (readonly [number, Uint8Array])[]): Buffer =>
  Buffer.concat([...tags.flatMap(([tag, value]) => [Buffer.from([tag]), short(value.length), value]), Buffer.from([255, 0, 0])]) // prettier-ignore

function tablesSection(tables: NonNullable<WrittenScp['tables']>): Buffer | undefined {
  if (tables === 'none') return undefined
  if (tables === 'default') return short(19999)
  return Buffer.concat([short(tables.length), ...tables.flatMap((codes) => [short(codes.length), ...codes.map(codeStructure)])]) // prettier-ignore
}

function codeStructure({ bits, value, extraBits = 0, switchTo }: Code): Buffer {
  const head = Buffer.from([bits.length, bits.length + extraBits, switchTo === undefined ? 1 : 0])
  const base = Buffer.alloc(2)
  base.writeInt16LE(switchTo ?? value)
  // The first bit of the prefix is the lowest of the code.
  return Buffer.concat([head, base, long(Number.parseInt([...bits].toReversed().join(''), 2))])
}

const leadsSection = ({ leads, flags }: WrittenScp): Buffer =>
  Buffer.concat([Buffer.from([leads.length, flags ?? ((leads.length << 3) | 4) & 0xff]), ...leads.flatMap(([id, first, last]) => [long(first, last), Buffer.from([id])])]) // prettier-ignore

function beatsSection(beats: WrittenScp['beats']): Buffer | undefined {
  if (!beats) return undefined
  return Buffer.concat([
    short(beats.lengthMs, beats.fiducial, beats.beats.length),
    ...beats.beats.flatMap(([type, ...samples]) => [short(type), long(...samples)]),
    ...(beats.areas ?? []).map((area) => long(...area)),
  ])
}

function dataSection(data: WrittenLeads | undefined, { tables = 'default' }: WrittenScp): Buffer | undefined {
  if (!data) return undefined
  const coded = data.leads.map((numbers) => (tables === 'none' ? raw(numbers) : huffman(numbers, tables)))
  return Buffer.concat([
    short(data.avm ?? 5000, data.intervalUs ?? 2000),
    Buffer.from([data.encoding ?? 0, data.bimodal ?? 0]),
    short(...coded.map((bytes) => data.lengthField ?? bytes.length)),
    ...coded,
  ])
}

const raw = (numbers: readonly number[]): Buffer => Buffer.from(Int16Array.from(numbers).buffer)

/** Codes numbers by the first table that can; changes tables by a code for that where it must. */
function huffman(numbers: readonly number[], tables: 'default' | readonly (readonly Code[])[]): Buffer {
  const books = tables === 'default' ? [DEFAULT_CODES] : tables
  let table = 0
  let bits = ''
  for (const number of numbers) {
    let found = codeFor(books[table]!, number)
    if (found === undefined) {
      const change = books[table]!.find(
        ({ switchTo }) => switchTo !== undefined && codeFor(books[switchTo - 1]!, number),
      )
      if (change === undefined) throw new Error(`no code for ${number}`)
      bits += change.bits
      table = change.switchTo! - 1
      found = codeFor(books[table]!, number)!
    }
    bits += found
  }
  bits = bits.padEnd(Math.ceil(bits.length / 16) * 16, '1')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

function codeFor(codes: readonly Code[], number: number): string | undefined {
  for (const { bits, value, extraBits = 0, switchTo } of codes) {
    if (switchTo !== undefined) continue
    const rest = number - value
    if (extraBits === 0 && rest === 0) return bits
    const half = 2 ** (extraBits - 1)
    if (extraBits > 0 && rest >= -half && rest < half) return bits + ((rest + 2 * half) % (2 * half)).toString(2).padStart(extraBits, '0') // prettier-ignore
  }
  return undefined
}
