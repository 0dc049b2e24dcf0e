import { describe, expect, it } from 'vitest'
import { choosePlane } from '../../../src-main/cmr/plane.ts'
import { filesIn, frameOf, meanOf, namedBytes, only, rangeOf, SHARED_CINES, sharedAbsent } from '../files.ts'

// Expected values: decoded by dcm2niix (OpenJPEG), pydicom and nibabel; see README.md of the folder with the files.
describe.skipIf(sharedAbsent)('real cines beside the repository', () => {
  it.each([
    { series: '63', means: [206.456, 208.234, 210.261, 208.315, 199.573], range: [0, 2787], slice: -58.877 },
    { series: '70', means: [216.1, 216.592, 219.352, 223.215, 220.236], range: [0, 2027], slice: -16.877 },
  ])('reads the JPEG 2000 series $series, whose trigger time is constant, in its order', async (expected) => {
    const stack = await only(
      filesIn(`${SHARED_CINES}/cine_dicom/siemens_realtime_cine_${expected.series}`).toReversed(),
    )
    expect(stack.size).toEqual({ columns: 256, rows: 256, slices: 1, times: 32 })
    for (const [index, frame] of [0, 1, 2, 15, 31].entries())
      expect(meanOf(frameOf(stack, frame))).toBeCloseTo(expected.means[index]!, 3)
    expect(rangeOf(stack.values)).toEqual(expected.range)
    expect(stack).toMatchObject({
      format: 'dicom',
      encoding: 'JPEG 2000',
      order: 'instance-number',
      frameTimes: 'acquisition-time',
      patient: { name: 'CMR', id: 'Test', sex: 'other', birthDate: '1900-01-01' },
      seriesNumber: Number(expected.series),
    })
    expect(Math.abs(stack.sliceMm!)).toBeCloseTo(Math.abs(expected.slice), 3)
    expect(stack.spacingMm!.slice(0, 2)).toEqual([1.484375, 1.484375])
    expect(stack.warnings.map(({ code }) => code)).toEqual(['cmr/trigger-constant'])
    // The clock of the scanner ticks every 2.5 ms.
    const steps = stack.frameTimesMs!.slice(1).map((time, index) => time - stack.frameTimesMs![index]!)
    expect(steps.every((step) => step === 35 || step === 37.5)).toBe(true)
  })

  it.each(['63', '70'])('agrees pixel for pixel with another program’s NIfTI of series %s', async (series) => {
    const dicom = await only(filesIn(`${SHARED_CINES}/cine_dicom/siemens_realtime_cine_${series}`))
    const nifti = await only(namedBytes(`${SHARED_CINES}/cine_nifti`, `derived_siemens_realtime_cine_${series}.nii.gz`))
    const choice = { plane: 'xy', slice: 0, time: 'fourth' } as const
    // Rows are stored the other way round in NIfTI; what is shown is the same.
    expect(choosePlane(nifti, choice).values).toEqual(choosePlane(dicom, choice).values)
    expect(nifti.spacingMm!.slice(0, 2)).toEqual(dicom.spacingMm!.slice(0, 2))
    expect(nifti.axes!.column.map((value) => value + 0)).toEqual(dicom.axes!.column)
  })

  it('reads a classic multi-frame object', async () => {
    const stack = await only(namedBytes(`${SHARED_CINES}/cine_dicom`, 'MR-MONO2-8-16x-heart_multiframe.dcm'))
    expect(stack).toMatchObject({
      format: 'dicom-multiframe',
      size: { columns: 256, rows: 256, slices: 1, times: 16 },
      order: 'as-stored',
      frameTimes: 'frame-time',
      spacingMm: null,
    })
    const means = [
      30.15, 39.013, 28.632, 26.523, 26.636, 27.701, 31.619, 33.695, 31.491, 30.825, 32.175, 32.426, 32.999, 35.634,
      38.476, 38.24,
    ]
    for (const [frame, mean] of means.entries()) expect(meanOf(frameOf(stack, frame))).toBeCloseTo(mean, 3)
    expect(rangeOf(stack.values)).toEqual([0, 252])
    const row = frameOf(stack, 0).subarray(128 * 256 + 96, 128 * 256 + 106)
    expect([...row]).toEqual([4, 24, 56, 80, 80, 80, 84, 92, 100, 104])
    expect(stack.frameTimesMs!.slice(0, 3)).toEqual([0, 69.47, 138.94])
  })

  it('reads the centre voxels of a NIfTI series', async () => {
    const { values, size } = await only(
      namedBytes(`${SHARED_CINES}/cine_nifti`, 'derived_siemens_realtime_cine_63.nii.gz'),
    )
    expect(size).toEqual({ columns: 256, rows: 256, slices: 1, times: 32 })
    expect(rangeOf(values)).toEqual([0, 2787])
    expect(meanOf(values)).toBeCloseTo(206.3171, 3)
    // The value stands in the middle of the middle frame.
    const middle = 16 * 256 * 256 + 128 * 256
    const found = [334, 369, 318, 340, 344, 339, 340, 336]
    expect(holds(values.subarray(middle, middle + 256), found)).toBe(true)
  })
})

/** Whether `part` stands somewhere in `row`. */
function holds(row: Float32Array, part: readonly number[]): boolean {
  return row.some((_, at) => part.every((value, index) => row[at + index] === value))
}
