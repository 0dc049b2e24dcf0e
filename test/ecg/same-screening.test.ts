import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ScreeningResult } from '../../src-preload/contract/screening.ts'
import { prepareScreening, type PreparedEcg } from '../../src-main/ecg/preprocessing/prepare-screening.ts'
import { resamplePolyphase } from '../../src-main/ecg/preprocessing/resample.ts'
import { readRecording } from '../../src-main/ecg/read-recording.ts'
import type { EcgChannel, EcgRecording } from '../../src-main/ecg/recording.ts'
import { toWaveform } from '../../src-main/ecg/waveform.ts'
import { ECG_WRITERS } from '../../src-main/ecg/writers/index.ts'
import type { EcgWriter, WritableRecording, WrittenFile } from '../../src-main/ecg/writers/writer.ts'
import { runCli } from '../cli/run-cli.ts'
import { FuzzRandom } from '../fuzz/random.ts'
import { FIXTURES, readFile } from './files.ts'

const original = readFile(FIXTURES, 'HR06000.hea')

const write = (id: EcgWriter['id'], recording: WritableRecording, stem = 'same'): WrittenFile[] =>
  ECG_WRITERS.find((each) => each.id === id)!.write(recording, stem)
const readBack = ([main, ...others]: WrittenFile[]): EcgRecording =>
  readRecording(main!.bytes, main!.name, (name) => others.find((other) => other.name === name)?.bytes)
/** Through the real reader and all preprocessing to what the encoder sees. */
const prepare = (files: WrittenFile[]): PreparedEcg => {
  const recording = readBack(files)
  return prepareScreening(toWaveform(recording), recording)
}
const expected = prepareScreening(toWaveform(original), original)

const shuffled = <T>(list: readonly T[], random: FuzzRandom): T[] =>
  list.map((item) => ({ item, at: random.next() })).sort((a, b) => a.at - b.at).map(({ item }) => item) // prettier-ignore

/** The same ECG in a file of finer steps: its numbers are larger, its gain as well. */
const regained = (channels: readonly EcgChannel[], factor: number): EcgChannel[] =>
  channels.map((channel) => ({ ...channel, stepMv: channel.stepMv! / factor }))

function resampled({ channels, ...recording }: EcgRecording, rateHz: number): WritableRecording {
  return {
    ...recording,
    rateHz,
    channels: channels.map(({ name, samplesMv }) => ({
      name,
      samplesMv: Float32Array.from(resamplePolyphase(samplesMv, recording.rateHz, rateHz)),
    })),
  }
}

/** The largest difference in the encoder's input, whose range is −1 to 1. */
const difference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0)

describe('the encoder sees the same ECG', () => {
  it.each(['wfdb', 'dicom', 'aecg', 'csv', 'npy'] as const)(
    'whatever the gain, the lead order and the format: %s',
    (id) => {
      const random = new FuzzRandom(id.length)
      for (const factor of [1, 2, 5, 8]) {
        const channels = shuffled(regained(original.channels, factor), random)
        expect(prepare(write(id, { ...original, channels })).ecg).toEqual(expected.ecg)
      }
    },
  )

  it('with the limb leads that follow from two of them left out', () => {
    const random = new FuzzRandom(3)
    for (const dropped of [
      ['aVR', 'aVL', 'aVF'],
      ['III', 'aVR', 'aVL', 'aVF'],
      ['I', 'aVF'],
    ]) {
      const channels = shuffled(
        original.channels.filter(({ name }) => !dropped.includes(name)),
        random,
      )
      const { ecg, amplitude } = prepare(write('wfdb', { ...original, channels }))
      // The cart rounded each lead by itself.
      expect(difference(ecg, expected.ecg)).toBeLessThan(0.02)
      expect(difference(amplitude, expected.amplitude)).toBeLessThan(0.01)
    }
  })

  it.each([250, 360, 400, 600, 1000])('at %i Hz, up to what the filters and the rounding leave', (rateHz) => {
    const { ecg, amplitude } = prepare(write('wfdb', resampled(original, rateHz)))
    expect(rmsDifference(ecg, expected.ecg)).toBeLessThan(0.01)
    expect(difference(amplitude, expected.amplitude)).toBeLessThan(0.02)
  })
})

const rmsDifference = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, value, index) => sum + (value - b[index]!) ** 2, 0) / a.length)

describe('a screening', () => {
  it('is the same for every gain, lead order and format, and next to it for every rate of the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cardionets-same-'))
    const random = new FuzzRandom(1)
    const variants: Record<string, WrittenFile[]> = {
      'a-original': write('wfdb', original),
      'b-gain': write('wfdb', { ...original, channels: shuffled(regained(original.channels, 4), random) }),
      'c-dicom': write('dicom', { ...original, channels: shuffled(original.channels, random) }),
      'd-csv': write('csv', { ...original, channels: shuffled(original.channels, random) }),
      'e-1000': write('wfdb', resampled(original, 1000)),
      'f-250': write('wfdb', resampled(original, 250)),
    }
    for (const [name, files] of Object.entries(variants)) {
      mkdirSync(join(folder, name))
      for (const file of files) writeFileSync(join(folder, name, file.name), file.bytes)
    }
    const { lines } = await runCli(['screen', folder])
    const results = lines as unknown as (ScreeningResult & { status: string })[]
    expect(results.map(({ status }) => status)).toEqual(Object.keys(variants).map(() => 'screened'))
    const probabilities = results.map(({ diseases }) => diseases.map(({ probability }) => probability))
    const phenotypes = results.map((result) => result.phenotypes.map(({ value }) => value))
    for (const same of [1, 2, 3]) {
      expect(probabilities[same]).toEqual(probabilities[0])
      expect(phenotypes[same]).toEqual(phenotypes[0])
    }
    // A file of 250 Hz has lost what lies above 125 Hz; one of 1,000 Hz has lost nothing.
    for (const [near, bound] of [
      [4, 0.002],
      [5, 0.05],
    ] as const) {
      for (const [disease, probability] of probabilities[near]!.entries()) {
        expect(Math.abs(probability - probabilities[0]![disease]!)).toBeLessThan(bound)
      }
    }
  })
})
