import type { FileExamination, TablePlace } from '../../../../src-preload/contract/reading.ts'
import { findTable, findUnnamedTable, split, tableAt, type Delimiter } from './layout.ts'
import { DELIMITERS, delimiterName } from './mapping.ts'
import { statedRateHz } from './preface.ts'
import { printable } from '../text.ts'

/** Rows and cells that are shown of a table. */
const SHOWN = { rows: 4, cells: 1024, characters: 24 }

/** What a table says of itself, for the question which column is which lead. */
export function examineTable(
  text: string,
  place?: TablePlace,
): Pick<FileExamination, 'columns' | 'rateHz' | 'table' | 'header'> {
  const named = place ? undefined : findTable(text)
  const found = place ? tableAt(text, place.firstLine, DELIMITERS[place.delimiter]) : (named ?? findUnnamedTable(text))
  if (!found) return { columns: [], rateHz: null, table: null, header: null }
  const { delimiter, bodyStart, bodyLine, preface } = found
  const rows = rowsFrom(text, bodyStart).map((row) => split(row, delimiter))
  const names = named?.columns.map((column) => (column.kind === 'signal' ? column.name : ''))
  const columns = names ?? namesAbove(preface, delimiter, rows[0]?.length ?? 0)
  return {
    columns: columns.map((name) => printable(name)),
    rateHz: rateIn(preface),
    table: {
      delimiter: delimiterName(delimiter),
      firstLine: bodyLine,
      rows: rows
        .slice(0, SHOWN.rows)
        .map((row) => row.slice(0, SHOWN.cells).map((cell) => printable(cell.trim(), SHOWN.characters))),
    },
    header: headerOf(text, bodyStart, columns.length),
  }
}

function rowsFrom(text: string, start: number): string[] {
  const rows: string[] = []
  for (let at = start; at < text.length && rows.length < SHOWN.rows;) {
    const found = text.indexOf('\n', at)
    const end = found < 0 ? text.length : found
    const row = text.slice(at, Math.min(end, at + 20_000)).replace(/\r$/, '')
    if (row.trim() !== '') rows.push(row)
    at = end + 1
  }
  return rows
}

/** The line right above the numbers, where it has as many cells as they have; else no names. */
function namesAbove(preface: string, delimiter: Delimiter, count: number): string[] {
  const above = split(
    preface
      .split('\n')
      .at(-1)
      ?.replace(/^\s*(?:#|%|\/\/)\s*/, '') ?? '',
    delimiter,
  )
  return Array.from({ length: count }, (_, index) => (above.length === count ? above[index]!.trim() : ''))
}

function rateIn(preface: string): number | null {
  try {
    return statedRateHz(preface) ?? null
  } catch {
    // It states two.
    return null
  }
}

/**
 * The line above the numbers with its digits levelled, and how many columns follow: what files of one kind share.
 * Without a line in words there is nothing to know such a file by.
 */
function headerOf(text: string, bodyStart: number, columnCount: number): string | null {
  const above = text
    .slice(Math.max(0, bodyStart - 4000), bodyStart)
    .trim()
    .split(/\r?\n/)
    .at(-1)!
    .trim()
  return /\p{L}{2}/u.test(above) ? `${columnCount} ${above.replace(/\d/g, '0')}` : null
}
