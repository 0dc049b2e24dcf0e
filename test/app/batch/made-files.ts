import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRepository } from '../../../build/repository.ts'
import type { FilePatient } from '../../../src-preload/contract/ecg.ts'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { EcgChannel } from '../../../src-main/ecg/recording.ts'
import { csvWriter } from '../../../src-main/ecg/writers/csv.ts'
import { dicomWriter } from '../../../src-main/ecg/writers/dicom.ts'
import { wfdbWriter } from '../../../src-main/ecg/writers/wfdb.ts'

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(inRepository('test', 'fixtures', 'ecg', name)))

const source = readRecording(fixture('HR06000.hea'), 'HR06000.hea', () => fixture('HR06000.mat'))

/** Recording number `index` of as many as one likes: a fixture whose amplitude is its own. */
export function madeChannels(index: number): EcgChannel[] {
  return source.channels.map((channel) => ({
    ...channel,
    samplesMv: channel.samplesMv.map((value) => value * (0.6 + index / 2000)),
  }))
}

export interface MadeFile {
  readonly name: string
  readonly format?: 'wfdb' | 'dicom' | 'csv'
  readonly index: number
  readonly patient?: FilePatient
}

/** Writes recordings into a folder. */
export function makeFiles(folder: string, files: readonly MadeFile[]): void {
  mkdirSync(folder, { recursive: true })
  for (const { name, format = 'dicom', index, patient } of files) {
    const writer = { wfdb: wfdbWriter, dicom: dicomWriter, csv: csvWriter }[format]
    const recording = { rateHz: 500, channels: madeChannels(index), patient, startTime: '2026-01-12T08:41:00' }
    for (const file of writer.write(recording, name)) writeFileSync(join(folder, file.name), file.bytes)
  }
}
