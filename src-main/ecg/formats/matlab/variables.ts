import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { SampleMatrix } from '../sample-matrix.ts'
import { elementsOf, MATRIX, matlabFile, type MatlabElement } from './elements.ts'

/** One variable of a MATLAB file. */
export interface MatlabVariable {
  name: string
  /** Its class in words, for a sentence. */
  kind: string
  /** Set for real numbers in two dimensions. */
  matrix?: SampleMatrix
  /** Set for characters (one text for each row) and for cells of such. */
  texts?: string[]
}

const CELL = 1
const CHARACTERS = 4
const NUMERIC_CLASSES: ReadonlySet<number> = new Set([6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
const KINDS = ['', 'cell array', 'structure', 'object', 'text', 'sparse matrix']
const COMPLEX = 0x0800
const MAX_NAMES = 1024

/**
 * All variables of the file; structures, objects and sparse matrices only by name.
 *
 * @throws AppError `format/truncated`, `format/malformed`, `format/too-large`
 */
export function matlabVariables(main: Uint8Array): MatlabVariable[] {
  const { elements, littleEndian } = matlabFile(main)
  return elements.filter(({ type }) => type === MATRIX).map(({ bytes }) => variableOf(bytes, littleEndian, true))
}

function variableOf(bytes: Uint8Array, littleEndian: boolean, mayBeCell: boolean): MatlabVariable {
  // An empty cell is an element without bytes.
  if (bytes.length === 0) return { name: '', kind: 'nothing' }
  const [flags, dimensions, name, ...parts] = elementsOf(bytes, littleEndian)
  if (!flags || flags.bytes.length < 8 || !dimensions || !name) throw malformed('lacks its flags, size or name')
  const word = numbersOf({ type: 6, bytes: flags.bytes }, littleEndian).at(0)
  const arrayClass = word & 0xff
  const axes = numbersOf(dimensions, littleEndian)
  const [rows, columns] = [axes.count > 0 ? axes.at(0) : 0, axes.count > 1 ? axes.at(1) : 0]
  const variable: MatlabVariable = {
    name: Buffer.from(name.bytes).toString('latin1'),
    kind: KINDS[arrayClass] ?? `${rows} by ${columns} numbers`,
  }
  if (axes.count !== 2 || rows < 0 || columns < 0) return variable
  if (arrayClass === CELL && mayBeCell) {
    const cells = parts.slice(0, MAX_NAMES).map((part) => variableOf(part.bytes, littleEndian, false))
    variable.texts = cells.flatMap(({ texts }) => texts?.slice(0, 1) ?? [])
  } else if (arrayClass === CHARACTERS && parts[0]) {
    variable.texts = textRows(parts[0], rows, columns, littleEndian)
  } else if (NUMERIC_CLASSES.has(arrayClass) && parts[0] && (word & COMPLEX) === 0) {
    const { count, at } = numbersOf(parts[0], littleEndian)
    if (rows * columns > count) throw malformed('has fewer numbers than its size')
    variable.matrix = { rows, columns, at: (row, column) => at(column * rows + row) }
  }
  return variable
}

/** Rows of a character array, which lie column by column. */
function textRows(part: MatlabElement, rows: number, columns: number, littleEndian: boolean): string[] {
  const codes = part.type === UTF8 ? utf8Codes(part.bytes) : numbersOf(part, littleEndian)
  if (rows * columns > codes.count || rows > MAX_NAMES || rows * columns > 65536) return []
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => String.fromCodePoint(codes.at(column * rows + row) & 0xffff))
      .join('')
      .trim(),
  )
}

const UTF8 = 16

function utf8Codes(bytes: Uint8Array): { count: number; at: (index: number) => number } {
  const text = Buffer.from(bytes.subarray(0, 2 ** 18)).toString('utf8')
  return { count: text.length, at: (index) => text.charCodeAt(index) }
}

/** Numbers as they are stored, which may be narrower than the class of the variable. */
function numbersOf({ type, bytes }: MatlabElement, little: boolean): { count: number; at: (index: number) => number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const readers: Record<number, [number, (at: number) => number]> = {
    1: [1, (at) => view.getInt8(at)],
    2: [1, (at) => view.getUint8(at)],
    3: [2, (at) => view.getInt16(at, little)],
    4: [2, (at) => view.getUint16(at, little)],
    5: [4, (at) => view.getInt32(at, little)],
    6: [4, (at) => view.getUint32(at, little)],
    7: [4, (at) => view.getFloat32(at, little)],
    9: [8, (at) => view.getFloat64(at, little)],
    12: [8, (at) => Number(view.getBigInt64(at, little))],
    13: [8, (at) => Number(view.getBigUint64(at, little))],
    17: [2, (at) => view.getUint16(at, little)],
  }
  const reader = readers[type]
  if (!reader) throw malformed(`has numbers of type ${type}`)
  const [width, read] = reader
  return { count: Math.floor(bytes.length / width), at: (index) => read(index * width) }
}

const malformed = (problem: string): AppError =>
  new AppError('format/malformed', `A variable of the MATLAB file ${problem}. Save it again.`)
