import { describe, expect, it } from 'vitest'
import { decodingOrder } from '../../../src-main/inference/noise/decoding-order.ts'
import { philoxNormals } from '../../../src-main/inference/noise/normals.ts'
import { philoxWords } from '../../../src-main/inference/noise/philox.ts'

const ONES = 0xffffffff

describe('the word stream of a pack’s noise', () => {
  it('gives the same words however many are asked for', () => {
    expect(philoxWords(7, 3, 9)).toEqual(philoxWords(7, 3, 4000).slice(0, 9))
  })

  it('gives other words for another seed and for another stream', () => {
    const words = philoxWords(1, 2, 4).join()
    expect(philoxWords(2, 2, 4).join()).not.toBe(words)
    expect(philoxWords(1, 3, 4).join()).not.toBe(words)
    expect(philoxWords(2, 1, 4).join()).not.toBe(words)
  })
})

describe('normals', () => {
  // From the Python kit: cardionets_training.philox.normals(7, 101, (4,)) and normals(0xffffffff, 2, (100001,))[-3:].
  it('agree with the training kit to the last bit', () => {
    expect([...philoxNormals(7, 101, 4)]).toEqual([1.3117481, -1.143398, -0.9868459, -0.07215473].map(Math.fround))
    const tail = [...philoxNormals(ONES, 2, 100_001).subarray(-3)]
    expect(tail).toEqual([-2.3701284, -0.8369246, 0.9077117].map(Math.fround))
  })

  it('have mean 0, variance 1, no skew and the kurtosis of a Gaussian', () => {
    const values = philoxNormals(11, 1, 200_000)
    const moment = (power: number): number => values.reduce((sum, value) => sum + value ** power, 0) / values.length
    expect(moment(1)).toBeCloseTo(0, 2)
    expect(moment(2)).toBeCloseTo(1, 1)
    expect(moment(3)).toBeCloseTo(0, 1)
    expect(moment(4)).toBeCloseTo(3, 1)
  })

  it('of an odd count are those of the even count without the last', () => {
    expect(philoxNormals(5, 1, 7)).toEqual(philoxNormals(5, 1, 8).slice(0, 7))
  })
})

describe('decoding order', () => {
  // From the Python kit: cardionets_training.philox.decoding_order(7, 12).
  it('agrees with the training kit', () => {
    expect([...decodingOrder(7, 12)]).toEqual([2, 6, 7, 10, 4, 9, 5, 3, 0, 1, 8, 11])
  })

  it('is a permutation for every seed and length', () => {
    for (const tokens of [1, 2, 36, 180]) {
      for (let seed = 0; seed < 50; seed++) {
        const sorted = [...decodingOrder(seed, tokens)].sort((a, b) => a - b)
        expect(sorted).toEqual(Array.from({ length: tokens }, (_, token) => token))
      }
    }
  })

  it('puts every token first about equally often', () => {
    const counts = new Array<number>(6).fill(0)
    for (let seed = 0; seed < 6000; seed++) counts[decodingOrder(seed, 6)[0]!]! += 1
    // Four standard deviations of a binomial count with p = 1/6.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(6000 * (1 / 6) * (5 / 6)))
  })
})
