import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { NiftiHeader } from './header.ts'

type Get = (view: DataView, at: number, little: boolean) => number

/** Stored types by their NIfTI code: bytes of one value, and how it is read. */
const types = new Map<number, { bytes: number; name: string; get: Get }>([
  [2, { bytes: 1, name: 'uint8', get: (view, at) => view.getUint8(at) }],
  [4, { bytes: 2, name: 'int16', get: (view, at, little) => view.getInt16(at, little) }],
  [8, { bytes: 4, name: 'int32', get: (view, at, little) => view.getInt32(at, little) }],
  [16, { bytes: 4, name: 'float32', get: (view, at, little) => view.getFloat32(at, little) }],
  [64, { bytes: 8, name: 'float64', get: (view, at, little) => view.getFloat64(at, little) }],
  [256, { bytes: 1, name: 'int8', get: (view, at) => view.getInt8(at) }],
  [512, { bytes: 2, name: 'uint16', get: (view, at, little) => view.getUint16(at, little) }],
  [768, { bytes: 4, name: 'uint32', get: (view, at, little) => view.getUint32(at, little) }],
  [1024, { bytes: 8, name: 'int64', get: (view, at, little) => Number(view.getBigInt64(at, little)) }],
  [1280, { bytes: 8, name: 'uint64', get: (view, at, little) => Number(view.getBigUint64(at, little)) }],
])

/** @throws AppError `format/unsupported` for colour, complex and other types */
export function niftiType(datatype: number): { bytes: number; name: string; get: Get } {
  const type = types.get(datatype)
  if (type) return type
  throw new AppError(
    'format/unsupported',
    `The NIfTI image stores values of type ${datatype}, which is not read (colour or complex numbers). Convert it to whole or floating-point numbers.`,
  )
}

/**
 * Every value with slope and intercept applied; what is no number becomes 0.
 *
 * @param count  checked against the bytes before anything is allocated
 * @throws AppError `format/truncated`, `format/unsupported`
 */
export function niftiValues(bytes: Uint8Array, header: NiftiHeader, count: number): Float32Array {
  const { dataOffset, littleEndian, slope, intercept } = header
  const type = niftiType(header.datatype)
  const expected = count * type.bytes
  if (bytes.length - dataOffset < expected) {
    throw new AppError(
      'format/truncated',
      `The NIfTI file declares ${expected} bytes of values and holds ${Math.max(0, bytes.length - dataOffset)}. Copy it again.`,
    )
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const values = new Float32Array(count)
  for (let index = 0, at = dataOffset; index < count; index++, at += type.bytes) {
    const value = type.get(view, at, littleEndian) * slope + intercept
    values[index] = Number.isFinite(value) ? value : 0
  }
  return values
}
