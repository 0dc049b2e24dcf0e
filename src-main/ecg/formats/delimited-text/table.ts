import { AppError } from '../../../../src-preload/contract/errors.ts'
import { checkSampleCount } from '../limits.ts'
import { printable } from '../text.ts'
import { unquoted } from './columns.ts'
import { parseNumber } from './numbers.ts'
import type { TableLayout } from './layout.ts'

export interface Table {
  /** One array for each column; times in doubles, as they carry the rate. */
  columns: (Float32Array | Float64Array)[]
  rowCount: number
  /** True where the last line has no line end; it is left out, as its last number may be cut off. */
  cutOff: boolean
}

/**
 * Reads all rows of numbers. Empty cells and NaN are NaN; comment lines and empty lines are left out.
 *
 * @throws AppError `format/malformed` naming the line, `format/too-large`
 */
export function scanTable(text: string, layout: TableLayout): Table {
  const { columns: kinds, delimiter, bodyStart, bodyLine } = layout
  const lineCount = countLines(text, bodyStart)
  checkSampleCount(kinds.length, lineCount)
  const columns = kinds.map(({ kind }) => (kind === 'time' ? new Float64Array(lineCount) : new Float32Array(lineCount)))
  const ignored = kinds.map(({ kind }) => kind === 'ignored')
  const clock = kinds.map(({ kind }) => kind === 'time')
  const delimiterCode = delimiter === 'blanks' ? -1 : delimiter.charCodeAt(0)
  const cell = { text, at: 0, end: 0, value: 0, points: 0, commas: 0 }
  let row = 0
  let at = bodyStart
  for (let line = bodyLine; line < bodyLine + lineCount; line++) {
    let end = text.indexOf('\n', at)
    const next = end + 1
    if (text.charCodeAt(end - 1) === RETURN) end--
    at = skipBlanks(text, at, end, delimiterCode)
    if (at < end && !isComment(text, at)) {
      for (let column = 0; column < columns.length; column++) {
        if (at > end || (delimiterCode === -1 && at === end)) throw wrongCount(line, column, columns.length)
        cell.at = at
        cell.end = cellEnd(text, at, end, delimiterCode)
        if (!ignored[column]) columns[column]![row] = clock[column] ? clockOrNumber(cell, line) : number(cell, line)
        at = delimiterCode === -1 ? skipBlanks(text, cell.end, end, -1) : cell.end + 1
      }
      if (at <= end && text.slice(at, end).trim() !== '')
        throw wrongCount(line, split(text, at, end, delimiterCode) + columns.length, columns.length)
      row++
    }
    at = next
  }
  if (cell.points > 0 && cell.commas > 0) {
    throw new AppError(
      'format/malformed',
      'The table has both decimal points and decimal commas. Export it with one of them.',
    )
  }
  return {
    columns: columns.map((column) => column.subarray(0, row)),
    rowCount: row,
    cutOff: text.slice(at).trim() !== '',
  }
}

interface Cell {
  text: string
  at: number
  end: number
  value: number
  /** Decimal points and commas seen so far. */
  points: number
  commas: number
}

function number(cell: Cell, line: number): number {
  if (parseNumber(cell)) return cell.value
  const text = unquoted(cell.text.slice(cell.at, cell.end))
  if (/^(?:|-|nan|na|n\/a|null|none)$/i.test(text)) return NaN
  const inner = { ...cell, text, at: 0, end: text.length }
  if (text.length < cell.end - cell.at && parseNumber(inner)) {
    cell.points = inner.points
    cell.commas = inner.commas
    return inner.value
  }
  throw new AppError(
    'format/malformed',
    `Line ${line} of the table holds “${printable(text, 30)}” where a number should be.`,
  )
}

/** A time as a number or as `[hh:]mm:ss.mmm`, then in seconds. */
function clockOrNumber(cell: Cell, line: number): number {
  if (parseNumber(cell)) return cell.value
  const clock = /^\s*["'[]?(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d+)?)/.exec(cell.text.slice(cell.at, cell.end))
  if (!clock) return number(cell, line)
  return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]!.replace(',', '.'))
}

function cellEnd(text: string, at: number, end: number, delimiter: number): number {
  let stop = at
  if (delimiter === -1) while (stop < end && !isBlank(text.charCodeAt(stop))) stop++
  else while (stop < end && text.charCodeAt(stop) !== delimiter) stop++
  return stop
}

function skipBlanks(text: string, at: number, end: number, delimiter: number): number {
  while (at < end && isBlank(text.charCodeAt(at)) && text.charCodeAt(at) !== delimiter) at++
  return at
}

function split(text: string, at: number, end: number, delimiter: number): number {
  return delimiter === -1
    ? text.slice(at, end).trim().split(/\s+/).length
    : text.slice(at, end).split(String.fromCharCode(delimiter)).length
}

/** Lines with a line end from `start` on. */
function countLines(text: string, start: number): number {
  let count = 0
  for (let at = text.indexOf('\n', start); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

const RETURN = 13
const isBlank = (code: number): boolean => code === 32 || code === 9
const isComment = (text: string, at: number): boolean =>
  text[at] === '#' || text[at] === '%' || (text[at] === '/' && text[at + 1] === '/')

const wrongCount = (line: number, found: number, expected: number): AppError =>
  new AppError(
    'format/malformed',
    `Line ${line} of the table holds ${found} values where ${expected} columns are named.`,
  )
