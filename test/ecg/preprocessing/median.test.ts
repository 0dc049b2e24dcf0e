import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, medianOfMagnitudes, mostAreBelow, smallest } from '../../../src-main/ecg/preprocessing/median.ts'

/** Long enough for a sample to find the pivot, and with many equal values. */
const long = fc
  .tuple(fc.integer({ min: 601, max: 4000 }), fc.integer({ min: 2, max: 10_000 }), fc.integer())
  .map(([length, distinct, seed]) => {
    let state = seed >>> 0
    return Float64Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return (state >>> 8) % distinct
    })
  })
const short = fc.float64Array({ minLength: 1, maxLength: 40, noNaN: true, min: -1e6, max: 1e6 })

describe('the k-th smallest', () => {
  it('is that of the sorted values, and no value before it is larger', () =>
    fc.assert(
      fc.property(
        fc.oneof(short, long),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (values, at) => {
          const k = Math.floor(at * values.length)
          const reordered = values.slice()
          expect(smallest(reordered, k)).toBe(values.toSorted()[k])
          expect(reordered.subarray(0, k).every((value) => value <= reordered[k]!)).toBe(true)
          expect(reordered.toSorted()).toEqual(values.toSorted())
        },
      ),
    ))
})

describe('most values lie below a limit', () => {
  it('only where their median does', () =>
    fc.assert(
      fc.property(fc.oneof(short, long), fc.double({ min: -10, max: 10_000, noNaN: true }), (values, limit) => {
        if (mostAreBelow(values, limit)) expect(median(values)).toBeLessThan(limit)
        else expect(values.filter((value) => value < limit).length).toBeLessThanOrEqual(values.length / 2)
      }),
    ))
})

describe('the median of magnitudes', () => {
  const magnitudes = fc.oneof(short, long).map((values) => values.map(Math.abs))

  it('is the median, to the last bit, of any values that are not negative', () =>
    fc.assert(
      fc.property(magnitudes, (values) => {
        const before = values.slice()
        expect(medianOfMagnitudes(values)).toBe(median(values))
        expect(values).toEqual(before)
      }),
    ))

  it('tells apart values whose first bits are the same, zeros and the smallest numbers', () => {
    expect(medianOfMagnitudes(Float64Array.of(1.0001, 1.0003, 1.0002))).toBe(1.0002)
    expect(medianOfMagnitudes(Float64Array.of(1e308, 5e-324, 0))).toBe(5e-324)
    expect(medianOfMagnitudes(new Float64Array(7))).toBe(0)
    expect(medianOfMagnitudes(new Float64Array(0))).toBeNaN()
  })
})
