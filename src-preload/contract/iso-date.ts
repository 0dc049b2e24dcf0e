/**
 * Reads a date as people and spreadsheets write it, year first: `1960-02-03`, `1960/2/3`, `1960.2.3`, `1960年2月3日` or
 * `19600203`. Any other order may be read in two ways, so it is none.
 *
 * @returns YYYY-MM-DD; null where nothing was typed, undefined where it is no date
 */
export function isoDateOf(typed: string): string | null | undefined {
  // Chinese keyboards give full-width digits.
  const text = typed.normalize('NFKC').trim()
  if (text === '') return null
  const parts =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ??
    /^(\d{4})(年)\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?$/.exec(text) ??
    /^(\d{4})()(\d\d)(\d\d)$/.exec(text)
  if (!parts) return undefined
  const [year, month, day] = [parts[1]!, parts[3]!.padStart(2, '0'), parts[4]!.padStart(2, '0')]
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  const real = !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day)
  return real ? `${year}-${month}-${day}` : undefined
}
