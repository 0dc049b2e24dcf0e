/** A cine as values, frame by frame, row by row. */
export interface NiftiCine {
  readonly columns: number
  readonly rows: number
  readonly times: number
  /** `times × rows × columns` values. */
  readonly values: Float32Array
  /** Time from one frame to the next in ms; null where it is not known. */
  readonly stepMs: number | null
  /** At most 79 Latin letters: what the image is. */
  readonly description: string
}

const HEADER_BYTES = 348
const DATA_OFFSET = 352
const FLOAT32 = 16
const MILLISECONDS = 16

/**
 * A single-file NIfTI-1 image of 32-bit floats, `columns × rows × 1 × times`, little-endian. Distances are left unstated
 * (pixdim 0), for a cine of this size has been scaled; so is the orientation.
 *
 * @see nifti1.h (NIfTI Data Format Working Group)
 */
export function writeNifti({ columns, rows, times, values, stepMs, description }: NiftiCine): Uint8Array {
  if (values.length !== columns * rows * times) throw new Error('values and size differ')
  const bytes = new Uint8Array(DATA_OFFSET + 4 * values.length)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, HEADER_BYTES, true)
  for (const [index, size] of [4, columns, rows, 1, times, 1, 1, 1].entries()) view.setInt16(40 + 2 * index, size, true)
  view.setInt16(70, FLOAT32, true)
  view.setInt16(72, 32, true)
  view.setFloat32(76, 1, true)
  view.setFloat32(92, stepMs ?? 0, true)
  view.setFloat32(108, DATA_OFFSET, true)
  view.setFloat32(112, 1, true)
  view.setUint8(123, stepMs === null ? 0 : MILLISECONDS)
  bytes.set(Buffer.from(description.slice(0, 79), 'latin1'), 148)
  bytes.set(Buffer.from('n+1\0', 'latin1'), 344)
  for (const [index, value] of values.entries()) view.setFloat32(DATA_OFFSET + 4 * index, value, true)
  return bytes
}
