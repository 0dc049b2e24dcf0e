import { inflateSync } from 'node:zlib'
import { AppError } from '../../../../src-preload/contract/errors.ts'

/** One data element: its type number and its bytes. */
export interface MatlabElement {
  type: number
  bytes: Uint8Array
}

export const MATRIX = 14
const COMPRESSED = 15
const HEADER_BYTES = 128
const MAX_ELEMENTS = 4096
/** Bounds on what may be unpacked: honest samples shrink by a factor of ten, a bomb by a thousand. */
const MAX_RATIO = 200
const RATIO_FREE = 2 ** 20
const MAX_INFLATED = 64 * 2 ** 20

export const isMatlab5 = (head: Uint8Array): boolean =>
  Buffer.from(head.subarray(0, 10)).toString('latin1') === 'MATLAB 5.0'

/**
 * The elements of a whole file, compressed ones unpacked.
 *
 * @see MAT-File Format, The MathWorks, “Level 5 MAT-file format”
 * @throws AppError `format/truncated`, `format/malformed`, `format/too-large`
 */
export function matlabFile(main: Uint8Array): { elements: MatlabElement[]; littleEndian: boolean } {
  if (main.length < HEADER_BYTES) throw cutOff()
  const mark = String.fromCharCode(main[126]!, main[127]!)
  if (mark !== 'IM' && mark !== 'MI') {
    throw new AppError('format/malformed', 'The MATLAB file does not say its byte order. Save it again.')
  }
  const littleEndian = mark === 'IM'
  let budget = MAX_INFLATED
  const elements = elementsOf(main.subarray(HEADER_BYTES), littleEndian).flatMap((element) => {
    if (element.type !== COMPRESSED) return [element]
    const inflated = inflate(element.bytes, budget)
    budget -= inflated.length
    return elementsOf(inflated, littleEndian)
  })
  return { elements, littleEndian }
}

/**
 * Splits bytes into elements. A small element has its length in the upper half of its first word, and its bytes in
 * the second.
 *
 * @throws AppError `format/truncated`, `format/too-large`
 */
export function elementsOf(bytes: Uint8Array, littleEndian: boolean): MatlabElement[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const elements: MatlabElement[] = []
  for (let at = 0; at < bytes.length;) {
    if (at + 8 > bytes.length) throw cutOff()
    if (elements.length >= MAX_ELEMENTS) {
      throw new AppError('format/too-large', `The MATLAB file has more than ${MAX_ELEMENTS} elements.`)
    }
    const word = view.getUint32(at, littleEndian)
    const isSmall = word >>> 16 !== 0
    const length = isSmall ? word >>> 16 : view.getUint32(at + 4, littleEndian)
    const start = at + (isSmall ? 4 : 8)
    if (start + length > bytes.length || (isSmall && length > 4)) throw cutOff()
    const type = isSmall ? word & 0xffff : word
    elements.push({ type, bytes: bytes.subarray(start, start + length) })
    // Elements start at multiples of eight bytes, but for what stands behind a compressed one.
    at = isSmall ? at + 8 : start + (type === COMPRESSED ? length : Math.ceil(length / 8) * 8)
  }
  return elements
}

function inflate(deflated: Uint8Array, budget: number): Uint8Array {
  const limit = Math.max(1, Math.min(budget, Math.max(RATIO_FREE, deflated.length * MAX_RATIO)))
  try {
    return inflateSync(deflated, { maxOutputLength: limit })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw cutOff(cause)
    throw new AppError(
      'format/too-large',
      'The compressed MATLAB variables unpack to more than an honest ECG does. Save them uncompressed (-v6).',
      { cause },
    )
  }
}

const cutOff = (cause?: unknown): AppError =>
  new AppError('format/truncated', 'The MATLAB file is cut off or damaged. Copy or save it again.', { cause })
