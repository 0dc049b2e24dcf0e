import { describe, expect, it } from 'vitest'
import { decodeImage } from '../../../src-main/app/reading/image-codecs.ts'
import { readDicomImages } from '../../../src-main/cmr/formats/dicom.ts'
import { pixelBudget } from '../../../src-main/cmr/limits.ts'
import { CINES, meanOf, namedBytes, only, rangeOf, read } from '../files.ts'

const pixelsOf = async (name: string) => {
  const [file] = namedBytes(CINES, name)
  return readDicomImages(file!.bytes, name, decodeImage, pixelBudget())
}

describe('one MR image in seven codings', () => {
  // pydicom reads the uncompressed file so: min 127, max 2145, mean 518.88134765625.
  it('is read as pydicom reads it', async () => {
    const { frames, encoding } = await pixelsOf('MR_small.dcm')
    const values = frames[0]!.values
    expect(rangeOf(values)).toEqual([127, 2145])
    expect(meanOf(values)).toBe(518.88134765625)
    expect([...values.subarray(32 * 64 + 28, 32 * 64 + 36)]).toEqual([163, 173, 168, 206, 182, 202, 225, 574])
    expect(encoding).toBe('uncompressed')
  })

  it.each([
    ['MR_small_implicit.dcm', 'uncompressed'],
    ['MR_small_bigendian.dcm', 'uncompressed'],
    ['MR_small_RLE.dcm', 'RLE'],
    ['MR_small_jp2klossless.dcm', 'JPEG 2000'],
    ['MR_small_jpeg_ls_lossless.dcm', 'JPEG-LS'],
    ['MR_small_jpeg_lossless.dcm', 'JPEG lossless'],
  ])('%s holds the same pixels', async (name, encoding) => {
    const plain = await pixelsOf('MR_small.dcm')
    const coded = await pixelsOf(name)
    expect(coded.frames[0]!.values).toEqual(plain.frames[0]!.values)
    expect(coded.encoding).toBe(encoding)
  })

  it('is no cine by itself, and twice the same file is one image', async () => {
    const { stacks, refusals } = await read(namedBytes(CINES, 'MR_small.dcm', 'MR_small.dcm'))
    expect(stacks).toEqual([])
    expect(refusals).toMatchObject([{ file: 'MR_small.dcm', error: { code: 'cmr/not-a-cine' } }])
  })
})

describe('NIfTI', () => {
  // Values: nibabel's get_fdata.
  it('reads version 1 with its slope and intercept', async () => {
    const stack = await only(namedBytes(CINES, 'functional.nii'))
    expect(stack).toMatchObject({
      format: 'nifti-1',
      size: { columns: 17, rows: 21, slices: 3, times: 20 },
      spacingMm: [4, 4, 8],
      encoding: 'int16',
      frameTimes: 'fourth-spacing',
    })
    expect(stack.frameTimesMs!.slice(0, 2)).toEqual([0, 2000])
    expect(stack.axes).toEqual({ column: [1, -0, 0], row: [-0, -1, 0], slice: [-0, -0, 1] })
    expect(meanOf(stack.values)).toBeCloseTo(7116.6738 * 0.07540696859359741 + 3100.76171875, 1)
  })

  it('reads packed version 2', async () => {
    const stack = await only(namedBytes(CINES, 'example_nifti2.nii.gz'))
    expect(stack).toMatchObject({
      format: 'nifti-2',
      size: { columns: 32, rows: 20, slices: 12, times: 2 },
      encoding: 'int16, gzip',
    })
    expect(rangeOf(stack.values)).toEqual([46, 757])
    expect(meanOf(stack.values)).toBeCloseTo(450.963671875, 6)
    const at = (x: number, y: number, z: number, t: number): number => stack.values[((t * 12 + z) * 20 + y) * 32 + x]!
    expect(Array.from({ length: 8 }, (_, i) => at(16, i, 4, 0))).toEqual([441, 405, 495, 505, 513, 454, 448, 488])
    expect(Array.from({ length: 8 }, (_, i) => at(14 + i, 10, 6, 1))).toEqual([350, 188, 266, 383, 438, 402, 446, 417])
    expect(stack.axes!.row.map((value) => Number(value.toFixed(4)) + 0)).toEqual([0, -0.9869, 0.1616])
  })
})
