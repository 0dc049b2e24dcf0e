import type { Mutate } from '../input.ts'
import type { FuzzRandom } from '../random.ts'

const VRS = [
  'SQ',
  'OB',
  'OW',
  'UN',
  'UT',
  'US',
  'UL',
  'SS',
  'SL',
  'DS',
  'IS',
  'CS',
  'SH',
  'LO',
  'UI',
  'PN',
  'FD',
  'AT',
  'ZZ',
  '\0\0',
]
const LENGTHS = [0, 1, 2, 3, 4, 8, 254, 65534, 65535, 0x7fffffff, 0xfffffffe, 0xffffffff]
/** Tags that the reader looks for, and those that delimit sequences. */
const TAGS = [0x00020010, 0x00080005, 0x003a0005, 0x003a0010, 0x003a001a, 0x003a0200, 0x003a0208, 0x003a0210, 0x003a0211, 0x003a021a, 0x0040b020, 0x54000100, 0x54001004, 0x54001006, 0x5400100a, 0x54001010, 0xfffee000, 0xfffee00d, 0xfffee0dd, 0x7fe00010] // prettier-ignore
const ELEMENT = /(?:SQ|OB|OW|UN|UT|US|UL|SS|SL|DS|IS|CS|SH|LO|UI|PN)/g

/** Changes to element headers: tag, value representation, length, whole elements, and sequences deep in each other. */
export const mutateDicom: Mutate = (input, random) => {
  let bytes: Buffer = Buffer.from(input)
  for (let count = 1 + random.below(3); count > 0; count--) bytes = random.pick(CHANGES)(bytes, random)
  return bytes
}

/** Where element headers begin: four bytes before something that looks like a value representation, or an item. */
function headers(bytes: Buffer): number[] {
  const text = bytes.toString('latin1')
  const explicit = [...text.matchAll(ELEMENT)].map(({ index }) => index - 4)
  const items = [...text.matchAll(/\xfe\xff[\x00\x0d\xdd]\xe0/g)].map(({ index }) => index)
  return [...explicit, ...items].filter((at) => at >= 132 && at + 12 <= bytes.length)
}

const CHANGES: readonly ((bytes: Buffer, random: FuzzRandom) => Buffer)[] = [
  (bytes, random) => atHeader(bytes, random, (at) => void bytes.write(random.pick(VRS), at + 4, 'latin1')),
  (bytes, random) => atHeader(bytes, random, (at) => void bytes.writeUInt16LE(random.pick(LENGTHS) % 65536, at + 6)),
  (bytes, random) =>
    atHeader(bytes, random, (at) => void bytes.writeUInt32LE(random.pick(LENGTHS), at + random.pick([4, 8]))),
  (bytes, random) =>
    atHeader(bytes, random, (at) => {
      const tag = random.pick(TAGS)
      bytes.writeUInt16LE(tag >>> 16, at)
      bytes.writeUInt16LE(tag & 0xffff, at + 2)
    }),
  (bytes, random) => atHeader(bytes, random, (at) => void bytes.writeUInt16LE(random.pick(LENGTHS) % 65536, at + 8)),
  (bytes, random) => {
    const found = headers(bytes)
    if (found.length < 2) return bytes
    const [from, to] = [random.pick(found), random.pick(found)]
    const element = bytes.subarray(Math.min(from, to), Math.max(from, to))
    return random.chance(0.5)
      ? Buffer.concat([bytes.subarray(0, from), element, bytes.subarray(from)])
      : Buffer.concat([bytes.subarray(0, Math.min(from, to)), bytes.subarray(Math.max(from, to))])
  },
  (bytes, random) => {
    const found = headers(bytes)
    if (found.length === 0) return bytes
    const at = random.pick(found)
    return Buffer.concat([bytes.subarray(0, at), nested(1 + random.below(300), random.chance(0.5)), bytes.subarray(at)])
  },
]

function atHeader(bytes: Buffer, random: FuzzRandom, change: (at: number) => void): Buffer {
  const found = headers(bytes)
  if (found.length > 0) change(random.pick(found))
  return bytes
}

/** Sequences of undefined length in each other, closed or left open. */
export function nested(depth: number, closed: boolean): Buffer {
  const open = Buffer.from([
    0x40,
    0,
    0x20,
    0xb0,
    ...Buffer.from('SQ'),
    0,
    0,
    255,
    255,
    255,
    255,
    0xfe,
    0xff,
    0,
    0xe0,
    255,
    255,
    255,
    255,
  ])
  const close = Buffer.from([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])
  const many = (piece: Buffer): Buffer[] => Array.from({ length: depth }, () => piece)
  return Buffer.concat([...many(open), ...(closed ? many(close) : [])])
}
