import { describe, expect, it } from 'vitest'
import type { Cine, CineStack } from '../../src-main/cmr/cine.ts'
import { compareIdentity } from '../../src-main/cmr/identity.ts'
import { likeness } from '../../src-main/cmr/likeness.ts'
import { choosePlane } from '../../src-main/cmr/plane.ts'
import { beatMs, prepareCine } from '../../src-main/cmr/prepare.ts'
import { stripIdentity } from '../../src-main/cmr/strip-identity.ts'

/** A value for each place, so that every pixel can be told. */
const cineOf = (frames: number, rows: number, columns: number, value: (t: number, y: number, x: number) => number) => {
  const values = Float32Array.from({ length: frames * rows * columns }, (_, index) =>
    value(Math.floor(index / (rows * columns)), Math.floor(index / columns) % rows, index % columns),
  )
  return { frames, rows, columns, values, spacingMm: null, frameTimesMs: null } satisfies Cine
}
const whole = { centre: { x: 48, y: 48 }, first: 0 }
const at = (cine: Float32Array, t: number, y: number, x: number): number => cine[(t * 96 + y) * 96 + x]!

describe('preparing a real cine', () => {
  it('leaves fifty frames of 96 × 96 as they are, but for the scale', () => {
    const cine = cineOf(50, 96, 96, (t, y, x) => 100 + t + y * 3 + x * 7)
    const prepared = prepareCine(cine, { ...whole, last: 49 })
    const range = 49 + 95 * 3 + 95 * 7
    for (const [t, y, x] of [
      [0, 0, 0],
      [49, 95, 95],
      [17, 3, 60],
    ] as const)
      // prettier-ignore
      expect(at(prepared, t, y, x)).toBeCloseTo((t + y * 3 + x * 7) / range, 6)
    expect(prepared.reduce((a, b) => Math.min(a, b))).toBe(0)
    expect(prepared.reduce((a, b) => Math.max(a, b))).toBe(1)
  })

  it('cuts the box around its centre and is black beyond the image', () => {
    const cine = cineOf(50, 120, 130, (t, y, x) => 1 + y * 130 + x + t)
    const prepared = prepareCine(cine, { centre: { x: 20, y: 60 }, first: 0, last: 49 })
    expect(at(prepared, 5, 10, 27)).toBe(0)
    // Column 28 of the box is column 0 of the image, row 0 of the box is row 12.
    expect(at(prepared, 0, 0, 28)).toBeGreaterThanOrEqual(0)
    expect(at(prepared, 0, 1, 28) - at(prepared, 0, 0, 28)).toBeCloseTo(130 * (at(prepared, 0, 0, 29) - at(prepared, 0, 0, 28)), 5) // prettier-ignore
  })

  it('closes the loop: a beat of 25 frames keeps its frames, and runs from the last into the first', () => {
    const cine = cineOf(25, 96, 96, (t, y) => (t === 24 ? 10 : t === 0 ? 20 : 0) + (y === 0 ? 30 : 0))
    const prepared = prepareCine(cine, { ...whole, last: 24 })
    expect(at(prepared, 48, 5, 0)).toBeCloseTo(10 / 50, 6)
    expect(at(prepared, 49, 5, 0)).toBeCloseTo(15 / 50, 6)
    expect(at(prepared, 0, 5, 0)).toBeCloseTo(20 / 50, 6)
  })

  it('follows the frame times where they are uneven', () => {
    const cine = { ...cineOf(5, 96, 96, (t, y) => t + (y === 0 ? 1 : 0)), frameTimesMs: [0, 100, 200, 300, 800] }
    // The beat lasts 800 × 5/4 = 1000 ms; frame 27 of 50 is at 540 ms, between 300 and 800.
    expect(beatMs(cine.frameTimesMs, 0, 4)).toBe(1000)
    expect(at(prepareCine(cine, { ...whole, last: 4 }), 27, 5, 5)).toBeCloseTo(3.48 / 5, 6)
  })

  it.each([
    ['no beat', { ...whole, last: 0 }, 'two frames'],
    ['frames that are not there', { ...whole, last: 50 }, 'two frames'],
    ['a box outside', { centre: { x: -48, y: 48 }, first: 0, last: 49 }, 'outside'],
  ])('refuses %s', (_, preparation, sentence) => {
    expect(() =>
      prepareCine(
        cineOf(50, 96, 96, (t) => t),
        preparation,
      ),
    ).toThrow(sentence)
  })

  it('refuses a box without any contrast', () => {
    expect(() =>
      prepareCine(
        cineOf(50, 96, 96, () => 7),
        { ...whole, last: 49 },
      ),
    ).toThrow('alike')
  })
})

describe('a plane of a volume', () => {
  const size = { columns: 3, rows: 4, slices: 5, times: 2 }
  const volume: CineStack = {
    format: 'nifti-1',
    size,
    // The digits are t z y x.
    values: Float32Array.from({ length: 120 }, (_, i) => (i % 3) + 10 * (Math.floor(i / 3) % 4) + 100 * (Math.floor(i / 12) % 5) + 1000 * Math.floor(i / 60)), // prettier-ignore
    spacingMm: [1, 2, 3],
    axes: { column: [1, 0, 0], row: [0, 1, 0], slice: [0, 0, -1] },
    frameTimesMs: [0, 40],
    order: 'as-stored',
    frameTimes: 'fourth-spacing',
    encoding: 'int16',
    files: ['a.nii'],
    patient: {},
    warnings: [],
  }

  it.each([
    ['xy', 4, { rows: 4, columns: 3, frames: 2 }, [400, 401, 402, 410]],
    ['xz', 3, { rows: 5, columns: 3, frames: 2 }, [30, 31, 32, 130]],
    ['yz', 2, { rows: 5, columns: 4, frames: 2 }, [2, 12, 22, 32]],
  ] as const)('%s is cut at its slice', (plane, slice, shape, first) => {
    const cine = choosePlane(volume, { plane, slice, time: 'fourth' })
    expect(cine).toMatchObject({ ...shape, frameTimesMs: [0, 40] })
    expect([...cine.values.subarray(0, 4)]).toEqual(first)
    expect(cine.values[cine.rows * cine.columns]).toBe(first[0] + 1000)
  })

  it('shows head above feet and back below front, whichever way the file runs', () => {
    const turned = { ...volume, axes: { column: [-1, 0, 0], row: [0, -1, 0], slice: [0, 0, 1] } } as const
    expect(choosePlane(turned, { plane: 'xy', slice: 0, time: 'fourth' }).values[0]).toBe(32)
    expect(choosePlane(turned, { plane: 'xz', slice: 0, time: 'fourth' }).values[0]).toBe(402)
  })

  it('takes the cut axis for time where the user says so', () => {
    const stack = { ...volume, size: { ...size, slices: 10, times: 1 }, frameTimesMs: null }
    const cine = choosePlane(stack, { plane: 'xy', slice: 0, time: 'third' })
    expect(cine).toMatchObject({ frames: 10, rows: 4, columns: 3, frameTimesMs: null })
    expect(() => choosePlane(stack, { plane: 'xy', slice: 0, time: 'fourth' })).toThrow('third axis is time')
    expect(() => choosePlane(volume, { plane: 'xy', slice: 0, time: 'third' })).toThrow('time axis of its own')
    expect(() => choosePlane(volume, { plane: 'xy', slice: 5, time: 'fourth' })).toThrow('5 slices')
  })
})

describe('identity', () => {
  it('is the same person in DICOM’s spelling and a cart’s, and another with another birthday', () => {
    const rows = compareIdentity(
      { name: 'MUSTERFRAU^Erika', id: ' 17 ', birthDate: '1964-08-12', sex: 'female' },
      { name: 'Erika Musterfrau', id: '17', birthDate: '1964-08-21', sex: 'unknown' },
    )
    expect(rows.map(({ field, verdict }) => [field, verdict])).toEqual([
      ['name', 'same'],
      ['id', 'same'],
      ['birthDate', 'different'],
      ['sex', 'unknown'],
    ])
  })

  it('is stripped for studies: no canary is left in any field or byte', () => {
    const canary = 'CANARY-7f3a'
    const buffer = new ArrayBuffer(256)
    new Uint8Array(buffer).set(Buffer.from(canary), 128)
    const cine = {
      frames: 2,
      rows: 4,
      columns: 4,
      values: new Float32Array(buffer, 0, 32),
      spacingMm: { row: 1, column: 1, note: canary },
      frameTimesMs: [59_000_000, 59_000_040],
      patient: { name: canary, id: canary },
      seriesDescription: canary,
      files: [`${canary}.dcm`],
    }
    const neutral = stripIdentity(cine)
    expect(JSON.stringify({ ...neutral, values: [] })).not.toContain(canary)
    expect(Buffer.from(neutral.values.buffer).includes(canary)).toBe(false)
    expect(Object.keys(neutral).sort()).toEqual(['columns', 'frameTimesMs', 'frames', 'rows', 'spacingMm', 'values'])
    // A time of day could tell whose examination it was.
    expect(neutral.frameTimesMs).toEqual([0, 40])
  })
})

describe('likeness', () => {
  it('of a cine with itself is complete, and falls with every difference', () => {
    const cine = prepareCine(
      cineOf(50, 96, 96, (t, y, x) => Math.sin(x / 9 + t / 8) + Math.cos(y / 7)),
      { ...whole, last: 49 },
    )
    expect(likeness(cine, cine)).toMatchObject({ psnrDb: null, meanAbsoluteError: 0, rootMeanSquaredError: 0 })
    expect(likeness(cine, cine).ssim).toBeCloseTo(1, 9)
    const lighter = cine.map((value) => 0.9 * value + 0.1)
    const other = likeness(cine, lighter)
    expect(other.ssim).toBeLessThan(1)
    expect(other.psnrDb).toBeCloseTo(-20 * Math.log10(other.rootMeanSquaredError), 9)
    expect(other.ssimPerFrame).toHaveLength(50)
  })
})
