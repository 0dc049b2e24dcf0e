import { AppError } from '../../../../src-preload/contract/errors.ts'

const BITS = 10
/** Codes up to here are strings; this one ends the data. */
const END = 2 ** BITS - 1

/**
 * Expands LZW data of fixed 10-bit codes, most significant bit first. The table begins with the 256 bytes, and is kept
 * as it is once full.
 *
 * @param limit  most bytes that may come out
 * @throws AppError `format/truncated`, `format/malformed`, `format/too-large`
 * @see Welch TA, IEEE Computer 1984;17(6):8–19
 */
export function expandLzw(packed: Uint8Array, limit: number): Uint8Array {
  const prefix = new Uint16Array(END)
  const last = Uint8Array.from({ length: END }, (_, code) => code)
  const length = new Uint16Array(END).fill(1, 0, 256)
  const out = new Uint8Array(limit)
  let size = 0
  let next = 256
  let previous = -1
  for (const code of codesOf(packed)) {
    if (code === END) return out.subarray(0, size)
    const known = code < next
    if (!known && (code > next || previous < 0)) {
      throw new AppError('format/malformed', 'The compressed samples are damaged (unknown LZW code). Export it again.')
    }
    const entry = known ? code : previous
    const end = size + length[entry]! + (known ? 0 : 1)
    if (end > limit) {
      throw new AppError(
        'format/too-large',
        `The compressed samples expand to more than ${limit} bytes, twice what the file declares.`,
      )
    }
    let at = size + length[entry]! - 1
    for (let part = entry; at >= size; part = prefix[part]!) out[at--] = last[part]!
    // The one code that may be used before it is known: the string before, and its own first byte.
    if (!known) out[end - 1] = out[size]!
    if (previous >= 0 && next < END) {
      prefix[next] = previous
      last[next] = out[size]!
      length[next] = length[previous]! + 1
      next++
    }
    previous = code
    size = end
  }
  throw new AppError(
    'format/truncated',
    'The compressed samples have no end. The file may be cut off; export it again.',
  )
}

function* codesOf(packed: Uint8Array): Generator<number> {
  let bits = 0
  let count = 0
  for (const byte of packed) {
    bits = (bits << 8) | byte
    count += 8
    if (count < BITS) continue
    count -= BITS
    yield bits >> count
    bits &= (1 << count) - 1
  }
}
