import { encodeArray } from '../../numpy/encode-array.ts'

/** Shape of a generated or prepared cine: frames, rows, columns. */
const SHAPE = [50, 96, 96] as const

/**
 * Encodes a cine as a NumPy array of little-endian float32.
 *
 * @param cine [50, 96, 96] in [0, 1]
 */
export function encodeNpy(cine: Float32Array): Uint8Array {
  const count = SHAPE[0] * SHAPE[1] * SHAPE[2]
  if (cine.length !== count) throw new RangeError(`a cine has ${count} values, not ${cine.length}`)
  return encodeArray(cine, SHAPE)
}
