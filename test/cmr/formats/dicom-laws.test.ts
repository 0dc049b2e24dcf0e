import { describe, expect, it } from 'vitest'
import { decodeRle } from '../../../src-main/cmr/formats/dicom/rle.ts'
import { encapsulatedFrames } from '../../../src-main/cmr/formats/dicom/encapsulated.ts'
import { orderFrames } from '../../../src-main/cmr/formats/dicom/order.ts'
import type { FrameFacts } from '../../../src-main/cmr/formats/dicom/frame-facts.ts'
import { pixelBudget, takePixels } from '../../../src-main/cmr/limits.ts'
import { sequence, text, unsigned16, writeDicom, type Elements } from '../../ecg/formats/dicom-writer.ts'
import { only, read } from '../files.ts'

const frame = (facts: Partial<FrameFacts>, name = '') => ({ facts: { slope: 1, intercept: 0, ...facts }, name })
const double = (value: number) => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value, true)
  return { vr: 'FD', bytes }
}

/** A grey image of 4 × 2 pixels a frame. */
const image = (pixels: readonly number[], more: Elements = {}): Elements => ({
  0x00080016: text('UI', '1.2.840.10008.5.1.4.1.1.4'),
  0x0020000e: text('UI', '1.2.3'),
  0x00280002: unsigned16(1),
  0x00280004: text('CS', 'MONOCHROME2'),
  0x00280010: unsigned16(2),
  0x00280011: unsigned16(4),
  0x00280100: unsigned16(16),
  0x00280101: unsigned16(12),
  0x00280102: unsigned16(11),
  0x00280103: unsigned16(0),
  0x7fe00010: { vr: 'OW', bytes: new Uint8Array(Uint16Array.from(pixels).buffer) },
  ...more,
})
const eight = (value: number): number[] => Array.from({ length: 8 }, () => value)

describe('the order of frames', () => {
  it('follows the trigger times where each frame has its own', () => {
    const frames = [frame({ triggerMs: 80, instance: 1 }, 'c'), frame({ triggerMs: 0, instance: 2 }, 'a'), frame({ triggerMs: 40, instance: 3 }, 'b')] // prettier-ignore
    const ordered = orderFrames(frames, false)
    expect(ordered.frames.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(ordered).toMatchObject({ order: 'trigger-time', frameTimesMs: [0, 40, 80], warnings: [] })
  })

  it('takes even steps of the nominal beat where no clock tells the times', () => {
    const ordered = orderFrames([frame({ instance: 2, nominalIntervalMs: 900 }), frame({ instance: 1, nominalIntervalMs: 900 })], false) // prettier-ignore
    expect(ordered).toMatchObject({ order: 'instance-number', frameTimes: 'nominal-interval', frameTimesMs: [0, 450] })
  })

  it('says where numbers and times disagree', () => {
    const { warnings } = orderFrames(
      [frame({ instance: 1, acquiredMs: 50 }), frame({ instance: 2, acquiredMs: 10 })],
      false,
    )
    expect(warnings.map(({ code }) => code)).toEqual(['cmr/order-disagrees'])
  })

  it('is never guessed', () => {
    expect(() => orderFrames([frame({ instance: 1 }), frame({ instance: 1 })], false)).toThrow('2 frames of one plane')
  })
})

describe('DICOM images', () => {
  it('reads an enhanced object by its functional groups: order, slope, places', async () => {
    const groups = (delay: number, z: string, slope: string): Elements => ({
      0x00189118: sequence({ 0x00209153: double(delay) }),
      0x00209113: sequence({ 0x00200032: text('DS', `0\\0\\${z}`) }),
      0x00289145: sequence({ 0x00281052: text('DS', '-1'), 0x00281053: text('DS', slope) }),
    })
    const bytes = writeDicom(
      image([...eight(1), ...eight(2), ...eight(3), ...eight(4)], {
        0x00280008: text('IS', '4'),
        0x52009229: sequence({
          0x00209116: sequence({ 0x00200037: text('DS', '1\\0\\0\\0\\1\\0') }),
          0x00289110: sequence({ 0x00280030: text('DS', '1.5\\2.5') }),
        }),
        0x52009230: sequence(groups(30, '0', '1'), groups(0, '0', '2'), groups(0, '10', '1'), groups(30, '10', '1')),
      }),
    )
    const { stacks, refusals } = await read([{ name: 'enhanced.dcm', bytes }])
    expect(refusals).toEqual([])
    expect(stacks.map(({ sliceMm }) => sliceMm)).toEqual([0, 10])
    expect(stacks[0]).toMatchObject({
      format: 'dicom-enhanced',
      order: 'trigger-time',
      frameTimesMs: [0, 30],
      spacingMm: [2.5, 1.5, 0],
    })
    // 2 × 2 − 1 comes first, then 1 × 1 − 1.
    expect([...stacks[0]!.values]).toEqual([...eight(3), ...eight(0)])
    expect([...stacks[1]!.values]).toEqual([...eight(2), ...eight(3)])
  })

  it('keeps two patients apart, whatever else is the same', async () => {
    const of = (patient: string, instance: number): Uint8Array =>
      writeDicom(image(eight(instance), { 0x00100020: text('LO', patient), 0x00200013: text('IS', String(instance)) }))
    const { stacks } = await read([of('A', 1), of('B', 2), of('A', 3), of('B', 4)].map((bytes, index) => ({ name: `${index}`, bytes }))) // prettier-ignore
    expect(stacks.map(({ patient, size }) => [patient.id, size.times])).toEqual([['A', 2], ['B', 2]]) // prettier-ignore
  })

  it('reads the sign in the highest stored bit, and 8 bits', async () => {
    const twelve = [0x0fff, 0x0800, 0x07ff, 0xf001, 0, 1, 2, 3]
    const { values } = await only([
      { name: 'a', bytes: writeDicom(image([...twelve, ...twelve], { 0x00280103: unsigned16(1), 0x00280008: text('IS', '2') })) }, // prettier-ignore
    ])
    expect([...values.subarray(0, 8)]).toEqual([-1, -2048, 2047, 1, 0, 1, 2, 3])
  })

  it('turns white round where small numbers are white, and says so', async () => {
    const stack = await only([
      { name: 'a', bytes: writeDicom(image([...eight(1), ...eight(5)], { 0x00280004: text('CS', 'MONOCHROME1'), 0x00280008: text('IS', '2') })) }, // prettier-ignore
    ])
    expect(stack.values[15]! < stack.values[0]!).toBe(true)
    expect(stack.warnings.map(({ code }) => code)).toContain('cmr/inverted')
  })

  it.each([
    ['more pixels than there are bytes', { 0x00280008: text('IS', '3') }, 'format/truncated'],
    ['more frames than are read', { 0x00280008: text('IS', '4097') }, 'format/too-large'],
    [
      'a product beyond every memory',
      { 0x00280008: text('IS', '2147483647'), 0x00280010: unsigned16(65535), 0x00280011: unsigned16(65535) },
      'format/too-large',
    ],
    ['a negative number of frames', { 0x00280008: text('IS', '-2') }, 'format/malformed'],
    ['colour', { 0x00280002: unsigned16(3), 0x00280004: text('CS', 'RGB') }, 'format/unsupported'],
    ['32 bits', { 0x00280100: unsigned16(32) }, 'format/unsupported'],
    ['more bits than it allocates', { 0x00280101: unsigned16(17) }, 'format/malformed'],
  ])('refuses %s', async (_, change: Elements, code) => {
    const bytes = writeDicom(image([...eight(1), ...eight(2)], { 0x00280008: text('IS', '2'), ...change }))
    const { stacks, refusals } = await read([{ name: 'a', bytes }])
    expect(stacks).toEqual([])
    expect(refusals.map(({ error }) => error.code)).toEqual([code])
  })
})

describe('limits', () => {
  it('count exactly where doubles do not, and over all files of a choice', () => {
    const budget = pixelBudget()
    expect(takePixels({ rows: 8192, columns: 8191, frames: 1 }, 2, budget)).toBe(8192 * 8191)
    expect(() => takePixels({ rows: 2, columns: 4097, frames: 1 }, 2, budget)).toThrow('at most')
    expect(takePixels({ rows: 2, columns: 4096, frames: 1 }, 2, budget)).toBe(8192)
  })
})

describe('run-length coding', () => {
  const header = (...offsets: number[]): Uint8Array =>
    new Uint8Array(Uint32Array.from({ length: 16 }, (_, index) => offsets[index] ?? 0).buffer)

  it('unpacks literal and repeated bytes, the high byte first', () => {
    const frame = Buffer.concat([header(2, 64, 66), Buffer.from([0xfd, 1]), Buffer.from([1, 10, 20, 128, 0xff, 30])])
    expect([...decodeRle(frame, 4, 2)]).toEqual([10, 1, 20, 1, 30, 1, 30, 1])
  })

  it.each([
    ['of another number of segments', [3, 64, 66], [0]],
    ['with a segment inside its header', [1, 8], [0xfd, 1]],
    ['with a segment behind its end', [1, 4000], [0xfd, 1]],
    ['that ends too early', [1, 64], [0xfe, 1]],
    ['cut within a literal run', [1, 64], [3, 1, 2]],
  ])('refuses a frame %s', (_, offsets, bytes) => {
    expect(() => decodeRle(Buffer.concat([header(...offsets), Buffer.from(bytes)]), 4, 1)).toThrow('run-length')
  })
})

describe('encapsulated frames', () => {
  const items = [1, 2, 3, 4].map((value) => Uint8Array.of(value, value))
  const table = (...offsets: number[]): Uint8Array => new Uint8Array(Uint32Array.from(offsets).buffer)

  it('are one item each, or by the offset table, or one of all items', () => {
    expect(encapsulatedFrames([table(), ...items], 4)).toEqual(items)
    expect(encapsulatedFrames([table(0, 20), ...items], 2).map((bytes) => [...bytes])).toEqual([[1, 1, 2, 2], [3, 3, 4, 4]]) // prettier-ignore
    expect([...encapsulatedFrames([table(), ...items], 1)[0]!]).toEqual([1, 1, 2, 2, 3, 3, 4, 4])
  })

  it('are refused where the table points beside the items, or is missing', () => {
    expect(() => encapsulatedFrames([table(0, 21), ...items], 2)).toThrow('beside its items')
    expect(() => encapsulatedFrames([table(20, 0), ...items], 2)).toThrow('beside its items')
    expect(() => encapsulatedFrames([table(), ...items], 3)).toThrow('4 items for 3 frames')
  })
})
