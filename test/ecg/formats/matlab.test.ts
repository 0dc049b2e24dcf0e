import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { EcgRecording } from '../../../src-main/ecg/recording.ts'
import { channel, readFile, refusalCode } from '../files.ts'
import { MADE, MADE_RATE_HZ, madeMicrovolts, wholeMicrovolts } from './made.ts'

const DOUBLE = 6
const CHARACTERS = 4
const CELL = 1

function element(type: number, bytes: Uint8Array, big = false): Buffer {
  const head = Buffer.alloc(8)
  for (const [at, value] of [type, bytes.length].entries()) {
    if (big) head.writeUInt32BE(value, 4 * at)
    else head.writeUInt32LE(value, 4 * at)
  }
  return Buffer.concat([head, bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)])
}

const words = (values: readonly number[], big: boolean): Buffer => {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [at, value] of values.entries()) {
    if (big) bytes.writeInt32BE(value, 4 * at)
    else bytes.writeInt32LE(value, 4 * at)
  }
  return bytes
}

interface Options {
  rows: number
  big?: boolean
  flags?: number
}

function variable(name: string, arrayClass: number, parts: readonly Buffer[], count: number, options: Options): Buffer {
  const { rows, big = false, flags = 0 } = options
  const body = [
    element(6, words([arrayClass | flags, 0], big), big),
    element(5, words([rows, rows === 0 ? 0 : count / rows], big), big),
    element(1, Buffer.from(name), big),
    ...parts,
  ]
  return element(14, Buffer.concat(body), big)
}

function numbers(name: string, values: readonly number[], options: Options = { rows: 1 }): Buffer {
  const bytes = Buffer.alloc(8 * values.length)
  for (const [at, value] of values.entries()) {
    if (options.big) bytes.writeDoubleBE(value, 8 * at)
    else bytes.writeDoubleLE(value, 8 * at)
  }
  return variable(name, DOUBLE, [element(9, bytes, options.big)], values.length, options)
}

const characters = (name: string, value: string, big = false): Buffer =>
  variable(name, CHARACTERS, [element(16, Buffer.from(value), big)], value.length, { rows: 1, big })
const cells = (name: string, values: readonly string[]): Buffer =>
  variable(name, CELL, values.map((value) => characters('', value)), values.length, { rows: 1 }) // prettier-ignore

function matlabFile(variables: readonly Buffer[], big = false): Buffer {
  const header = Buffer.alloc(128, ' ')
  header.write('MATLAB 5.0 MAT-file')
  header.write(big ? '\x01\x00MI' : '\x00\x01IM', 124, 'latin1')
  return Buffer.concat([header, ...variables])
}

const read = (bytes: Uint8Array): EcgRecording => readRecording(bytes, 'test.mat', () => undefined)
const refusal = (variables: readonly Buffer[]): string => refusalCode(() => read(matlabFile(variables)))
/** Two leads of three samples, column by column. */
const ecg = numbers('ecg', [1, 10, 2, 20, 3, 30], { rows: 2 })
const [fs, unit, leads] = [numbers('fs', [500]), characters('unit', 'mV'), cells('leads', ['I', 'II'])]

describe('a MATLAB file that SciPy wrote', () => {
  it.each([
    ['double.mat', 1],
    ['compressed.mat', 1],
    // 200 steps a millivolt
    ['gain.mat', 5],
  ])('%s has its samples, one step being %i µV', (name, microvoltsPerStep) => {
    const recording = readFile(MADE, name)
    expect(recording).toMatchObject({ format: 'matlab', rateHz: MADE_RATE_HZ })
    expect(wholeMicrovolts(recording)).toEqual(madeMicrovolts(microvoltsPerStep))
  })

  it('with nothing beside the matrix is refused, not guessed', () => {
    expect(refusalCode(() => readFile(MADE, 'bare.mat'))).toBe('format/rate-unknown')
  })

  it.each(['double.mat', 'compressed.mat', 'gain.mat'])('%s cut off at any byte is refused', (name) => {
    const whole = readFileSync(join(MADE, name))
    for (let length = 1; length < whole.length; length++) {
      const code = refusalCode(() => read(whole.subarray(0, length)))
      // What lacks a variable altogether is refused for that.
      expect(code, `at ${length}`).toMatch(/^format\//)
    }
  })

  it('answers any single wrong byte with a recording or a refusal', () => {
    const whole = readFileSync(join(MADE, 'double.mat'))
    for (const at of [
      ...Array.from({ length: 400 }, (_, i) => 120 + i),
      ...Array.from({ length: 800 }, (_, i) => whole.length - 800 + i),
    ]) {
      // prettier-ignore
      const bad = Uint8Array.from(whole)
      bad[at] = bad[at]! ^ 0xff
      expect(
        refusalCode(() => read(bad)),
        `at ${at}`,
      ).toMatch(/^(?:format\/|ecg\/|accepted)/)
    }
  })
})

describe('a MATLAB file', () => {
  it.each([false, true])('reads the same with its highest byte first: %s', (big) => {
    const options = { rows: 2, big }
    const recording = read(
      matlabFile(
        [
          numbers('x', [1, 10, 2, 20, 3, 30], options),
          numbers('sampling_rate', [250], { rows: 1, big }),
          characters('units', 'uV', big),
          characters('lead_names', 'I, II', big),
        ],
        big,
      ),
    )
    expect(recording.rateHz).toBe(250)
    expect([...channel(recording, 'II')].map((v) => Math.round(v * 1e6))).toEqual([10_000, 20_000, 30_000])
  })

  it('takes the customary name where there are several matrices, and asks where there is none', () => {
    const other = numbers('peaks', [1, 2, 3, 4])
    expect([...channel(read(matlabFile([other, ecg, fs, unit, leads])), 'I')]).toEqual([1, 2, 3])
    const unnamed = numbers('mine', [1, 10, 2, 20, 3, 30], { rows: 2 })
    expect(refusal([other, unnamed, fs, unit, leads])).toBe('format/ambiguous')
  })

  it.each<[string, readonly Buffer[], string]>([
    ['no rate', [ecg, unit, leads], 'format/rate-unknown'],
    ['a rate of NaN', [ecg, numbers('fs', [NaN]), unit, leads], 'format/rate-unknown'],
    ['no unit', [ecg, fs, leads], 'format/units-unknown'],
    ['a unit that is no voltage', [ecg, fs, characters('unit', 'counts'), leads], 'format/units-unknown'],
    ['a gain that looks like its inverse', [ecg, fs, numbers('gain', [0.005]), leads], 'format/units-unknown'],
    ['three gains for two leads', [ecg, fs, numbers('gain', [200, 200, 200]), leads], 'format/units-unknown'],
    ['no names', [ecg, fs, unit], 'format/columns-unnamed'],
    [
      'complex numbers',
      [numbers('ecg', [1, 2, 3, 4], { rows: 2, flags: 0x800 }), fs, unit, leads],
      'format/no-signals',
    ],
    ['nothing', [], 'format/no-signals'],
  ])('is refused with %s', (_, variables, code) => expect(refusal(variables)).toBe(code))

  it('has its leads where their number fits: in two rows, or in three columns', () => {
    const three = read(matlabFile([ecg, fs, unit, cells('leads', ['I', 'II', 'V1'])]))
    expect([...channel(three, 'V1')]).toEqual([3, 30])
    expect(refusal([ecg, fs, unit, cells('leads', ['I', 'II', 'V1', 'V2'])])).toBe('format/lead-count')
  })

  it('is refused where its compressed part unpacks to more than an honest one', () => {
    const bomb = deflateSync(Buffer.alloc(80 * 2 ** 20))
    const tag = Buffer.alloc(8)
    tag.writeUInt32LE(15)
    tag.writeUInt32LE(bomb.length, 4)
    expect(bomb.length).toBeLessThan(100_000)
    expect(refusalCode(() => read(Buffer.concat([matlabFile([]), tag, bomb])))).toBe('format/too-large')
  })

  it('is refused where a length or a size reaches beyond it', () => {
    const long = Buffer.from(ecg)
    long.writeUInt32LE(0xfffffff0, 4)
    expect(refusal([long])).toBe('format/truncated')
    expect(refusal([numbers('ecg', [1, 2], { rows: 0.001 })])).toMatch(/^format\//)
    const wide = Buffer.from(ecg)
    wide.writeInt32LE(0x7fffffff, 8 + 16 + 8 + 4)
    expect(refusal([wide, fs, unit, leads])).toBe('format/malformed')
  })

  it('may nest cells, of which only the first level is read', () => {
    let nested = characters('', 'I')
    for (let depth = 0; depth < 3000; depth++) nested = variable('', CELL, [nested], 1, { rows: 1 })
    expect(refusal([ecg, fs, unit, variable('leads', CELL, [nested], 1, { rows: 1 })])).toBe('format/columns-unnamed')
  })
})
