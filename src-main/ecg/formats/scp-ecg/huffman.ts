import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { ScpSection } from './sections.ts'

/** One line of a code table (EN 1064, 5.5): a prefix, and what it stands for. */
interface CodeStructure {
  prefixBits: number
  /** Bits of the whole code; those behind the prefix are a number that is added to `value`. */
  totalBits: number
  /** Where false, `value` is the number of the table, from 1, by which decoding goes on. */
  isValue: boolean
  value: number
  /** The prefix with its first bit lowest. */
  code: number
}

/** A binary tree in one array: two entries a node, a child's number, or the complement of a structure's; 0 is none. */
interface CodeTable {
  tree: number[]
  structures: readonly CodeStructure[]
}

const DEFAULT_TABLE_COUNT = 19999
const STRUCTURE_BYTES = 9
const MAX_STRUCTURES = 8192

/**
 * The code tables of section 2: the default one, or the file's own.
 *
 * @throws AppError `format/malformed`, `format/too-large`, `format/truncated`
 */
export function huffmanTables({ data }: ScpSection): CodeTable[] {
  const count = data.u16(0)
  if (count === DEFAULT_TABLE_COUNT) return [buildTable(DEFAULT_STRUCTURES)]
  const tables: CodeTable[] = []
  let total = 0
  for (let at = 2; tables.length < count;) {
    const length = data.u16(at)
    total += length
    if (total > MAX_STRUCTURES) {
      throw new AppError('format/too-large', `The SCP-ECG file has more than ${MAX_STRUCTURES} Huffman codes.`)
    }
    const structures = Array.from({ length }, (_, index): CodeStructure => {
      const start = at + 2 + index * STRUCTURE_BYTES
      return {
        prefixBits: data.u8(start),
        totalBits: data.u8(start + 1),
        isValue: data.u8(start + 2) !== 0,
        value: data.i16(start + 3),
        code: data.u32(start + 5),
      }
    })
    tables.push(buildTable(structures))
    at += 2 + length * STRUCTURE_BYTES
  }
  const highest = tables.flatMap(({ structures }) => structures).find((s) => !s.isValue && !tables[s.value - 1])
  if (tables.length === 0 || highest) throw malformed('names a table that it does not have')
  return tables
}

/**
 * Numbers of one lead; bits are taken from the highest of each byte on.
 *
 * @param count  how many numbers the lead has
 * @throws AppError `format/truncated` where the bits end before that, `format/malformed`
 */
export function huffmanDecode(tables: readonly CodeTable[], bytes: Uint8Array, count: number): Int32Array {
  const bitCount = bytes.length * 8
  // Each number takes one bit at least, which bounds what is allocated by what is there.
  if (count > bitCount) throw tooShort(count)
  const out = new Int32Array(count)
  let at = 0
  const nextBit = (): number => {
    if (at >= bitCount) throw tooShort(count)
    const bit = (bytes[at >> 3]! >> (7 - (at & 7))) & 1
    at++
    return bit
  }
  let table = tables[0]!
  for (let index = 0; index < count;) {
    let entry = 0
    do {
      entry = table.tree[2 * entry + nextBit()]!
      if (entry === 0) throw malformed('holds bits that are no code')
    } while (entry > 0)
    const { prefixBits, totalBits, isValue, value } = table.structures[~entry]!
    let extra = 0
    for (let bit = prefixBits; bit < totalBits; bit++) extra = (extra << 1) | nextBit()
    if (isValue) out[index++] = value + signed(extra, totalBits - prefixBits)
    else table = tables[value - 1]!
  }
  return out
}

const signed = (value: number, bits: number): number => (bits === 0 ? 0 : (value << (32 - bits)) >> (32 - bits))

function buildTable(structures: readonly CodeStructure[]): CodeTable {
  const tree = [0, 0]
  for (const [index, { prefixBits, totalBits, code }] of structures.entries()) {
    if (prefixBits < 1 || prefixBits > 32 || totalBits < prefixBits || totalBits - prefixBits > 32) {
      throw malformed(`has a code of ${prefixBits} in ${totalBits} bits`)
    }
    let node = 0
    for (let bit = 0; bit < prefixBits; bit++) {
      const slot = 2 * node + ((code >>> bit) & 1)
      const isLast = bit === prefixBits - 1
      if (tree[slot]! < 0 || (isLast && tree[slot] !== 0)) throw malformed('has two codes that begin alike')
      if (isLast) tree[slot] = ~index
      else if (tree[slot] === 0) tree[slot] = tree.push(0, 0) / 2 - 1
      node = tree[slot]!
    }
  }
  return { tree, structures }
}

/** Codes of 0, ±1 … ±8 by rising length; then 8 and 16 bits that hold the number itself (EN 1064, annex C.3.7.6). */
const DEFAULT_STRUCTURES: readonly CodeStructure[] = [
  [1, 1, 0, 0],
  [3, 3, 1, 1],
  [3, 3, -1, 5],
  [4, 4, 2, 3],
  [4, 4, -2, 11],
  [5, 5, 3, 7],
  [5, 5, -3, 23],
  [6, 6, 4, 15],
  [6, 6, -4, 47],
  [7, 7, 5, 31],
  [7, 7, -5, 95],
  [8, 8, 6, 63],
  [8, 8, -6, 191],
  [9, 9, 7, 127],
  [9, 9, -7, 383],
  [10, 10, 8, 255],
  [10, 10, -8, 767],
  [10, 18, 0, 511],
  [10, 26, 0, 1023],
].map(([prefixBits, totalBits, value, code]) => ({
  prefixBits: prefixBits!,
  totalBits: totalBits!,
  isValue: true,
  value: value!,
  code: code!,
}))

const malformed = (problem: string): AppError =>
  new AppError(
    'format/malformed',
    `The Huffman coding of the SCP-ECG file ${problem}. The file is damaged; export it again.`,
  )

const tooShort = (count: number): AppError =>
  new AppError(
    'format/truncated',
    `A lead of the SCP-ECG file ends before its ${count} samples. The file is damaged; export it again.`,
  )
