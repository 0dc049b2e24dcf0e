import { describe, expect, it } from 'vitest'
import { latinSquare, williamsDesign } from '../../../src-main/statistics/design/williams.ts'

describe('Williams designs', () => {
  it.each([2, 3, 4, 5, 6, 7, 8, 9])('of %i treatments balance positions and neighbours', (n) => {
    const design = williamsDesign(n)
    expect(design.length).toBe(n % 2 === 0 ? n : 2 * n)
    const each = design.length / n
    for (let position = 0; position < n; position++) {
      expect(tally(design.map((sequence) => sequence[position]!))).toEqual(Array.from({ length: n }, () => each))
    }
    const followed = new Map<string, number>()
    for (const sequence of design) {
      expect(new Set(sequence).size).toBe(n)
      for (let i = 1; i < n; i++) {
        const pair = `${sequence[i - 1]} ${sequence[i]}`
        followed.set(pair, (followed.get(pair) ?? 0) + 1)
      }
    }
    expect(followed.size).toBe(n * (n - 1))
    expect(new Set(followed.values()).size).toBe(1)
  })

  it('give the six sequences of three treatments', () => {
    expect(new Set(williamsDesign(3).map((sequence) => sequence.join(''))).size).toBe(6)
  })

  it('need two treatments', () => {
    expect(() => williamsDesign(1)).toThrow('at least 2')
  })
})

describe('Latin squares', () => {
  it('hold every treatment once in each row and column', () => {
    const square = latinSquare(5)
    for (let k = 0; k < 5; k++) {
      expect(new Set(square[k]).size).toBe(5)
      expect(new Set(square.map((row) => row[k])).size).toBe(5)
    }
  })
})

function tally(values: number[]): number[] {
  const counts: number[] = []
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
