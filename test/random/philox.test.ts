import { describe, expect, it } from 'vitest'
import { philox4x32 } from '../../src-main/random/philox.ts'

const ONES = 0xffffffff

describe('Philox4x32-10', () => {
  // kat_vectors of Random123 1.14, lines "philox4x32 10".
  it.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [[ONES, ONES, ONES, ONES], [ONES, ONES], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ] as const)('gives the published words for counter %j and key %j', (counter, key, words) => {
    const output = new Uint32Array(4)
    philox4x32(counter, key, output)
    expect([...output].map((word) => word.toString(16).padStart(8, '0')).join(' ')).toBe(words)
  })
})
