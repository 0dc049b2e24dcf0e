import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outlineTrace } from '@/components/ecg/trace-outline.ts'
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

describe('the outline of a dense trace', () => {
  const scale = { fromS: 0, durationS: 10, pxPerS: 50, pxPerMv: 100, penPx: 2 }

  it('loses no spike: every sample is inked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -5, max: 5, noNaN: true }), { minLength: 600, maxLength: 900 }),
        fc.constantFrom(1, 2, 3),
        (values, penPx) => {
          const samples = Float32Array.from(values)
          const durationS = samples.length / 1000
          const { x, top, bottom } = outlineTrace(samples, 1000, { ...scale, durationS, penPx })
          for (const [index, mv] of samples.entries()) {
            const column = Math.min(Math.round((index / 1000) * 50), x.length - 1)
            expect(top[column]! - 1e-3).toBeLessThanOrEqual(-mv * 100)
            expect(bottom[column]! + 1e-3).toBeGreaterThanOrEqual(-mv * 100)
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it('is as thick as the pen, across the line, on any slope', () => {
    for (const slope of [0, 0.5, 2, 8]) {
      const rising = Float32Array.from({ length: 5000 }, (_, index) => (index / 500) * 0.5 * slope)
      const { top, bottom } = outlineTrace(rising, 500, scale)
      expect((bottom[200]! - top[200]!) / Math.hypot(1, slope)).toBeCloseTo(2, 1)
    }
  })

  it('joins neighbouring columns however steep the line', () => {
    const steps = Float32Array.from({ length: 5000 }, (_, index) => (Math.floor(index / 7) % 2 === 0 ? -4 : 4))
    for (const penPx of [1, 2]) {
      // Hardly more than two samples a column.
      const { x, top, bottom } = outlineTrace(steps, 500, { ...scale, pxPerS: 240, penPx })
      for (let column = 1; column < x.length; column++) {
        expect(top[column]).toBeLessThan(bottom[column - 1]!)
        expect(bottom[column]).toBeGreaterThan(top[column - 1]!)
      }
    }
  })

  it('stands where the paper says: 2.5 s from 2.5 s on, turned over for an inverted lead', () => {
    const at = { ...scale, fromS: 2.5, durationS: 2.5 }
    const { x, top, bottom } = outlineTrace(ramp(5000), 500, at)
    expect([x[0], x.at(-1)]).toEqual([0, 125])
    expect((top[50]! + bottom[50]!) / 2).toBeCloseTo(-(1250 + 500) / 10, 0)
    const turned = outlineTrace(ramp(5000), 500, { ...at, pxPerMv: -100 })
    expect((turned.top[50]! + turned.bottom[50]!) / 2).toBeCloseTo((1250 + 500) / 10, 0)
  })

  it('keeps a gap as a gap, and stops where the recording stops', () => {
    const samples = ramp(4000)
    samples.fill(NaN, 2000, 3000)
    const { top } = outlineTrace(samples, 500, scale)
    expect([150, 201, 250, 298, 350, 402, 499].map((column) => Number.isNaN(top[column]))).toEqual(
      [false, true, true, true, false, true, true], // prettier-ignore
    )
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
