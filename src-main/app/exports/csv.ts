/** What a spreadsheet takes for the start of a formula (OWASP ASVS 5.0, 1.2.10), also behind white space. */
const FORMULA_START = /^\s*[=+\-@\t\r|%]/

/**
 * One cell of a table that spreadsheets open without running or changing anything in it: quoted, a formula disarmed by
 * an apostrophe, and digits that would lose their leading zeros or their last digits kept as text.
 */
export function csvCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return ''
  // A number is written as such; its minus sign starts no formula.
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const text = String(value)
  const disarmed = FORMULA_START.test(text) || isDigitsToKeep(text) ? `'${text}` : text
  return `"${disarmed.replaceAll('"', '""')}"`
}

/** 000123 would become 123, and more than 15 digits would be rounded. */
function isDigitsToKeep(text: string): boolean {
  return /^0\d+$/.test(text) || /^\d{12,}$/.test(text)
}

/** A whole table: byte-order mark for spreadsheets that would take UTF-8 for something else, CRLF (RFC 4180). */
export function csvTable(rows: readonly (readonly Parameters<typeof csvCell>[0][])[]): string {
  return '\uFEFF' + rows.map((row) => row.map(csvCell).join(',') + '\r\n').join('')
}
