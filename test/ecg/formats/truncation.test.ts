import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { Companion, EcgRecording } from '../../../src-main/ecg/recording.ts'
import { channel, companionsIn, FIXTURES, readFile } from '../files.ts'
import { lead, waveformObject } from './dicom-sample.ts'
import { writeDicom } from './dicom-writer.ts'
import { museXml } from './muse-writer.ts'

/** A cut-off file may be refused, or read and marked; unmarked it may only be read where nothing of the ECG was lost. */
function expectSafe(bytes: Uint8Array, companion: Companion, whole: EcgRecording, at: string): void {
  let recording: EcgRecording
  try {
    recording = readRecording(bytes, 'cut', companion)
  } catch (error) {
    expect((error as Error).name, `${at}: ${String(error)}`).toBe('AppError')
    return
  }
  if (recording.warnings.some(({ code }) => code === 'format/incomplete' || code === 'wfdb/checksum')) return
  expect(recording.rateHz, at).toBe(whole.rateHz)
  expect(recording.channels, at).toEqual(whole.channels)
}

function* lengths(total: number, step: number): Generator<number> {
  for (let length = 0; length < total; length += step) yield length
}

const none: Companion = () => undefined

describe('a file that was cut off', () => {
  it.each(['HR06000', 'JS20001', 'binformats'])('anywhere in the header of %s is refused or marked', (record) => {
    const header = readFileSync(join(FIXTURES, `${record}.hea`))
    const whole = readFile(FIXTURES, `${record}.hea`)
    for (const length of lengths(header.length, 1)) {
      expectSafe(header.subarray(0, length), companionsIn(FIXTURES), whole, `${record} at ${length}`)
    }
  })

  it.each(['HR06000.mat', 'JS20001.mat', 'binformats.d0', 'binformats.d5', 'binformats.d6'])(
    'in the signal file %s is refused or marked',
    (name) => {
      const signals = readFileSync(join(FIXTURES, name))
      const record = name.split('.')[0]!
      const header = readFileSync(join(FIXTURES, `${record}.hea`))
      for (const length of lengths(signals.length, signals.length > 10_000 ? 97 * 7 : 1)) {
        const companion: Companion = (asked) =>
          asked === name ? signals.subarray(0, length) : companionsIn(FIXTURES)(asked)
        try {
          const codes = readRecording(header, `${record}.hea`, companion).warnings.map(({ code }) => code)
          expect(codes, `${name} at ${length}`).toContain('format/incomplete')
        } catch (error) {
          expect((error as Error).name, `${name} at ${length}: ${String(error)}`).toBe('AppError')
        }
      }
    },
  )

  it('in a DICOM file is refused, unless only what stands behind the waveform is gone', () => {
    const file = readFileSync(join(FIXTURES, 'waveform_ecg.dcm'))
    const whole = readFile(FIXTURES, 'waveform_ecg.dcm')
    for (const length of lengths(file.length, 97)) expectSafe(file.subarray(0, length), none, whole, `at ${length}`)
    for (const length of lengths(4000, 1)) expectSafe(file.subarray(0, length), none, whole, `at ${length}`)
    for (const length of lengths(300, 1))
      expectSafe(file.subarray(0, file.length - length), none, whole, `at −${length}`)
  })

  it.each(['implicit', 'explicit', 'deflated', 'big-endian'] as const)(
    'at any byte of a small DICOM file, %s, is refused',
    (syntax) => {
      const group = { channels: [lead(1, 'I'), lead(2, 'II')], samples: [1, 2, 3, 4], little: syntax !== 'big-endian' }
      const file = writeDicom(waveformObject([group]), syntax, syntax !== 'deflated')
      const whole = readRecording(file, 'whole', none)
      for (const length of lengths(file.length, 1))
        expectSafe(file.subarray(0, length), none, whole, `${syntax} at ${length}`)
    },
  )

  it('at any byte of a MUSE export is refused', () => {
    const { channels } = readFile(FIXTURES, 'HR06000.hea')
    const leads = channels
      .slice(0, 2)
      .map(({ name, samplesMv }) => ({ name, values: [...samplesMv.subarray(0, 300)].map((v) => v * 1000) }))
    const file = Buffer.from(museXml(leads))
    const whole = readRecording(file, 'whole', none)
    expect(channel(whole, 'I').length).toBe(300)
    for (const length of lengths(file.length, 1)) expectSafe(file.subarray(0, length), none, whole, `at ${length}`)
  })

  it('at any byte of a table loses whole rows at most, and says so unless the cut is between two rows', () => {
    const rows = Array.from({ length: 60 }, (_, t) => `${t * 2},${(0.1 * t).toFixed(2)},-0.5`)
    const file = Buffer.from(`time (ms),I (mV),II (mV)\n${rows.join('\n')}\n`)
    const whole = channel(readRecording(file, 'whole', none), 'I')
    for (const length of lengths(file.length, 1)) {
      try {
        const recording = readRecording(file.subarray(0, length), 'cut', none)
        const marked = recording.warnings.some(({ code }) => code === 'format/incomplete')
        expect(marked || file[length - 1] === 10, `at ${length}`).toBe(true)
        const kept = channel(recording, 'I')
        expect(kept).toEqual(whole.subarray(0, kept.length))
      } catch (error) {
        expect((error as Error).name, `at ${length}: ${String(error)}`).toBe('AppError')
      }
    }
  })
})
