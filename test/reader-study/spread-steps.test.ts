import { describe, expect, it } from 'vitest'
import { spreadSteps } from '../../src-main/reader-study/cases/spread-steps.ts'
import { Philox } from '../../src-main/statistics/random.ts'

const FRAME = 9216
const random = new Philox(8)
const fractions = Float32Array.from({ length: 2 * FRAME }, () => random.uniform())
/** As a scanner stores it: whole numbers, here a hundred of them. */
const whole = fractions.map((value) => Math.round(100 * value))
/** A frame between two of them: halves. */
const mixed = whole.subarray(0, FRAME).map((value, at) => (value + whole[FRAME + at]!) / 2)
const levels = (cine: Float32Array, count: number): number =>
  new Set(Array.from(cine, (v) => Math.floor(count * v))).size
const furthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0)

describe('the steps that a cine was stored with', () => {
  it('are spread within themselves: no pixel moves by more than half of one, in whole and in mixed frames', () => {
    expect(furthest(spreadSteps(whole, FRAME, 0), whole)).toBeLessThanOrEqual(0.5)
    expect(furthest(spreadSteps(whole, FRAME, 0), whole)).toBeGreaterThan(0.49)
    expect(furthest(spreadSteps(mixed, FRAME, 0), mixed)).toBeLessThanOrEqual(0.25)
  })

  it('leave no grey level empty, which they did', () => {
    expect(levels(whole, 2.5)).toBe(101)
    expect(levels(spreadSteps(whole, FRAME, 0), 2.5)).toBeGreaterThan(245)
  })

  it('are none where a network gives fractions', () => {
    expect(furthest(spreadSteps(fractions, FRAME, 0), fractions)).toBeLessThan(1e-4)
  })

  it('are spread alike whenever the same cine is prepared, and leave an even frame even', () => {
    expect(spreadSteps(whole, FRAME, 0)).toEqual(spreadSteps(whole.slice(), FRAME, 0))
    const even = new Float32Array(FRAME).fill(7)
    expect(spreadSteps(even, FRAME, 0)).toEqual(even)
  })

  it('leave every cine equally noisy, whatever it was stored in', () => {
    const truth = fractions.map((value) => 100 * value)
    for (const cine of [truth, whole]) {
      const out = spreadSteps(cine, FRAME, 3)
      const variance = out.reduce((sum, value, at) => sum + (value - truth[at]!) ** 2, 0) / out.length
      // Two even draws of three steps: 2 · 3² / 12.
      expect(variance / 1.5).toBeCloseTo(1, 1)
    }
    expect(furthest(spreadSteps(whole, FRAME, 1), whole)).toBeLessThanOrEqual(0.5)
  })
})
