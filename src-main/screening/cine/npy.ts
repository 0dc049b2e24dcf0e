/** Shape of a generated cine: frames, rows, columns. */
const SHAPE = [50, 96, 96] as const

const MAGIC = '\x93NUMPY\x01\x00'
const ALIGNMENT = 64

/**
 * Encodes a generated cine as a NumPy array of little-endian float32.
 *
 * @param cine [50, 96, 96] in [0, 1]
 * @see NumPy Enhancement Proposal 1, format version 1.0
 */
export function encodeNpy(cine: Float32Array): Uint8Array {
  const count = SHAPE[0] * SHAPE[1] * SHAPE[2]
  if (cine.length !== count) throw new RangeError(`a cine has ${count} values, not ${cine.length}`)
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': (${SHAPE.join(', ')}), }`
  const prefixBytes = MAGIC.length + 2
  const unpadded = prefixBytes + description.length + 1
  const headerBytes = Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT - prefixBytes
  const file = new Uint8Array(prefixBytes + headerBytes + 4 * count)
  file.set(Buffer.from(MAGIC, 'latin1'))
  new DataView(file.buffer).setUint16(MAGIC.length, headerBytes, true)
  file.set(Buffer.from(description.padEnd(headerBytes - 1) + '\n', 'latin1'), prefixBytes)
  // The header ends on a multiple of 64, and every platform that we run on is little-endian.
  new Float32Array(file.buffer, prefixBytes + headerBytes).set(cine)
  return file
}
