import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvCell, csvTable } from '../../src-main/app/exports/csv.ts'

it('lets no text begin as a formula, also behind white space, and keeps it whole behind the apostrophe', () => {
  const start = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '|', '%', ' =', '\n@', '\u00a0+')
  fc.assert(
    fc.property(start, fc.string({ unit: 'binary' }), (first, rest) => {
      const text = first + rest
      expect(csvCell(text)).toBe(`"'${text.replaceAll('"', '""')}"`)
    }),
  )
})

it('keeps leading zeros and long numbers as text, and writes numbers bare', () => {
  expect(csvCell('000123')).toBe(`"'000123"`)
  expect(csvCell('123456789012345678')).toBe(`"'123456789012345678"`)
  expect(csvCell('A-1')).toBe('"A-1"')
  expect([csvCell(-1.5), csvCell(0), csvCell(NaN), csvCell(null), csvCell(undefined), csvCell(true)]).toEqual([
    '-1.5',
    '0',
    '',
    '',
    '',
    '"true"',
  ])
})

it('writes lines that RFC 4180 ends, after a byte-order mark', () => {
  expect(
    csvTable([
      ['a', 'b"c'],
      [1, 'line\nbreak'],
    ]),
  ).toBe('\uFEFF"a","b""c"\r\n1,"line\nbreak"\r\n')
})
