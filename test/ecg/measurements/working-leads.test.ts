import { describe, expect, it } from 'vitest'
import { toWorkingLeads } from '../../../src-main/ecg/measurements/working-leads.ts'

/** As it is defined: the middle one of five sorted samples; two at each end stay. */
const mediansOfFive = (x: readonly number[]): number[] =>
  x.map((value, i) => (i < 2 || i >= x.length - 2 ? value : x.slice(i - 2, i + 3).sort((a, b) => a - b)[2]!))

describe('the leads in which beats are looked for', () => {
  it('are running medians of five: on slopes, peaks, plateaus and in noise', () => {
    let state = 7
    const random = (): number => (state = (state * 16807) % 2147483647) / 2147483647
    const noise = Array.from({ length: 500 }, () => Math.fround(random() - 0.5))
    const steps = Array.from({ length: 500 }, () => Math.floor(3 * random()))
    const wave = Array.from({ length: 500 }, (_, i) => Math.fround(Math.sin(i / 9)))
    for (const x of [noise, steps, wave]) {
      const [lead] = toWorkingLeads([Float32Array.from(x)], 250).leads
      expect([...lead!]).toEqual(mediansOfFive(x))
    }
  })

  it('have no spike of two samples left, and keep a step', () => {
    const x = new Float32Array(100).fill(0.25, 50)
    x[20] = x[21] = 5
    const [lead] = toWorkingLeads([x], 250).leads
    expect([...lead!]).toEqual(Array.from({ length: 100 }, (_, i) => (i < 50 ? 0 : 0.25)))
  })
})
