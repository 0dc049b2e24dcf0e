import { gunzipSync } from 'node:zlib'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { CineStack } from '../cine.ts'
import { takePixels, type PixelBudget } from '../limits.ts'
import { isNifti, readNiftiHeader } from './nifti/header.ts'
import { niftiAxes } from './nifti/orientation.ts'
import { niftiType, niftiValues } from './nifti/values.ts'

/** Unpacked bytes at most, and times the packed ones; the ratio counts past 1 MiB. */
const MAX_UNPACKED = 512 * 2 ** 20
const MAX_RATIO = 200
const RATIO_FREE = 2 ** 20

/** Whether the bytes are a NIfTI file, or are packed by gzip, which of cines only NIfTI is. */
export function looksLikeNifti(bytes: Uint8Array): boolean {
  return isNifti(bytes.subarray(0, 544)) || (bytes[0] === 0x1f && bytes[1] === 0x8b)
}

/**
 * A NIfTI-1 or NIfTI-2 image of three or four dimensions, plain or packed by gzip.
 *
 * @throws AppError `format/unknown` (packed, but no NIfTI), `format/too-large`, `format/truncated`, `format/unsupported`
 */
export function readNifti(bytes: Uint8Array, name: string, budget: PixelBudget): CineStack {
  const unpacked = bytes[0] === 0x1f ? unpack(bytes) : bytes
  if (!isNifti(unpacked))
    throw new AppError('format/unknown', 'The packed file holds no NIfTI image. Choose a .nii or .nii.gz file.')
  const header = readNiftiHeader(unpacked)
  const [columns, rows, slices, times] = header.size
  const type = niftiType(header.datatype)
  const count = takePixels({ rows, columns, frames: slices * times }, type.bytes, budget)
  const axes = niftiAxes(header.orientation)
  const stepMs = times > 1 ? header.stepMs : null
  const spacingKnown = header.spacingMm.every((value) => value > 0 && Number.isFinite(value))
  return {
    format: `nifti-${header.version}`,
    size: { columns, rows, slices, times },
    values: niftiValues(unpacked, header, count),
    spacingMm: spacingKnown ? header.spacingMm : null,
    axes,
    frameTimesMs: stepMs === null ? null : Array.from({ length: times }, (_, time) => time * stepMs),
    order: 'as-stored',
    frameTimes: stepMs === null ? 'none' : 'fourth-spacing',
    encoding: `${type.name}${bytes === unpacked ? '' : ', gzip'}`,
    files: [name],
    patient: {},
    warnings: [
      ...(spacingKnown
        ? []
        : [{ code: 'cmr/spacing-unknown', message: 'The file does not state the size of a pixel.' }]),
      ...(axes
        ? []
        : [
            {
              code: 'cmr/orientation-unknown',
              message: 'The file does not say how it lies in the body; the image may be mirrored.',
            },
          ]),
    ],
  }
}

function unpack(packed: Uint8Array): Uint8Array {
  const limit = Math.min(MAX_UNPACKED, Math.max(RATIO_FREE, packed.length * MAX_RATIO))
  try {
    return gunzipSync(packed, { maxOutputLength: limit })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new AppError(
        'format/too-large',
        `The packed file unpacks to more than ${limit} bytes, more than an honest cine does. Unpack it by hand if you trust it.`,
        { cause },
      )
    }
    throw new AppError('format/truncated', 'The packed file is cut off or damaged. Copy it again.', { cause })
  }
}
