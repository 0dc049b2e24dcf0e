import { describe, expect, it } from 'vitest'
import { findPhases } from '../../src-main/cmr/cardiac-phases.ts'

const SIZE = 96
/** A bright disc on dark ground whose radius follows the frame; `ground` and `blood` are grey values. */
function beating(radius: (frame: number) => number, { ground = 0.1, blood = 0.8, x = 47.5, y = 47.5 } = {}) {
  const cine = new Float32Array(50 * SIZE * SIZE).fill(ground)
  for (let frame = 0; frame < 50; frame++) {
    for (let row = 0; row < SIZE; row++) {
      for (let column = 0; column < SIZE; column++) {
        if (Math.hypot(column - x, row - y) > radius(frame)) continue
        cine[(frame * SIZE + row) * SIZE + column] = blood
      }
    }
  }
  return cine
}
/** Contracts until `at` and is as large as before in the last frame. */
const contraction =
  (at: number, depth = 8) =>
  (frame: number) =>
    24 - depth * Math.sin(Math.PI * (frame <= at ? frame / (2 * at) : 0.5 + (frame - at) / (2 * (50 - at))))

describe('end-systole of a cine', () => {
  it.each([12, 17, 25, 29])('is the frame of the smallest blood pool (%i)', (at) => {
    const { endDiastole, endSystole, curve } = findPhases(beating(contraction(at)))
    expect(endDiastole).toBe(0)
    expect(Math.abs(endSystole! - at)).toBeLessThanOrEqual(1)
    expect(curve).toHaveLength(50)
    expect(curve![endSystole!]).toBe(Math.min(...curve!))
  })

  it('does not depend on brightness and contrast', () => {
    const dim = findPhases(beating(contraction(17), { ground: 0.3, blood: 0.45 }))
    expect(dim).toEqual(findPhases(beating(contraction(17))))
  })

  it('is not told from an atrium that grows while the ventricle shrinks', () => {
    const ventricle = beating(contraction(17))
    const atrium = beating((frame) => 22 - contraction(17)(frame) / 2, { ground: 0, x: 47.5, y: 78 })
    const both = ventricle.map((value, index) => Math.max(value, atrium[index]!))
    expect(Math.abs(findPhases(both).endSystole! - 17)).toBeLessThanOrEqual(1)
  })

  it.each([
    ['a still image', beating(() => 20), 'small-change'],
    ['a heart that empties late', beating(contraction(40)), 'not-in-systole'],
    ['a heart that empties at once', beating(contraction(4)), 'not-in-systole'],
    ['an empty image', new Float32Array(50 * SIZE * SIZE), 'no-blood-pool'],
  ])('is not found in %s', (_, cine, reason) => {
    expect(findPhases(cine)).toEqual({ endDiastole: 0, endSystole: null, reason, curve: null })
  })
})
