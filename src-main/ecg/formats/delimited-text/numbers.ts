/** A piece of text and, once parsed, its value; decimal points and commas are counted over all numbers. */
export interface NumberCell {
  text: string
  at: number
  end: number
  value: number
  points: number
  commas: number
}

/**
 * Parses a decimal number with a point or a comma in place, without cutting a string out for each of the many cells of
 * a table. Up to 15 digits and 22 decimals the result is the nearest double (both are exact, and one division rounds
 * once: Clinger, PLDI 1990); longer ones are left to `Number`.
 *
 * @returns false where the cell is no such number; the cell is then unchanged
 */
export function parseNumber(cell: NumberCell): boolean {
  const { text } = cell
  let at = cell.at
  let end = cell.end
  while (at < end && isBlank(text.charCodeAt(at))) at++
  while (end > at && isBlank(text.charCodeAt(end - 1))) end--
  const begin = at
  const sign = text.charCodeAt(at)
  if (sign === MINUS || sign === PLUS) at++
  let digits = 0
  let mantissa = 0
  let decimals = -1
  let separator = 0
  for (; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code >= ZERO && code <= NINE) {
      digits++
      mantissa = mantissa * 10 + (code - ZERO)
      if (decimals >= 0) decimals++
    } else if ((code === POINT || code === COMMA) && decimals < 0) {
      decimals = 0
      separator = code
    } else break
  }
  if (digits === 0) return false
  const plain = at === end
  if (!plain && !/^[eE][-+]?\d{1,4}$/.test(text.slice(at, end))) return false
  if (separator === POINT) cell.points++
  else if (separator === COMMA) cell.commas++
  if (plain && digits <= 15 && decimals <= 22) {
    const magnitude = decimals > 0 ? mantissa / POWERS[decimals]! : mantissa
    cell.value = sign === MINUS ? -magnitude : magnitude
  } else cell.value = Number(text.slice(begin, end).replace(',', '.'))
  return true
}

const [PLUS, COMMA, MINUS, POINT, ZERO, NINE] = [43, 44, 45, 46, 48, 57] as const
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))
const isBlank = (code: number): boolean => code === 32 || code === 9
