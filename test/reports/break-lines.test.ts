import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakLines } from '../../src-main/reports/pdf/break-lines.ts'

const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + (character > '\u2E7F' ? 2 : 1), 0)

describe('breaking lines', () => {
  it('loses nothing but spaces, whatever the text and the width', () => {
    const words = fc.string({
      unit: fc.constantFrom('a', 'b', '-', ' ', '心', '电', '，', '。', '（', '\n'),
      maxLength: 80,
    })
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 40 }), (text, width) => {
        const lines = breakLines(text, widthOf, width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replace(/\s/g, ''))
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('breaks between words and between Han characters', () => {
    expect(breakLines('heart failure', widthOf, 8)).toEqual(['heart', 'failure'])
    expect(breakLines('心电图筛查', widthOf, 6)).toEqual(['心电图', '筛查'])
  })

  it('starts no line with a comma, and ends none with an opening bracket', () => {
    expect(breakLines('心电图，筛查', widthOf, 6)).toEqual(['心电', '图，筛', '查'])
    expect(breakLines('心电（图）', widthOf, 6)).toEqual(['心电', '（图）'])
  })

  it('cuts what is wider than a line, such as a hash', () => {
    expect(breakLines('abcdefgh', widthOf, 3)).toEqual(['abc', 'def', 'gh'])
  })
})
