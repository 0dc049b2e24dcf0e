import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { wfdbStorage } from '../../../src-main/ecg/formats/wfdb/storage.ts'
import { FIXTURES, rdsampRows, readFile } from '../files.ts'

const FORMATS = [8, 16, 61, 80, 160, 212, 310, 311, 24, 32]
const truth = rdsampRows(join(FIXTURES, 'binformats.rdsamp.txt.gz'))

describe('WFDB storage formats', () => {
  it.each(FORMATS.map((format, column) => ({ format, column })))(
    '$format gives rdsamp’s integers, all 499',
    ({ format, column }) => {
      const bytes = readFileSync(join(FIXTURES, `binformats.d${column}`))
      const storage = wfdbStorage(format)
      const stored = new Int32Array(499)
      storage.decode(bytes, 0, stored)
      // Format 8 stores differences; the header's initial value −2047 stands before the first.
      const values = storage.differences
        ? stored.map(
            (
              (sum) => (difference) =>
                (sum += difference)
            )(-2047),
          )
        : stored
      expect([...values]).toEqual(truth.map((row) => row[column]))
    },
  )

  it.each(FORMATS)('%i packs as many samples into bytes as it takes out of them', (format) => {
    const { byteLength, sampleCount } = wfdbStorage(format)
    for (let samples = 0; samples < 40; samples++) {
      // Two samples of format 310 fill two 16-bit words, in whose spare bits a third would find room.
      const spare = format === 310 && samples % 3 === 2 ? 1 : 0
      expect(sampleCount(byteLength(samples))).toBe(samples + spare)
      if (samples > 0) expect(sampleCount(byteLength(samples) - 1)).toBeLessThan(samples)
    }
  })

  it.each(FORMATS)('%i can be decoded from any multiple of six samples on', (format) => {
    const bytes = readFileSync(join(FIXTURES, `binformats.d${FORMATS.indexOf(format)}`))
    const [whole, rest] = [new Int32Array(499), new Int32Array(499 - 66)]
    wfdbStorage(format).decode(bytes, 0, whole)
    wfdbStorage(format).decode(bytes, 66, rest)
    expect(rest).toEqual(whole.subarray(66))
  })

  it('agree with the checksums of their header when read as one record', () => {
    const { warnings, channels } = readFile(FIXTURES, 'binformats.hea')
    expect(warnings.map(({ code }) => code)).toEqual([])
    expect(channels.length).toBe(10)
  })
})
