/**
 * The cells of a table, row by row (RFC 4180): quoted cells, doubled quotes, line ends of any kind. Spreadsheets write
 * semicolons or tabs where their language takes the comma for something else; the header tells which.
 *
 * @returns one array a row, so that `rows[n]` is row n + 1 as a spreadsheet counts; an empty text has one empty row
 */
export function parseCsv(text: string): string[][] {
  const separator = separatorOf(text)
  const rows: string[][] = [['']]
  let quoted = false
  let from = 0
  const take = (upTo: number): void => {
    const row = rows.at(-1)!
    row[row.length - 1] += text.slice(from, upTo)
  }
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    if (quoted ? character !== '"' : !SPECIAL.has(character) && character !== separator) continue
    take(i)
    from = i + 1
    if (quoted) {
      if (text[i + 1] === '"') from = ++i
      else quoted = false
    } else if (character === '"') quoted = true
    else if (character === separator) rows.at(-1)!.push('')
    else if (character === '\n' || (character === '\r' && text[i + 1] !== '\n')) rows.push([''])
  }
  take(text.length)
  return rows
}

const SPECIAL = new Set(['"', '\n', '\r'])

function separatorOf(text: string): string {
  const header = text.split(/[\r\n]/, 1)[0]!
  return [',', ';', '\t'].find((candidate) => header.includes(candidate)) ?? ','
}
