const MAGIC = '\x93NUMPY\x01\x00'
const ALIGNMENT = 64

/**
 * Encodes an array as NumPy's format: little-endian float32, last axis fastest.
 *
 * @param shape  its product is the number of values
 * @see NumPy Enhancement Proposal 1, format version 1.0
 */
export function encodeArray(values: Float32Array, shape: readonly number[]): Uint8Array {
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`
  const prefixBytes = MAGIC.length + 2
  const unpadded = prefixBytes + description.length + 1
  const headerBytes = Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT - prefixBytes
  const file = new Uint8Array(prefixBytes + headerBytes + 4 * values.length)
  file.set(Buffer.from(MAGIC, 'latin1'))
  new DataView(file.buffer).setUint16(MAGIC.length, headerBytes, true)
  file.set(Buffer.from(description.padEnd(headerBytes - 1) + '\n', 'latin1'), prefixBytes)
  // The header ends on a multiple of 64, and every platform that we run on is little-endian.
  new Float32Array(file.buffer, prefixBytes + headerBytes).set(values)
  return file
}
