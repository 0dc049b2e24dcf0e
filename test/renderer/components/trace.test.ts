import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeEnvelope, makeTrace } from '@/components/ecg/trace.ts'

const ramp = (length: number): Float32Array => Float32Array.from({ length }, (_, index) => index / 1000)

describe('a trace with room for every sample', () => {
  it('puts 2.5 s of 500 Hz on 2.5 s of paper and joins the next column', () => {
    const { x, mv } = makeTrace(ramp(5000), 500, 2.5, 2.5, 400)
    expect(mv[0]).toBeCloseTo(1.25, 6)
    expect(x[0]).toBeCloseTo(0, 3)
    expect(x.at(-1)).toBeCloseTo(1000, 3)
    expect(mv.at(-1)).toBeCloseTo(2.5, 6)
  })

  it('stops where the recording stops', () => {
    expect(makeTrace(ramp(4750), 500, 7.5, 2.5, 400).x.at(-1)).toBeCloseTo((4749 / 500 - 7.5) * 400, 2)
    expect(makeTrace(ramp(100), 500, 7.5, 2.5, 400).x).toHaveLength(0)
  })

  it('lifts the pen at a gap', () => {
    const samples = ramp(100)
    samples[40] = Infinity
    expect(makeTrace(samples, 500, 0, 0.2, 400).mv[40]).toBeNaN()
  })
})

describe('a trace reduced to pixel columns', () => {
  it('loses no spike: the extremes of any signal stay', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -5, max: 5, noNaN: true }), { minLength: 600, maxLength: 900 }),
        (values) => {
          const samples = Float32Array.from(values)
          const { mv } = makeTrace(samples, 1000, 0, samples.length / 1000, 100)
          expect(mv.length).toBeLessThan(samples.length)
          expect(Math.max(...mv)).toBe(Math.max(...samples))
          expect(Math.min(...mv)).toBe(Math.min(...samples))
        },
      ),
      { numRuns: 50 },
    )
  })

  it('never goes back in time', () => {
    const { x } = makeTrace(
      Float32Array.from({ length: 5000 }, (_, index) => Math.sin(index)),
      500,
      0,
      10,
      50,
    )
    for (let index = 1; index < x.length; index++) expect(x[index]).toBeGreaterThanOrEqual(x[index - 1]!)
  })

  it('keeps a gap as a gap', () => {
    const samples = ramp(5000)
    samples.fill(NaN, 2000, 3000)
    const { mv } = makeTrace(samples, 500, 0, 10, 50)
    expect([...mv].some(Number.isNaN)).toBe(true)
    expect(Math.max(...[...mv].filter(Number.isFinite))).toBeCloseTo(4.999, 5)
  })
})

describe('the envelope of a whole recording', () => {
  it('holds the lowest and highest value of each part', () => {
    expect([...makeEnvelope(Float32Array.of(1, -1, 3, 2, 0, 5), 3)]).toEqual([-1, 1, 2, 3, 0, 5])
  })

  it('is NaN where nothing was recorded', () => {
    expect([...makeEnvelope(Float32Array.of(NaN, NaN, 1, 1), 2)]).toEqual([NaN, NaN, 1, 1])
  })
})
