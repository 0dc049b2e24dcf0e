import { describe, expect, it } from 'vitest'
import { refusalCode } from '../files.ts'
import { plain, readScp } from './scp-sample.ts'
import { writeScp, type Code, type WrittenScp } from './scp-writer.ts'

const refusal = (written: WrittenScp): string => refusalCode(() => readScp(writeScp(written)))

describe('a hostile SCP-ECG file', () => {
  const rhythm = plain.rhythm!
  it.each<[string, Partial<WrittenScp>, string]>([
    ['no rhythm', { order: [2, 3] }, 'format/no-rhythm'],
    ['no lead definitions', { order: [2, 6] }, 'format/section-missing'],
    ['no leads', { leads: [], rhythm: { leads: [] } }, 'format/no-signals'],
    ['leads that end before they begin', { leads: [[1, 9, 3], [2, 1, 60]] }, 'format/malformed'], // prettier-ignore
    ['four thousand million samples', { leads: [[1, 1, 0xffffffff], [2, 1, 60]] }, 'format/too-large'], // prettier-ignore
    ['more samples than its bytes can hold', { leads: [[1, 1, 400_000], [2, 1, 60]] }, 'format/truncated'], // prettier-ignore
    ['fewer raw samples than declared', { tables: 'none', leads: [[1, 1, 61], [2, 1, 61]] }, 'format/truncated'], // prettier-ignore
    ['a length beyond its section', { rhythm: { ...rhythm, lengthField: 60_000 } }, 'format/truncated'],
    ['a multiplier of 0', { rhythm: { ...rhythm, avm: 0 } }, 'format/units-unknown'],
    ['an interval of 0', { rhythm: { ...rhythm, intervalUs: 0 } }, 'format/rate-unknown'],
    ['differences of order 3', { rhythm: { ...rhythm, encoding: 3 } }, 'format/malformed'],
    ['a lead twice', { leads: [[1, 1, 60], [1, 1, 60]] }, 'ecg/lead-duplicate'], // prettier-ignore
  ])('is refused with %s', (_, change, code) => expect(refusal({ ...plain, ...change })).toBe(code))

  it.each<[string, readonly (readonly Code[])[], string]>([
    ['two codes alike', [[{ bits: '0', value: 0 }, { bits: '0', value: 1 }]], 'format/malformed'], // prettier-ignore
    ['a code that begins another', [[{ bits: '0', value: 0 }, { bits: '01', value: 1 }]], 'format/malformed'], // prettier-ignore
    ['a change to a table that is not there', [[{ bits: '0', value: 0 }, { bits: '1', value: 0, switchTo: 9 }]], 'format/malformed'], // prettier-ignore
    ['a code without bits', [[{ bits: '', value: 0 }, { bits: '1', value: 5 }]], 'format/malformed'], // prettier-ignore
  ])('is refused with %s', (_, tables, code) => {
    const leads = [new Array<number>(60).fill(0), new Array<number>(60).fill(0)]
    expect(refusal({ ...plain, tables, rhythm: { leads } })).toBe(code)
  })

  it('cut off at any byte is refused', () => {
    const whole = writeScp(plain)
    for (let length = 0; length < whole.length; length++) {
      expect(
        refusalCode(() => readScp(whole.subarray(0, length))),
        `at ${length}`,
      ).toMatch(/^format\//)
    }
  })

  it('answers any single wrong byte with a recording or a refusal, never with a crash', () => {
    const good = writeScp(plain)
    for (let at = 0; at < good.length; at++) {
      for (const value of [0, 0xff, good[at]! ^ 1]) {
        const bad = Uint8Array.from(good)
        bad[at] = value
        expect(
          refusalCode(() => readScp(bad)),
          `byte ${at} as ${value}`,
        ).toMatch(/^(?:format\/|ecg\/|accepted)/)
      }
    }
  })
})
