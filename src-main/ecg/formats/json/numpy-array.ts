import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { SampleMatrix } from '../sample-matrix.ts'
import { printable } from '../text.ts'

const MAGIC = '\x93NUMPY'

export const isNumpy = (head: Uint8Array): boolean =>
  Buffer.from(head.subarray(0, MAGIC.length)).toString('latin1') === MAGIC

/**
 * The numbers of an NPY file (format versions 1 to 3). Axes of length 1 are left out; Python objects are never read.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @throws AppError `format/truncated`, `format/malformed`, `format/unsupported`
 */
export function readNumpy(bytes: Uint8Array): SampleMatrix {
  if (!isNumpy(bytes)) throw new AppError('format/malformed', 'The array file is no NumPy array (.npy). Save it again.')
  if (bytes.length < 12) throw truncated()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const lengthBytes = bytes[6] === 1 ? 2 : 4
  const headerLength = lengthBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true)
  const start = 8 + lengthBytes + headerLength
  if (headerLength > MAX_HEADER || start > bytes.length) throw truncated()
  const header = Buffer.from(bytes.subarray(8 + lengthBytes, start)).toString('latin1')
  const [rows, columns] = shapeOf(header)
  const { width, value } = numbersOf(/'descr': ?'([^']{1,16})'/.exec(header)?.[1], view)
  // Doubles hold the product of two numbers of nine digits without overflow.
  if (rows * columns * width > bytes.length - start) throw truncated()
  const fortran = /'fortran_order': ?True/.test(header)
  return {
    rows,
    columns,
    at: (row, column) => value(start + width * (fortran ? column * rows + row : row * columns + column)),
  }
}

const MAX_HEADER = 4096

/** Two axes; an array of one axis is one column. */
function shapeOf(header: string): [number, number] {
  const shape = /'shape': ?\(((?:\d{1,9}, ?)*\d{0,9})\)/.exec(header)?.[1]
  if (shape === undefined)
    throw new AppError('format/malformed', 'The NumPy header states no shape. Save the array again.')
  const axes = shape.split(',').flatMap((axis) => (axis.trim() === '' ? [] : [Number(axis)]))
  const long = axes.filter((axis) => axis !== 1)
  if (long.length > 2) {
    throw new AppError('format/unsupported', `The NumPy array has the shape (${shape}); one recording has two axes.`)
  }
  return axes.length === 2 ? [axes[0]!, axes[1]!] : [long[0] ?? 1, long[1] ?? 1]
}

function numbersOf(descr: string | undefined, view: DataView): { width: number; value: (at: number) => number } {
  const [, order, kind] = /^([<>|=])([iuf][1248])$/.exec(descr ?? '') ?? []
  const little = order !== '>'
  switch (kind) {
    case 'i1':
      return { width: 1, value: (at) => view.getInt8(at) }
    case 'u1':
      return { width: 1, value: (at) => view.getUint8(at) }
    case 'i2':
      return { width: 2, value: (at) => view.getInt16(at, little) }
    case 'u2':
      return { width: 2, value: (at) => view.getUint16(at, little) }
    case 'i4':
      return { width: 4, value: (at) => view.getInt32(at, little) }
    case 'u4':
      return { width: 4, value: (at) => view.getUint32(at, little) }
    case 'i8':
      return { width: 8, value: (at) => Number(view.getBigInt64(at, little)) }
    case 'f4':
      return { width: 4, value: (at) => view.getFloat32(at, little) }
    case 'f8':
      return { width: 8, value: (at) => view.getFloat64(at, little) }
    default:
      throw new AppError(
        'format/unsupported',
        `The NumPy array holds “${printable(descr ?? 'no type', 20)}”; integers, float32 and float64 are read. Save it as float32.`,
      )
  }
}

const truncated = (): AppError =>
  new AppError('format/truncated', 'The NumPy array is shorter than its header declares. Copy or save it again.')
