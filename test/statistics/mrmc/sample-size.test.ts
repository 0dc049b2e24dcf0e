import { describe, expect, it } from 'vitest'
import {
  casesForPower,
  conjecturedComponents,
  plannedPower,
  readersByCases,
} from '../../../src-main/statistics/mrmc/sample-size.ts'

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

/** Jackknife components of the two published studies; RJafroc's own tests state its powers for them. */
describe('sample size of RJafroc 2', () => {
  const vanDyke = {
    treatmentByReader: 0.0002004025235814584,
    error: 0.0008022882655720671,
    cov1: 0.00034661370944073214,
    cov2: 0.00034407482886088914,
    cov3: 0.00023902837089215378,
    cases: 114,
  }
  const franken = {
    treatmentByReader: -0.0007127629357437338,
    error: 0.001525776249334466,
    cov1: 0.0007916821469504735,
    cov2: 0.00048363767268117214,
    cov3: 0.0005125091474260413,
    cases: 100,
  }
  const effect = 0.043800322

  it.each([
    [{ readers: 6, cases: 111, effect }, 0.5526116],
    [{ readers: 10, cases: 165, effect }, 0.80541995],
    [{ readers: 10, cases: 131, effect, generalise: 'cases' as const }, 0.80091813],
    [{ readers: 10, cases: 53, effect, generalise: 'readers' as const }, 0.80496663],
  ])('gives its power for Van Dyke’s study: %o', (study, power) =>
    expect(plannedPower(vanDyke, study).power).toBeCloseTo(power, 7),
  )

  it('gives its power for Franken’s, whose interaction is negative', () =>
    expect(plannedPower(franken, { readers: 6, cases: 121, effect: 0.05 }).power).toBeCloseTo(0.8004469, 7))

  it('finds its number of cases', () => {
    expect(casesForPower(vanDyke, { readers: 6, effect })).toBe(251)
    expect(casesForPower(franken, { readers: 6, effect: 0.05 })).toBe(121)
  })
})
