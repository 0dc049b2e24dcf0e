import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { EcgRecording } from '../../../src-main/ecg/recording.ts'
import { refusalCode, SHARED, sharedAbsent } from '../files.ts'
import { MADE } from './made.ts'

const read = (bytes: Uint8Array): EcgRecording => readRecording(bytes, 'test', () => undefined)
const ANSWER = /^(?:format\/|ecg\/|accepted)/
/** Warnings that say that a file is not whole. */
const MARKS = ['format/incomplete', 'ishne/truncated', 'scp/length-clipped']

/** Cut off at each of the lengths, a file is refused, or read as far as it goes and marked. */
function expectMarked(whole: Uint8Array, lengths: Iterable<number>): void {
  const reference = read(whole)
  for (const length of lengths) {
    let recording: EcgRecording | undefined
    const code = refusalCode(() => (recording = read(whole.subarray(0, length))))
    if (!recording) {
      expect(code, `at ${length}`).toMatch(/^(?:format|ecg)\//)
      continue
    }
    expect(
      recording.warnings.some((warning) => MARKS.includes(warning.code)),
      `at ${length}`,
    ).toBe(true)
    for (const [index, { samplesMv }] of recording.channels.entries()) {
      const same = Buffer.compare(bytesOf(samplesMv), bytesOf(reference.channels[index]!.samplesMv.subarray(0, samplesMv.length))) // prettier-ignore
      expect(same, `at ${length}`).toBe(0)
    }
  }
}

const bytesOf = (samples: Float32Array): Uint8Array =>
  new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)

const points = (total: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => 1 + Math.floor(((total - 1) * index) / count))

describe('a binary file that was cut off', () => {
  it.each(['plus.edf', 'plus.bdf'])('%s, at 500 points, is refused or read so far and marked', (name) => {
    const whole = readFileSync(join(MADE, name))
    expectMarked(whole, points(whole.length, 500))
  })

  it.skipIf(sharedAbsent).each([
    ['edf/kardiamobile_1lead.edf', 300],
    ['edf/test_generator.bdf', 60],
    ['ishne/ECG_P28.01.ecg', 8],
    ['scp/contec_0000050.scp', 12],
  ])('%s, at %i points, is refused or read so far and marked', (name, count) => {
    const whole = readFileSync(join(SHARED, name))
    expectMarked(whole, [...points(Math.min(whole.length, 3000), 100), ...points(whole.length, count)])
  })
})

describe('a header with one wrong byte', () => {
  it.each(['plus.edf', 'plus.bdf'])('of %s is answered with a recording or a refusal', (name) => {
    const whole = readFileSync(join(MADE, name))
    for (let at = 0; at < 256 * 14; at += 3) {
      for (const value of [0x20, 0x39, 0x2d]) {
        const bad = Uint8Array.from(whole)
        bad[at] = value
        expect(
          refusalCode(() => read(bad)),
          `byte ${at} as ${value}`,
        ).toMatch(ANSWER)
      }
    }
  })

  it.skipIf(sharedAbsent)('of a Holter file is answered with a recording or a refusal', () => {
    const whole = readFileSync(join(SHARED, 'ishne/ECG_P28.01.ecg')).subarray(0, 522 + 24 * 20)
    for (let at = 0; at < 522; at++) {
      for (const value of [0, 0xff, 0x7f, whole[at]! ^ 1]) {
        const bad = Uint8Array.from(whole)
        bad[at] = value
        expect(
          refusalCode(() => read(bad)),
          `byte ${at} as ${value}`,
        ).toMatch(ANSWER)
      }
    }
  })
})
