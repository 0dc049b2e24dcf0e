import { standardLead } from '../../lead-names.ts'
import { millivoltsPer } from '../units.ts'
import { isUnitCell, parseColumn, unquoted, withUnit, type Column } from './columns.ts'

export type Delimiter = '\t' | ';' | ',' | '|' | 'blanks'

/** Where the table is in the text and what its columns are. */
export interface TableLayout {
  delimiter: Delimiter
  columns: readonly Column[]
  /** Everything above the column names, and comment lines up to the first row. */
  preface: string
  /** Offset of the first row of numbers, and its line number from 1. */
  bodyStart: number
  bodyLine: number
}

interface Line {
  text: string
  number: number
  end: number
}

/** Column names stand within this many lines, of this many characters at most. */
const MAX_PREFACE_LINES = 200
const MAX_LINE = 20_000
const DELIMITERS: readonly Delimiter[] = ['\t', ';', ',', '|', 'blanks']
const COMMENT = /^\s*(?:#|%|\/\/)\s*/

/** Finds the row of column names: the first that names a lead or a voltage, with a row of as many numbers below it. */
export function findTable(text: string): TableLayout | undefined {
  const lines = firstLines(text)
  for (const [index, line] of lines.entries()) {
    const names = line.text.replace(COMMENT, '')
    for (const { delimiter, columns } of splitsOf(names)) {
      const layout = tableBelow(lines, index, delimiter, columns)
      if (layout) return layout
    }
  }
  return undefined
}

/** A table whose columns have no names. */
export interface UnnamedTable {
  delimiter: Delimiter
  columnCount: number
  /** Everything above the first row of numbers. */
  preface: string
  bodyStart: number
  bodyLine: number
}

/**
 * Finds three rows, one below the other, of equally many cells with numbers in the same columns, two at least; other
 * columns may hold text. Of all ways to read them the one of most columns.
 */
export function findUnnamedTable(text: string): UnnamedTable | undefined {
  const lines = firstLines(text)
  const rows = lines.filter((line) => line.text.trim() !== '' && !COMMENT.test(line.text))
  const found = DELIMITERS.flatMap((delimiter) => {
    const patterns = rows.map(({ text: row }) => numberPattern(split(row, delimiter)))
    const first = patterns.findIndex((own, at) => own !== '' && patterns[at + 1] === own && patterns[at + 2] === own)
    return first < 0 ? [] : unnamedTableAt(lines, rows[first]!.number, delimiter)
  })
  return found.sort((a, b) => b.columnCount - a.columnCount)[0]
}

/** Which cells can be numbers, empty ones among them; nothing where fewer than two are. */
function numberPattern(cells: readonly string[]): string {
  const texts = cells.map(unquoted)
  const numbers = texts.filter((text) => text !== '' && NUMBER_CELL.test(text)).length
  return numbers < 2 ? '' : texts.map((text) => (NUMBER_CELL.test(text) ? '1' : '0')).join('')
}

/** The table that begins in a line that the user names. */
export function tableAt(text: string, firstLine: number, delimiter: Delimiter): UnnamedTable | undefined {
  const lines = firstLines(text)
  return firstLine <= lines.length ? unnamedTableAt(lines, firstLine, delimiter) : undefined
}

function unnamedTableAt(lines: readonly Line[], firstLine: number, delimiter: Delimiter): UnnamedTable {
  return {
    delimiter,
    columnCount: split(lines[firstLine - 1]!.text, delimiter).length,
    preface: lines
      .slice(0, firstLine - 1)
      .map((line) => line.text)
      .join('\n'),
    bodyStart: lines[firstLine - 2]?.end ?? 0,
    bodyLine: firstLine,
  }
}

/** The cells of a row; runs of blanks count as one delimiter, and one empty cell at the end as none. */
export function split(row: string, delimiter: Delimiter): string[] {
  if (delimiter !== 'blanks') return row.split(delimiter)
  // A unit in brackets belongs to the name before it.
  const single = row.trim().replace(/\s+/g, ' ')
  return single.replace(/ (?=[([])/g, '').split(' ')
}

function tableBelow(
  lines: readonly Line[],
  index: number,
  delimiter: Delimiter,
  columns: Column[],
): TableLayout | undefined {
  const preface = lines.slice(0, index).map((line) => line.text)
  const below = lines.slice(index + 1)
  let named = columns
  let start = lines[index]!
  for (const [offset, line] of below.entries()) {
    const comment = COMMENT.test(line.text)
    if (comment) preface.push(line.text)
    if (comment || line.text.trim() === '') {
      start = line
      continue
    }
    const cells = split(line.text, delimiter)
    if (offset < 3 && cells.length === columns.length && cells.every(isUnitCell) && !isNumericRow(cells)) {
      named = columns.map((column, at) => withUnit(column, cells[at]!))
      start = line
    } else if (isNumericRow(cells) && [0, 1].includes(cells.length - columns.length)) {
      return {
        delimiter,
        columns: named,
        preface: preface.join('\n'),
        bodyStart: start.end,
        bodyLine: start.number + 1,
      }
    } else return undefined
  }
  // Names without a single row: a file that was cut off, if the names leave no doubt.
  const leads = columns.filter((column) => column.kind === 'signal' && standardLead(column.name)).length
  return leads < 2
    ? undefined
    : { delimiter, columns: named, preface: preface.join('\n'), bodyStart: start.end, bodyLine: start.number + 1 }
}

/**
 * Ways to read a row as column names. Most leads first, then most columns: a wrong delimiter may leave the whole row as
 * one name, and a row of numbers as one number with a decimal comma.
 */
function splitsOf(names: string): { delimiter: Delimiter; columns: Column[] }[] {
  return DELIMITERS.map((delimiter) => {
    const columns = trimEnd(split(names, delimiter)).map(parseColumn)
    const signals = columns.flatMap((column) => (column.kind === 'signal' ? column : []))
    const leads = signals.filter(({ name }) => standardLead(name)).length
    return {
      delimiter,
      columns,
      leads,
      named: leads > 0 || signals.some(({ unit }) => millivoltsPer(unit ?? '') !== undefined),
    }
  })
    .filter(({ columns, named }) => named && columns.length <= 1024)
    .sort((a, b) => b.leads - a.leads || b.columns.length - a.columns.length)
}

const trimEnd = (cells: string[]): string[] =>
  cells.length > 1 && cells.at(-1)!.trim() === '' ? cells.slice(0, -1) : cells

const NUMBER_CELL = /^(?:[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?|nan|na|null|)$/i
const CLOCK_CELL = /^\d{1,3}(?::\d{1,2}){1,2}(?:[.,]\d+)?$/

function isNumericRow(cells: readonly string[]): boolean {
  const texts = cells.map(unquoted)
  return texts.some((text) => text !== '') && texts.every((text) => NUMBER_CELL.test(text) || CLOCK_CELL.test(text))
}

function firstLines(text: string): Line[] {
  const lines: Line[] = []
  for (let at = 0; at < text.length && lines.length < MAX_PREFACE_LINES;) {
    const found = text.indexOf('\n', at)
    const end = found < 0 ? text.length : found + 1
    lines.push({
      text: text.slice(at, Math.min(end, at + MAX_LINE)).replace(/\r?\n$/, ''),
      number: lines.length + 1,
      end,
    })
    at = end
  }
  return lines
}
