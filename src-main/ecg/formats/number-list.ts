import { AppError } from '../../../src-preload/contract/errors.ts'
import { printable } from './text.ts'

/**
 * The decimal numbers of a list, each as `offset + scale × number`.
 *
 * @param of  what the list belongs to, for the sentence of a refusal
 * @throws AppError `format/malformed` for anything in the list that is no finite number, an empty place included
 */
export function scaledNumbers(
  text: string,
  separator: keyof typeof ITEMS,
  of: string,
  { scale = 1, offset = 0 } = {},
): Float32Array {
  const list = text.trim()
  const item = new RegExp(ITEMS[separator], 'y')
  // A number and its separator are two characters at least, so this is always room enough.
  const values = new Float32Array(Math.ceil((list.length + 1) / 2))
  const between = separator === 'comma' ? 44 : 32
  let count = 0
  for (let at = 0; at < list.length;) {
    // Nearly all lists are of short integers, which need not go through the pattern.
    const start = at
    const end = endOfInteger(list, at)
    let number: number
    if (end > at && list.charCodeAt(end) === between) {
      number = integer(list, at, end)
      at = end + 1
    } else {
      item.lastIndex = at
      number = Number(item.exec(list)?.[1] ?? NaN)
      at = item.lastIndex || at
    }
    values[count] = offset + scale * number
    if (!Number.isFinite(values[count])) {
      throw new AppError(
        'format/malformed',
        `The samples of ${printable(of)} hold “${printable(list.slice(start, start + 12))}”, which is no number. The file may be damaged; export it again.`,
      )
    }
    count++
  }
  if (separator === 'comma' && list.endsWith(',')) {
    throw new AppError('format/malformed', `The samples of ${printable(of)} end with a comma. Export the file again.`)
  }
  return values.slice(0, count)
}

/** End of the one to nine digits, signed or not, that stand at `at`; `at` itself where none do. */
function endOfInteger(list: string, at: number): number {
  const from = list.charCodeAt(at) === 45 ? at + 1 : at
  let end = from
  while (end - from < 9 && list.charCodeAt(end) >= 48 && list.charCodeAt(end) <= 57) end++
  return end === from ? at : end
}

function integer(list: string, at: number, end: number): number {
  const negative = list.charCodeAt(at) === 45
  let value = 0
  for (let digit = negative ? at + 1 : at; digit < end; digit++) value = 10 * value + list.charCodeAt(digit) - 48
  return negative ? -value : value
}

// Each alternative begins with another character, so that no list makes the pattern try twice.
const NUMBER = String.raw`([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?)`
const ITEMS = {
  comma: String.raw`\s*${NUMBER}\s*(?:,|$)`,
  blank: String.raw`\s*${NUMBER}(?=\s|$)`,
} as const
