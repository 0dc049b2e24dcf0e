import { describe, expect, it } from 'vitest'
import { parseGolden } from '../../../src-main/inference/pack/golden.ts'

describe('golden.json', () => {
  it.each([
    ['no JSON', '{'],
    ['an unknown graph', '{"graphs":{"x":[]}}'],
    [
      'fewer values than the shape says',
      '{"graphs":{"vae-decoder":[{"inputs":{"tok":{"dtype":"float32","shape":[2],"values":[1]}},"outputs":{"y":{"shape":[1],"stride":1,"values":[1]}},"tolerance":{"cpu":1,"gpu":1}}]}}',
    ],
    ['an output of no values', '{"graphs":{"vae-decoder":[{"inputs":{},"outputs":{},"tolerance":{"cpu":1,"gpu":1}}]}}'],
    [
      'a shape of 2^48 elements',
      '{"graphs":{"vae-decoder":[{"inputs":{"tok":{"dtype":"float32","shape":[16777216,16777216],"philox":{"seed":1,"stream":1,"scale":1}}},"outputs":{"y":{"shape":[1],"stride":1,"values":[1]}},"tolerance":{"cpu":1,"gpu":1}}]}}',
    ],
  ])('is refused with %s', (_, content) => {
    expect(() => parseGolden(Buffer.from(content))).toThrow(expect.objectContaining({ code: 'pack/golden-invalid' }))
  })
})
