import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { niftiAxes } from '../../../src-main/cmr/formats/nifti/orientation.ts'
import { CINES, only, read } from '../files.ts'

const original = readFileSync(join(CINES, 'functional.nii'))
const changed = (change: (view: DataView) => void): Uint8Array => {
  const bytes = Uint8Array.from(original)
  change(new DataView(bytes.buffer))
  return bytes
}
const codeOf = async (bytes: Uint8Array): Promise<string | undefined> => {
  const { stacks, refusals } = await read([{ name: 'a.nii', bytes }])
  return stacks.length > 0 ? undefined : refusals[0]?.error.code
}

/** The same file in the other byte order: 16-bit values, and the header's fields by their widths. */
function swapped(): Uint8Array {
  const bytes = Buffer.from(original)
  for (const [start, end, width] of [
    [0, 4, 4],
    [32, 36, 4],
    [36, 38, 2],
    [40, 56, 2],
    [56, 68, 4],
    [68, 76, 2],
    [76, 120, 4],
    [120, 122, 2],
    [124, 148, 4],
    [252, 256, 2],
    [256, 328, 4],
    [352, bytes.length, 2],
  ] as const)
    // prettier-ignore
    if (width === 2) bytes.subarray(start, end).swap16()
    else bytes.subarray(start, end).swap32()
  return bytes
}

describe('a NIfTI file', () => {
  it('says the same in either byte order, and packed', async () => {
    const plain = await only([{ name: 'a.nii', bytes: original }])
    expect((await only([{ name: 'a.nii', bytes: swapped() }])).values).toEqual(plain.values)
    expect((await only([{ name: 'a.nii.gz', bytes: gzipSync(original) }])).values).toEqual(plain.values)
  })

  it('has the same axes by its quaternion as by its affine map', async () => {
    const plain = await only([{ name: 'a.nii', bytes: original }])
    const bytes = changed((view) => view.setInt16(254, 0, true))
    const byQuaternion = (await only([{ name: 'a.nii', bytes }])).axes!
    for (const axis of ['column', 'row', 'slice'] as const)
      for (const part of [0, 1, 2]) expect(byQuaternion[axis][part]).toBeCloseTo(plain.axes![axis][part]!, 5)
  })

  it('turns by the quaternion as nifti1.h says: 180° about x', () => {
    expect(niftiAxes({ sform: null, qform: { quaternion: [1, 0, 0], handedness: 1 } })).toEqual({
      column: [-1, -0, 0],
      row: [-0, 1, 0],
      slice: [-0, -0, -1],
    })
    expect(niftiAxes({ sform: null, qform: null })).toBeNull()
  })

  it('with a slope of zero holds its values as they are', async () => {
    const { values } = await only([{ name: 'a.nii', bytes: changed((view) => view.setFloat32(112, 0, true)) }])
    expect(values.every(Number.isInteger)).toBe(true)
  })

  it.each([
    ['whose values are cut off', original.subarray(0, -1), 'format/truncated'],
    [
      'of too many voxels',
      changed((view) => (view.setInt16(42, 32767, true), view.setInt16(44, 32767, true))),
      'format/too-large',
    ],
    ['of a negative size', changed((view) => view.setInt16(42, -17, true)), 'format/unsupported'],
    ['in colour', changed((view) => view.setInt16(70, 128, true)), 'format/unsupported'],
    ['in two files', changed((view) => view.setUint8(345, 0x69)), 'format/unsupported'],
    ['with data in its header', changed((view) => view.setFloat32(108, 4, true)), 'format/malformed'],
    ['that is a packed bomb', gzipSync(new Uint8Array(16 * 2 ** 20)), 'format/too-large'],
    ['whose packing is cut off', gzipSync(original).subarray(0, -9), 'format/truncated'],
    ['that is something else', gzipSync(Buffer.from('hello')), 'format/unknown'],
    ['that is empty', new Uint8Array(), 'format/empty'],
  ])('%s is refused', async (_, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code)
  })
})
