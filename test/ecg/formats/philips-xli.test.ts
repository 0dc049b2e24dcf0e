import { describe, expect, it } from 'vitest'
import { expandLzw } from '../../../src-main/ecg/formats/philips/lzw.ts'
import { decodeXli } from '../../../src-main/ecg/formats/philips/xli.ts'
import { readText, refusalCode } from '../files.ts'
import { lzw, packCodes, philipsXml, xli } from './philips-writer.ts'

const bytes = (count: number, of: (k: number) => number): number[] =>
  Array.from({ length: count }, (_, k) => of(k) & 255)
const END = 1023

describe('LZW of 10-bit codes', () => {
  it.each<[string, number[]]>([
    ['nothing', []],
    ['one byte', [7]],
    ['a run, whose codes are used before they are known', bytes(5000, () => 65)],
    ['more strings than the table holds', bytes(20_000, (k) => (k * k) >> 5)],
  ])('gives back %s', (_, original) => expect([...expandLzw(lzw(original), 20_000)]).toEqual(original))

  it('begins with the first bit of the first byte', () =>
    // 0000000001 0000000010 1111111111: codes 1, 2 and the end.
    expect([...expandLzw(Uint8Array.of(0b00000000, 0b01000000, 0b00101111, 0b11111100), 9)]).toEqual([1, 2]))

  it.each<[string, number[], string]>([
    ['a first code that is not yet known', [256, END], 'format/malformed'],
    ['a code two ahead of the table', [65, 257, END], 'format/malformed'],
    ['no end', [65, 66], 'format/truncated'],
  ])('is refused with %s', (_, codes, expected) =>
    expect(refusalCode(() => expandLzw(packCodes(codes), 100))).toBe(expected),
  )

  it('stops where it expands to more than it may', () => {
    // Each code repeats the string before it and one byte: 760 codes of 10 bits make 289 000 bytes.
    const bomb = packCodes([65, ...Array.from({ length: 760 }, (_, k) => 256 + k), END])
    expect(refusalCode(() => expandLzw(bomb, 1000))).toBe('format/too-large')
    expect(expandLzw(bomb, 300_000).length).toBe((761 * 762) / 2)
  })
})

describe('XLI', () => {
  const chunks = Buffer.from(xli({ a: [1, 2, 4, -32768, 32767, 0], b: [9, 9, 9, 9, 9, 9] }), 'base64')

  it('wraps its sums at 16 bits, as the writer does', () =>
    expect(decodeXli(chunks, 2, 6).map((samples) => [...samples])).toEqual([
      [1, 2, 4, -32768, 32767, 0],
      [9, 9, 9, 9, 9, 9],
    ]))

  it.each([-1, 2 ** 31 - 1, 2 ** 20])('is refused with a chunk of %i bytes', (size) => {
    const hostile = Buffer.from(chunks)
    hostile.writeInt32LE(size, 0)
    expect(refusalCode(() => decodeXli(hostile, 2, 6))).toBe('format/truncated')
  })

  it('is refused when it was cut off within the leads, at any byte', () => {
    const last = chunks.readInt32LE(0) + 8
    const end = last + chunks.readInt32LE(last) + 8
    for (let length = 0; length < end; length++)
      expect(
        refusalCode(() => decodeXli(chunks.subarray(0, length), 2, 6)),
        `at ${length}`,
      ).toBe('format/truncated')
  })

  it.each(['1e12', '1e300', '16777216000', '1e999'])(
    'is refused with %s ms for each lead, before any is made',
    (durationMs) =>
      expect(refusalCode(() => readText(philipsXml({ leads: { V1: [1, 2, 3] }, durationMs })))).toBe(
        'format/too-large',
      ),
  )

  it('is refused with more leads than are read', () => {
    const leads = Object.fromEntries(Array.from({ length: 1025 }, (_, k) => [`X${k}`, [1]]))
    expect(refusalCode(() => readText(philipsXml({ leads, data: 'AAAA' })))).toBe('format/too-large')
  })
})
