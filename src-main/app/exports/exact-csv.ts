/**
 * Cells that are safe in a spreadsheet and come back exactly as they were: nothing is NULL, a number stands bare, a text
 * is quoted. A text that a spreadsheet would run or change begins with an apostrophe, and so does every text that
 * begins with an apostrophe itself, so that reading takes one away and is never wrong.
 */
export type ExactCell = string | number | null

const TO_DISARM = /^\s*[=+\-@\t\r|%']|^0\d+$|^\d{12,}$/

export function exactCell(value: ExactCell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const disarmed = TO_DISARM.test(value) ? `'${value}` : value
  return `"${disarmed.replaceAll('"', '""')}"`
}

export const exactLine = (row: readonly ExactCell[]): string => row.map(exactCell).join(',') + '\r\n'

/**
 * Reads what `exactLine` wrote, row by row.
 *
 * @param text  a whole table, with or without a byte-order mark
 * @throws SyntaxError where a cell is neither quoted nor a number nor empty
 */
export function* readExactCsv(text: string): Generator<ExactCell[]> {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y
  cell.lastIndex = text.startsWith('\uFEFF') ? 1 : 0
  let row: ExactCell[] = []
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex
    const found = cell.exec(text)
    if (!found) throw new SyntaxError(`not a cell at character ${at}`)
    const [, quoted, bare = '', end] = found
    row.push(quoted === undefined ? numberOrNothing(bare, at) : quoted.replaceAll('""', '"').replace(/^'/, ''))
    if (end === ',') continue
    yield row
    row = []
  }
}

function numberOrNothing(bare: string, at: number): number | null {
  if (bare === '') return null
  const value = Number(bare)
  if (!Number.isFinite(value)) throw new SyntaxError(`neither a number nor quoted at character ${at}`)
  return value
}

/**
 * Reads a long table part by part.
 *
 * @param parts  the text in pieces of any length
 */
export function* readExactCsvParts(parts: Iterable<string>): Generator<ExactCell[]> {
  let rest = ''
  let scanned = 0
  let quoted = false
  for (const part of parts) {
    rest += part
    let whole = 0
    for (; scanned < rest.length; scanned += 1) {
      const code = rest.charCodeAt(scanned)
      if (code === QUOTE) quoted = !quoted
      else if (code === LINE_END && !quoted) whole = scanned + 1
    }
    yield* readExactCsv(rest.slice(0, whole))
    rest = rest.slice(whole)
    scanned -= whole
  }
  yield* readExactCsv(rest)
}

const QUOTE = 0x22
const LINE_END = 0x0a
