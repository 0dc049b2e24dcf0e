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
  let count = 0
  for (let at = 0; at < list.length; at = item.lastIndex) {
    item.lastIndex = at
    const value = offset + scale * Number(item.exec(list)?.[1] ?? NaN)
    values[count] = value
    if (!Number.isFinite(values[count])) {
      throw new AppError(
        'format/malformed',
        `The samples of ${printable(of)} hold “${printable(list.slice(at, at + 12))}”, which is no number. The file may be damaged; export it again.`,
      )
    }
    count++
  }
  if (separator === 'comma' && list.endsWith(',')) {
    throw new AppError('format/malformed', `The samples of ${printable(of)} end with a comma. Export the file again.`)
  }
  return values.slice(0, count)
}

// Each alternative begins with another character, so that no list makes the pattern try twice.
const NUMBER = String.raw`([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?)`
const ITEMS = {
  comma: String.raw`\s*${NUMBER}\s*(?:,|$)`,
  blank: String.raw`\s*${NUMBER}(?=\s|$)`,
} as const
