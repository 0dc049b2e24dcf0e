import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '../../src-main/registry/canonical-json.ts'

it('spells a value in one way, whatever the order of its members, and as JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // -0 has no spelling of its own in JSON.
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
      const reversed = Object.fromEntries(Object.entries(record).reverse())
      expect(canonicalJson(reversed)).toBe(canonicalJson(record))
    }),
  )
  expect(canonicalJson({ b: undefined, a: [undefined, { d: 1, c: '"' }] })).toBe('{"a":[null,{"c":"\\"","d":1}]}')
})
