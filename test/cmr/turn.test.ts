import { describe, expect, it } from 'vitest'
import type { Cine } from '../../src-main/cmr/cine.ts'
import { turnCine, type Turn } from '../../src-main/cmr/turn.ts'

const FRAMES = 2
const ROWS = 3
const COLUMNS = 5
const cine: Cine = {
  frames: FRAMES,
  rows: ROWS,
  columns: COLUMNS,
  values: Float32Array.from({ length: FRAMES * ROWS * COLUMNS }, (_, index) => index),
  spacingMm: { row: 1.5, column: 2 },
  frameTimesMs: [0, 40],
}
const turned = (...turns: Turn[]): Cine => turns.reduce(turnCine, cine)
const right: Turn = { quarterTurns: 1, mirrored: false }
const mirror: Turn = { quarterTurns: 0, mirrored: true }
const at = ({ values, rows, columns }: Cine, frame: number, row: number, column: number): number =>
  values[(frame * rows + row) * columns + column]!

describe('a turned cine', () => {
  it('is itself after four turns to the right, and after two changes of left and right', () => {
    expect(turned(right, right, right, right)).toEqual(cine)
    expect(turned(mirror, mirror)).toEqual(cine)
  })

  it('has its upper left corner at the upper right after one turn, and its spacing turned with it', () => {
    const once = turned(right)
    expect([once.rows, once.columns, once.spacingMm]).toEqual([COLUMNS, ROWS, { row: 2, column: 1.5 }])
    for (let frame = 0; frame < FRAMES; frame++) expect(at(once, frame, 0, ROWS - 1)).toBe(at(cine, frame, 0, 0))
  })

  it.each([1, 2, 3] as const)('is by %i turns at once what it is by one after the other', (quarterTurns) => {
    const steps = Array.from({ length: quarterTurns }, () => right)
    expect(turned({ quarterTurns, mirrored: false })).toEqual(turned(...steps))
    expect(turned({ quarterTurns, mirrored: true })).toEqual(turned(...steps, mirror))
  })

  it('turns the other way when it is mirrored first', () => {
    expect(turned(mirror, right)).toEqual(turned({ quarterTurns: 3, mirrored: true }))
  })
})
