import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { NiftiOrientation } from './orientation.ts'

/** The fields of a NIfTI header that images are read by. */
export interface NiftiHeader {
  version: 1 | 2
  littleEndian: boolean
  /** Sizes of x, y, z and time. */
  size: readonly [number, number, number, number]
  datatype: number
  /** Distances along x, y, z in mm, as far as the unit is known; time step in ms, null where its unit is not. */
  spacingMm: readonly [number, number, number]
  stepMs: number | null
  dataOffset: number
  /** Value = stored × slope + intercept; 1 and 0 where the header sets no slope. */
  slope: number
  intercept: number
  orientation: NiftiOrientation
}

/** Whether the bytes begin like a single-file NIfTI, in either byte order. */
export function isNifti(head: Uint8Array): boolean {
  return magicOf(head) !== undefined
}

/**
 * @see nifti1.h, nifti2.h (NIfTI Data Format Working Group)
 * @throws AppError `format/truncated`, `format/unsupported`, `format/malformed`
 */
export function readNiftiHeader(bytes: Uint8Array): NiftiHeader {
  const magic = magicOf(bytes)
  if (!magic || bytes.length < magic.headerBytes + 4)
    throw new AppError('format/truncated', 'The NIfTI file ends within its header. Copy it again.')
  if (magic.pair) {
    throw new AppError(
      'format/unsupported',
      'The NIfTI image is in two files (.hdr and .img), which is not read. Convert it to a single .nii file.',
    )
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return magic.version === 1 ? nifti1(view, magic.littleEndian) : nifti2(view, magic.littleEndian)
}

function nifti1(view: DataView, little: boolean): NiftiHeader {
  const f32 = (at: number): number => view.getFloat32(at, little)
  const dimensions = Array.from({ length: 8 }, (_, index) => view.getInt16(40 + 2 * index, little))
  const pixdim = Array.from({ length: 8 }, (_, index) => f32(76 + 4 * index))
  return assemble(1, little, dimensions, pixdim, {
    datatype: view.getInt16(70, little),
    dataOffset: f32(108),
    slope: f32(112),
    intercept: f32(116),
    units: view.getUint8(123),
    qformCode: view.getInt16(252, little),
    sformCode: view.getInt16(254, little),
    quaternion: [f32(256), f32(260), f32(264)],
    rows: [0, 1, 2].map((row) => [0, 1, 2].map((column) => f32(280 + 16 * row + 4 * column))),
  })
}

function nifti2(view: DataView, little: boolean): NiftiHeader {
  const f64 = (at: number): number => view.getFloat64(at, little)
  const i64 = (at: number): number => Number(view.getBigInt64(at, little))
  const dimensions = Array.from({ length: 8 }, (_, index) => i64(16 + 8 * index))
  const pixdim = Array.from({ length: 8 }, (_, index) => f64(104 + 8 * index))
  return assemble(2, little, dimensions, pixdim, {
    datatype: view.getInt16(12, little),
    dataOffset: i64(168),
    slope: f64(176),
    intercept: f64(184),
    units: view.getInt32(500, little) & 0xff,
    qformCode: view.getInt32(344, little),
    sformCode: view.getInt32(348, little),
    quaternion: [f64(352), f64(360), f64(368)],
    rows: [0, 1, 2].map((row) => [0, 1, 2].map((column) => f64(400 + 32 * row + 8 * column))),
  })
}

interface Fields {
  datatype: number
  dataOffset: number
  slope: number
  intercept: number
  units: number
  qformCode: number
  sformCode: number
  quaternion: number[]
  rows: number[][]
}

function assemble(
  version: 1 | 2,
  littleEndian: boolean,
  dimensions: number[],
  pixdim: number[],
  fields: Fields,
): NiftiHeader {
  const rank = dimensions[0]!
  const used = dimensions.slice(1, rank + 1)
  if (rank < 3 || rank > 7 || used.some((size) => size < 1) || used.slice(4).some((size) => size > 1)) {
    throw new AppError(
      'format/unsupported',
      `The NIfTI image has the dimensions ${used.slice(0, 7).join(' × ') || 'none'}; read are x × y × z and x × y × z × time.`,
    )
  }
  const size = [used[0]!, used[1]!, used[2]!, used[3] ?? 1] as const
  const { dataOffset, slope, intercept, units } = fields
  const headerBytes = version === 1 ? 348 : 540
  if (!Number.isSafeInteger(dataOffset) || dataOffset < headerBytes)
    throw new AppError(
      'format/malformed',
      'The NIfTI file says that its data begin within its header. Export it again.',
    )
  const millimetres = { 1: 1000, 2: 1, 3: 0.001 }[units & 7] ?? 1
  const milliseconds = { 8: 1000, 16: 1, 24: 0.001 }[units & 0x38]
  const step = pixdim[4]!
  // A slope of zero, or none, means that the stored numbers are the values.
  const scaled = Number.isFinite(slope) && slope !== 0
  return {
    version,
    littleEndian,
    size,
    datatype: fields.datatype,
    spacingMm: [1, 2, 3].map((axis) => Math.abs(pixdim[axis]!) * millimetres) as [number, number, number],
    stepMs: milliseconds !== undefined && step > 0 && Number.isFinite(step) ? step * milliseconds : null,
    dataOffset,
    slope: scaled ? slope : 1,
    intercept: scaled && Number.isFinite(intercept) ? intercept : 0,
    orientation: {
      sform: fields.sformCode > 0 ? fields.rows : null,
      qform: fields.qformCode > 0 ? { quaternion: fields.quaternion, handedness: pixdim[0]! < 0 ? -1 : 1 } : null,
    },
  }
}

function magicOf(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (const { version, headerBytes, at } of [
    { version: 1, headerBytes: 348, at: 344 },
    { version: 2, headerBytes: 540, at: 4 },
  ] as const) {
    if (bytes.length < at + 4 || bytes.length < 8) continue
    const text = String.fromCharCode(...bytes.subarray(at, at + 3))
    if (text !== `n+${version}` && text !== `ni${version}`) continue
    for (const littleEndian of [true, false]) {
      if (view.getInt32(0, littleEndian) === headerBytes)
        return { version, headerBytes, littleEndian, pair: text[1] === 'i' }
    }
  }
  return undefined
}
