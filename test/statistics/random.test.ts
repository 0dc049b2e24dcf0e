import { describe, expect, it } from 'vitest'
import { Philox } from '../../src-main/statistics/random.ts'

describe('seeded random numbers', () => {
  it('repeats with its seed and differs between seeds and streams', () => {
    const draw = (seed: number, stream?: number): number[] => {
      const random = new Philox(seed, stream)
      return Array.from({ length: 9 }, () => random.word())
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw(8)).not.toEqual(draw(7))
    expect(draw(7, 1)).not.toEqual(draw(7))
    expect(draw(2 ** 40 + 7)).not.toEqual(draw(7))
  })

  it('draws whole numbers below a limit evenly', () => {
    const random = new Philox(11)
    const counts = new Array<number>(7).fill(0)
    for (let i = 0; i < 70_000; i++) counts[random.below(7)]!++
    const chiSquare = counts.reduce((total, count) => total + (count - 10_000) ** 2 / 10_000, 0)
    expect(chiSquare).toBeLessThan(22.5) // 99.9 % point of χ² with 6 degrees of freedom
  })

  it('has uniform and normal draws with the right moments', () => {
    const random = new Philox(12)
    const n = 50_000
    let uniform = 0
    let normal = 0
    let square = 0
    for (let i = 0; i < n; i++) {
      uniform += random.uniform() / n
      const z = random.normal()
      normal += z / n
      square += (z * z) / n
    }
    expect(Math.abs(uniform - 0.5)).toBeLessThan(0.005)
    expect(Math.abs(normal)).toBeLessThan(0.02)
    expect(Math.abs(square - 1)).toBeLessThan(0.03)
  })

  it('orders without losing anybody', () => {
    expect(Array.from(new Philox(3).permutation(50)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, i) => i),
    )
  })

  it('refuses a seed that is not a whole number', () => {
    expect(() => new Philox(0.5)).toThrow('seed')
    expect(() => new Philox(-1)).toThrow('seed')
  })
})
