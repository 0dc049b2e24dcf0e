import { describe, expect, it } from 'vitest'
import { deviationOfCines, leastAlike, meanCine } from '../../src-main/cmr/spread.ts'

describe('the spread of cines', () => {
  const cines = [Float32Array.of(0, 0.5, 1), Float32Array.of(0, 0.7, 0), Float32Array.of(0, 0.6, 0.5)]

  it('has the mean and the sample standard deviation of each pixel', () => {
    const mean = meanCine(cines)
    expect([...mean]).toEqual([0, expect.closeTo(0.6, 6), expect.closeTo(0.5, 6)])
    expect([...deviationOfCines(cines, mean)]).toEqual([0, expect.closeTo(0.1, 6), expect.closeTo(0.5, 6)])
  })

  it('is nothing for cines that are the same', () => {
    const same = [cines[0]!, cines[0]!.slice()]
    expect([...deviationOfCines(same, meanCine(same))]).toEqual([0, 0, 0])
  })

  it('names the pair that is least alike', () => {
    const ssim = [
      [1, 0.9, 0.8],
      [0.9, 1, 0.4],
      [0.8, 0.4, 1],
    ]
    expect(leastAlike(ssim)).toEqual([1, 2])
  })

  it('refuses one cine alone, none, and cines of different lengths', () => {
    expect(() => deviationOfCines([cines[0]!], cines[0]!)).toThrow('two cines')
    expect(() => meanCine([])).toThrow('one length')
    expect(() => meanCine([cines[0]!, new Float32Array(2)])).toThrow('one length')
  })
})
