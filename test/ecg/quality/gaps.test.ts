import { describe, expect, it } from 'vitest'
import { bridgeGaps, findGaps, isLongGap } from '../../../src-main/ecg/quality/gaps.ts'

const ramp = (): Float32Array => Float32Array.from({ length: 100 }, (_, i) => i)
const without = (from: number, to: number, value = NaN): Float32Array => ramp().fill(value, from, to)

describe('a gap of at most 40 ms', () => {
  it('is bridged by a straight line', () => expect(bridgeGaps(without(10, 30), 500)).toEqual(ramp()))
  it('is bridged where samples are infinite', () => expect(bridgeGaps(without(10, 30, Infinity), 500)).toEqual(ramp()))
  it('holds the nearest sample at the start', () =>
    expect([...bridgeGaps(without(0, 3), 500).subarray(0, 4)]).toEqual([3, 3, 3, 3]))
  it('holds the nearest sample at the end', () =>
    expect([...bridgeGaps(without(98, 100), 500).subarray(96)]).toEqual([96, 97, 97, 97]))
  it('leaves the lead that was handed in as it is', () => {
    const lead = without(10, 12)
    bridgeGaps(lead, 500)
    expect(lead[10]).toBeNaN()
  })
})

describe('a longer gap', () => {
  it.each([
    [500, 20],
    [250, 10],
    [1000, 40],
    [240, 9],
  ])('starts at %i Hz after %i samples', (rateHz, longest) => {
    expect(isLongGap({ from: 5, to: 5 + longest }, rateHz)).toBe(false)
    expect(isLongGap({ from: 5, to: 5 + longest + 1 }, rateHz)).toBe(true)
  })
  it('stays open', () => expect(findGaps(bridgeGaps(without(40, 61), 500))).toEqual([{ from: 40, to: 61 }]))
})
