import { AppError } from '../../../../src-preload/contract/errors.ts'
import { expandLzw } from './lzw.ts'

const HEADER_BYTES = 8
const KNOWN_CODE = 1
/** Each second difference is stored with this added to it. */
const BIAS = 64

/**
 * Decodes XLI, the compression of Philips' XML: one chunk per lead, of an int32 size, an int16 code and an int16 first
 * difference (little-endian), then LZW data of all high bytes and all low bytes, which are two samples and then second
 * differences. Chunks after those of the leads are filler.
 *
 * @param leads  how many chunks are leads
 * @param sampleCount  what the document declares for each; at most twice as many are decoded
 * @throws AppError `format/truncated`, `format/malformed`, `format/unsupported`, `format/too-large`
 * @see https://github.com/sixlettervariables/sierra-ecg-tools/wiki (MIT), which described the format first
 */
export function decodeXli(bytes: Uint8Array, leads: number, sampleCount: number): Int16Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 0
  return Array.from({ length: leads }, (_, lead) => {
    const start = at + HEADER_BYTES
    const size = start <= bytes.length ? view.getInt32(at, true) : NaN
    if (!(size >= 0 && start + size <= bytes.length)) {
      throw new AppError(
        'format/truncated',
        `The compressed samples end within lead ${lead + 1} of ${leads}. The file may be cut off; export it again.`,
      )
    }
    const code = view.getInt16(at + 4, true)
    if (code !== KNOWN_CODE) {
      throw new AppError('format/unsupported', `Lead ${lead + 1} is compressed by code ${code}; code 1 is read.`)
    }
    const expanded = expandLzw(bytes.subarray(start, start + size), 4 * sampleCount)
    if (expanded.length % 2 !== 0) {
      throw new AppError('format/malformed', `Lead ${lead + 1} has half a sample. Export the file again.`)
    }
    const firstDifference = view.getInt16(at + 6, true)
    at = start + size
    return undoDifferences(joinHalves(expanded), firstDifference)
  })
}

function joinHalves(halves: Uint8Array): Int16Array {
  const count = halves.length / 2
  return Int16Array.from({ length: count }, (_, t) => (halves[t]! << 8) | halves[count + t]!)
}

/** Sums wrap at 16 bits, as the writer's do: a store into the array, then a look at what it holds. */
function undoDifferences(values: Int16Array, firstDifference: number): Int16Array {
  let difference = firstDifference
  for (let t = 2; t < values.length; t++) {
    const nextDifference = values[t]! - BIAS
    values[t] = 2 * values[t - 1]! - values[t - 2]! - difference
    difference = nextDifference
  }
  return values
}
