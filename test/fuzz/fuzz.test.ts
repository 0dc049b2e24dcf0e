import { describe, expect, it } from 'vitest'
import { AppError } from '../../src-preload/contract/errors.ts'
import { keptInputs } from './corpus.ts'
import { FUZZ_FORMATS, mutatorsOf } from './formats.ts'
import { allowedMs, judge, readAsIs, type Read } from './judge.ts'
import { FuzzRandom } from './random.ts'
import { fuzz } from './run.ts'
import { SEEDS } from './seeds.ts'

const kept = keptInputs()

describe('hostile files', () => {
  it.each(FUZZ_FORMATS)('begin as sound ones of %s', (format) => {
    for (const input of SEEDS[format]!()) expect((readAsIs(input) as { format: string }).format).toBe(format)
  })

  it.skipIf(kept.length === 0).each(kept)('%s, once found, stays answered', (_path, input) => {
    expect(judge(input).fault).toBeUndefined()
  })

  it('come in the same order from the same seed', () => {
    for (const format of FUZZ_FORMATS) {
      const make = () => {
        const random = new FuzzRandom(5)
        const main = SEEDS[format]!()[0]!.main
        return Array.from({ length: 20 }, () => random.pick(mutatorsOf(format))(main, random, [main]))
      }
      expect(make()).toEqual(make())
    }
  })
})

/** A reader with a defect that only a certain file shows. */
const withDefect =
  (isHit: (main: Uint8Array) => boolean, defect: () => unknown): Read =>
  (input) =>
    isHit(input.main) ? defect() : readAsIs(input)

describe('the search for defects finds a planted', () => {
  it('exception without a code, where a declared number of channels is larger than the channels', () => {
    const read = withDefect(
      (main) => Buffer.from(main).toString('latin1').includes('\x3a\x00\x05\x00US\x02\x00\xff\xff'),
      () => {
        throw new RangeError('Invalid typed array length')
      },
    )
    expect(fuzz('dicom', { seconds: 60, seed: 1, mostFinds: 1, read }).finds[0]?.fault).toContain('RangeError')
  })

  it('allocation by a declared number', () => {
    const held: Uint8Array[] = []
    const read = withDefect(
      (main) => main.length > 18 && Buffer.from(main).readInt32LE(14) > 1e6,
      () => {
        held.push(new Uint8Array(200 * 2 ** 20))
        throw new AppError('format/truncated', '')
      },
    )
    expect(fuzz('ishne', { seconds: 60, seed: 1, mostFinds: 1, read }).finds[0]?.fault).toMatch(/needed \d+ MiB/)
  })

  it('loop that takes its time', () => {
    const read = withDefect(
      (main) => Buffer.from(main).includes('1e308'),
      () => {
        // Time of the process, as a busy machine gives it only a part of the clock's.
        const start = process.cpuUsage()
        const spentMs = (): number => (process.cpuUsage(start).user + process.cpuUsage(start).system) / 1000
        while (spentMs() < 2 * allowedMs(1000));
        throw new AppError('format/malformed', '')
      },
    )
    expect(fuzz('json', { seconds: 60, seed: 1, mostFinds: 1, read, busy: () => 1 }).finds[0]?.fault).toMatch(
      /took \d+ ms/,
    )
  })
})
