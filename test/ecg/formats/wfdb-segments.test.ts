import { describe, expect, it } from 'vitest'
import { channel, readText, refusalCode } from '../files.ts'

const int16 = (...values: number[]): Uint8Array => new Uint8Array(Int16Array.from(values).buffer)
const text = (content: string): Uint8Array => Buffer.from(content)
const millivolts = (samples: Float32Array): number[] => [...samples].map((v) => Math.round(v * 1000))

const segments = {
  'r_1.hea': text('r_1 2 500 2\nr_1.dat 16 1000 16 0 1 3 0 I\nr_1.dat 16 1000 16 0 10 30 0 II\n'),
  'r_1.dat': int16(1, 10, 2, 20),
  'r_2.hea': text('r_2 2 500 1\nr_2.dat 16 500 16 0 3 3 0 I\nr_2.dat 16 500 16 0 30 30 0 II\n'),
  'r_2.dat': int16(3, 30),
}

describe('a multi-segment WFDB record', () => {
  it('of fixed layout joins its segments, each with its own gain', () => {
    const recording = readText('r/2 2 500 3\nr_1 2\nr_2 1\n', segments)
    expect(recording.rateHz).toBe(500)
    expect(millivolts(channel(recording, 'I'))).toEqual([1, 2, 6])
    expect(millivolts(channel(recording, 'II'))).toEqual([10, 20, 60])
    expect(recording.warnings.map(({ code }) => code)).not.toContain('wfdb/checksum')
  })

  it('of variable layout leaves gaps and absent signals as NaN, and matches signals by name', () => {
    const files = {
      ...segments,
      'r_3.hea': text('r_3 1 500 2\nr_3.dat 16 1000 16 0 5 11 0 II\n'),
      'r_3.dat': int16(5, 6),
    }
    const recording = readText('r/4 2 500 6\nr_layout 0\nr_1 2\n~ 2\nr_3 2\n', files)
    expect(millivolts(channel(recording, 'I'))).toEqual([1, 2, NaN, NaN, NaN, NaN])
    expect(millivolts(channel(recording, 'II'))).toEqual([10, 20, NaN, NaN, 5, 6])
  })

  it.each([
    ['a segment that is not there', 'r/2 2 500 3\nr_1 2\nr_9 1\n', 'format/companion-missing'],
    ['lengths that do not add up', 'r/2 2 500 9\nr_1 2\nr_2 1\n', 'format/malformed'],
    ['a segment of another length than its own record', 'r/2 2 500 4\nr_1 3\nr_2 1\n', 'format/malformed'],
    ['a segment that is itself split', 'r/1 2 500 3\nnested 3\n', 'format/malformed'],
    ['segments of another rate', 'r/1 2 250 2\nr_1 2\n', 'format/malformed'],
    ['fewer segments than declared', 'r/3 2 500 3\nr_1 2\nr_2 1\n', 'format/truncated'],
    ['a gap of years', 'r/2 2 500\nr_1 2\n~ 99999999999\n', 'format/too-large'],
    ['a segment in another folder', 'r/1 2 500 2\n../r_1 2\n', 'format/companion-name'],
  ])('refuses %s', (_, master, code) => {
    const files = { ...segments, 'nested.hea': text('nested/1 2 500 3\nr_1 3\n') }
    expect(refusalCode(() => readText(master, files))).toBe(code)
  })

  it('says of a layout segment that it is no record', () => {
    const layout = 'r_layout 2 500 0\n~ 0 1000 16 0 0 0 0 I\n~ 0 1000 16 0 0 0 0 II\n'
    expect(refusalCode(() => readText(layout))).toBe('format/no-signals')
  })
})
