import { describe, expect, it } from 'vitest'
import { scaledNumbers } from '../../../src-main/ecg/formats/number-list.ts'
import { refusalCode } from '../files.ts'

const blank = (text: string): number[] => [...scaledNumbers(text, 'blank', 'lead I')]
const comma = (text: string): number[] => [...scaledNumbers(text, 'comma', 'lead I')]

describe('a list of numbers', () => {
  it.each(['-7 0 12 999999999', ' -7\n0\t12   999999999\r\n', '-7.0 .0 1.2e1 +999999999', '-07 000 12. 9999999990e-1'])(
    'with blanks between them: %j',
    (text) => expect(blank(text)).toEqual([-7, 0, 12, Math.fround(999999999)]),
  )

  it.each(['-7,0,12', ' -7 ,\r\n\t0, 12 ', '-7.0,.0,1.2E+1'])('with commas between them: %j', (text) =>
    expect(comma(text)).toEqual([-7, 0, 12]),
  )

  it('is offset + scale × number each', () =>
    expect([...scaledNumbers('1 -2', 'blank', 'lead I', { scale: 0.5, offset: 3 })]).toEqual([3.5, 2]))

  it('may be empty', () => {
    expect(blank(' \n ')).toEqual([])
    expect(comma('')).toEqual([])
  })

  it.each(['1 x', 'x', '1 - 2', '--1', '1-2', '1 2x', '0x10', 'NaN', '1 Infinity', '1e400', '1,2', '１'])(
    'with blanks is refused where it holds %j',
    (text) => expect(refusalCode(() => blank(text))).toBe('format/malformed'),
  )

  it.each(['1,,2', ',1', '1,', '1, ,2', '1 2', '1;2', '-', '1,-,2'])(
    'with commas is refused where it holds %j',
    (text) => expect(refusalCode(() => comma(text))).toBe('format/malformed'),
  )

  it('names what is no number, and nothing else of the file', () =>
    expect(() => blank('1 2 spoilt-data-behind')).toThrow('lead I hold “spoilt-data-”'))
})
