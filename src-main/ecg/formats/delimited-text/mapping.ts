import { NO_LEAD } from '../../../../src-preload/contract/constants.ts'
import type { Delimiter as DelimiterName, ReadingAnswer } from '../../../../src-preload/contract/reading.ts'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { Column } from './columns.ts'
import { findTable, findUnnamedTable, tableAt, type Delimiter, type TableLayout } from './layout.ts'

export const DELIMITERS: Readonly<Record<DelimiterName, Delimiter>> = {
  tab: '\t',
  semicolon: ';',
  comma: ',',
  bar: '|',
  blanks: 'blanks',
}

export const delimiterName = (delimiter: Delimiter): DelimiterName =>
  (Object.keys(DELIMITERS) as DelimiterName[]).find((name) => DELIMITERS[name] === delimiter)!

/**
 * The table of a text with the columns that the user names. A column of times that the table itself names stays one
 * where the user leaves it out, as the rate may hang on it.
 *
 * @throws AppError `format/no-samples` where no table is found, `format/lead-count`
 */
export function mappedTable(text: string, { table, leads = [] }: ReadingAnswer): TableLayout {
  const named = table ? undefined : findTable(text)
  const found = table ? tableAt(text, table.firstLine, DELIMITERS[table.delimiter]) : (named ?? findUnnamedTable(text))
  if (!found) {
    throw new AppError(
      'format/no-samples',
      table
        ? `The text has no line ${table.firstLine}. Name the line of the first row of numbers.`
        : 'No rows of numbers were found in the text. Name the line of the first one, and what stands between its numbers.',
    )
  }
  const columnCount = named?.columns.length ?? ('columnCount' in found ? found.columnCount : 0)
  if (leads.length !== columnCount) {
    throw new AppError(
      'format/lead-count',
      `The table has ${columnCount} columns and ${leads.length} were named. Name each of them; “${NO_LEAD}” leaves one out.`,
    )
  }
  const { delimiter, preface, bodyStart, bodyLine } = found
  const columns = leads.map((name, index): Column => {
    const own = named?.columns[index]
    if (name === NO_LEAD) return own?.kind === 'time' ? own : { kind: 'ignored' }
    return { kind: 'signal', name, unit: own?.kind === 'signal' ? own.unit : undefined }
  })
  return { delimiter, columns, preface, bodyStart, bodyLine }
}
