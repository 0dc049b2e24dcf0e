import { describe, expect, it } from 'vitest'
import { beatAlongCycle, tracePath } from '@/components/cine/beat-trace.ts'

/** 500 Hz, the R peak after 0.25 s, 0.75 s long; each sample holds its own index. */
const beat = {
  rateHz: 500,
  rIndex: 125,
  leads: [{ name: 'II' as const, samplesMv: Float32Array.from({ length: 375 }, (_, index) => index) }],
}

describe('the median beat along a cine', () => {
  it('begins with the R peak and ends with what comes before the next one', () => {
    const [after, before] = beatAlongCycle(beat, 'II', 1000)
    expect([after!.x[0], after!.mv[0]]).toEqual([0, 125])
    expect(after!.x.at(-1)).toBeCloseTo(0.498, 5)
    expect(before!.x[0]).toBeCloseTo(0.75, 5)
    expect(before!.mv[0]).toBe(0)
    expect(before!.x.at(-1)).toBeLessThan(1)
  })

  it('never shows a moment twice where the heart beats faster than the beat is long', () => {
    const [after, before] = beatAlongCycle(beat, 'II', 600)
    expect(after!.x.at(-1)!).toBeLessThan(before!.x[0]!)
    expect(before!.x[0]).toBeCloseTo(1 - 250 / 600, 5)
  })

  it('shows less of what precedes the peak where even that is longer than a cycle', () => {
    const [before] = beatAlongCycle(beat, 'II', 200)
    expect(before!.x[0]).toBeGreaterThanOrEqual(0)
    expect(before!.mv[0]).toBe(25)
  })

  it('is nothing without a beat or without the lead', () => {
    expect(beatAlongCycle(null, 'II', 1000)).toEqual([])
    expect(beatAlongCycle(beat, 'V1', 1000)).toEqual([])
  })

  it('is drawn from the left edge, high voltages up', () => {
    const path = tracePath(
      { x: Float32Array.of(0, 0.5), mv: Float32Array.of(-1, 1) },
      { width: 100, height: 40, low: -1, high: 1 },
    )
    expect(path).toBe('M0.0 40.0L50.0 0.0')
  })
})
