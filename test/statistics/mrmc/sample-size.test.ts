import { describe, expect, it } from 'vitest'
import { conjecturedComponents, plannedPower, readersByCases } from '../../../src-main/statistics/mrmc/sample-size.ts'

describe('sample size', () => {
  const pilot = conjecturedComponents(0.85, { positives: 77, negatives: 34 }, [0.5, 0.45, 0.35], 0.03)

  it('has α as the power without an effect, and more power with more of anything', () => {
    const at = (readers: number, cases: number, effect: number): number =>
      plannedPower(pilot, { readers, cases, effect }).power
    expect(at(6, 111, 0)).toBeCloseTo(0.05, 9)
    expect(at(6, 111, 0.06)).toBeGreaterThan(at(6, 111, 0.05))
    expect(at(8, 111, 0.05)).toBeGreaterThan(at(6, 111, 0.05))
    expect(at(6, 200, 0.05)).toBeGreaterThan(at(6, 111, 0.05))
  })

  it('trades readers against cases', () => {
    const table = readersByCases(pilot, [4, 6, 8, 12], { effect: 0.06 })
    const cases = table.map((row) => row.cases ?? Infinity)
    expect(cases).toEqual(cases.toSorted((a, b) => b - a))
  })

  it('needs fewer readings in a split-plot study that uses the same cases once', () => {
    const crossed = plannedPower(pilot, { readers: 6, cases: 120, effect: 0.06 })
    const split = plannedPower(pilot, { readers: 6, cases: 120, effect: 0.06, groups: 3 })
    expect(split.readings).toBe(crossed.readings / 3)
    expect(split.power).toBeLessThan(crossed.power)
  })

  it('refuses readers that do not divide into groups and impossible correlations', () => {
    expect(() => plannedPower(pilot, { readers: 5, cases: 100, effect: 0.05, groups: 2 })).toThrow('do not divide')
    expect(() => conjecturedComponents(0.8, { positives: 30, negatives: 30 }, [0.2, 0.4, 0.3], 0.01)).toThrow(
      'must satisfy',
    )
  })
})
