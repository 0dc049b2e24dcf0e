import { join } from 'node:path'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { EcgRecording } from '../../../src-main/ecg/recording.ts'
import { ECG_WRITERS } from '../../../src-main/ecg/writers/index.ts'
import { storedSteps } from '../../../src-main/ecg/writers/stored-steps.ts'
import type { EcgWriter, WritableRecording, WrittenFile } from '../../../src-main/ecg/writers/writer.ts'
import { FIXTURES, readFile, refusalCode, SHARED, sharedAbsent } from '../files.ts'

const writer = (id: EcgWriter['id']): EcgWriter => ECG_WRITERS.find((each) => each.id === id)!
const write = (id: EcgWriter['id'], recording: WritableRecording, stem = 'out'): WrittenFile[] =>
  writer(id).write(recording, stem)
const readBack = ([main, ...others]: WrittenFile[]): EcgRecording =>
  readRecording(main!.bytes, main!.name, (name) => others.find((other) => other.name === name)?.bytes)

const IDS = ECG_WRITERS.map(({ id }) => id)
const made = (values: readonly number[], extra: Partial<WritableRecording> = {}): WritableRecording => ({
  rateHz: 500,
  channels: ['I', 'II'].map((name) => ({ name, samplesMv: Float32Array.from(values), stepMv: 0.005 })),
  ...extra,
})

describe('a recording that is written and read back', () => {
  it.each(
    IDS.flatMap((id) => ['HR06000.hea', 'waveform_ecg.dcm', '129DYPRG_1.03.xml'].map((file) => [id, file] as const)),
  )('as %s is the one of %s, sample by sample', (id, file) => {
    const recording = readFile(FIXTURES, file)
    const back = readBack(write(id, recording))
    const skipped = writer(id).leftOut(recording)
    const kept = recording.channels.filter(({ name }) => !skipped.includes(name))
    expect(back.rateHz).toBe(recording.rateHz)
    expect(back.channels.map(({ name }) => name)).toEqual(kept.map(({ name }) => name))
    // The steps of the file were kept, so that 32-bit floats come back as they were.
    for (const [index, { samplesMv }] of kept.entries()) expect(back.channels[index]!.samplesMv).toEqual(samplesMv)
    expect(back.warnings).toEqual([])
  })

  it.each(IDS)('as %s keeps what is known of patient and time, as far as the format has a place', (id) => {
    const patient = { id: 'P 1', name: 'Li & <Wang>', sex: 'female', birthDate: '1970-02-03', ageYears: 56 } as const
    const back = readBack(
      write(id, made([0, 0.005, 0.01], { patient, startTime: '2026-11-27T08:09:10', device: 'Cart 5' })),
    )
    const places = {
      wfdb: { patient: { sex: 'female', ageYears: 56 }, startTime: '2026-11-27T08:09:10' },
      dicom: { patient, startTime: '2026-11-27T08:09:10', device: 'Cart 5' },
      aecg: { patient: { id: 'P 1', name: 'Li & <Wang>', sex: 'female', birthDate: '1970-02-03' }, device: 'Cart 5' },
      csv: {},
      npy: { patient, startTime: '2026-11-27T08:09:10' },
    }
    expect(back).toMatchObject(places[id])
    if (id === 'csv') expect(back.patient).toBeUndefined()
  })

  it.each(['wfdb', 'dicom', 'csv', 'npy'] as const)('as %s keeps missing samples missing', (id) => {
    const back = readBack(write(id, made([NaN, 0.005, NaN, -0.01])))
    expect([...back.channels[1]!.samplesMv].map((value) => Math.round(value * 1000))).toEqual([NaN, 5, NaN, -10])
  })

  it('as HL7 aECG is refused with gaps, for which that format has no sign', () => {
    expect(refusalCode(() => write('aecg', made([NaN, 1])))).toBe('convert/missing-samples')
  })

  it('is the same bytes each time', () => {
    for (const id of IDS) expect(write(id, made([0, 1, 2]))).toEqual(write(id, made([0, 1, 2])))
    const uid = (value: number): string => Buffer.from(write('dicom', made([value]))[0]!.bytes).toString('latin1')
    expect(uid(1)).not.toBe(uid(2))
  })

  it.skipIf(sharedAbsent || !existsSync(SHARED))('of any real file is within half a step of it', () => {
    for (const file of [
      'edf/kardiamobile_1lead.edf',
      'ishne/ECG_P28.01.ecg',
      'scp/wfdb_parsescp_test.scp',
      'wfdb/s0010_re.hea',
    ]) {
      const recording = readFile(SHARED, file)
      const back = readBack(write('wfdb', recording, 'record'))
      for (const [index, channel] of recording.channels.entries()) {
        const { stepMv } = storedSteps(channel)
        const worst = channel.samplesMv.reduce(
          (most, value, t) => Math.max(most, Math.abs(value - back.channels[index]!.samplesMv[t]!)),
          0,
        )
        expect(worst, join(file, channel.name)).toBeLessThanOrEqual(stepMv / 2 + 1e-6)
      }
    }
  })
})

describe('a DICOM ECG that is written', () => {
  const bytes = Buffer.from(write('dicom', made([1, 2, 3]))[0]!.bytes)

  it('has a zeroed preamble, so that nothing of it can be run as a program', () => {
    expect(bytes.subarray(0, 128).equals(Buffer.alloc(128))).toBe(true)
    expect(bytes.toString('latin1', 128, 132)).toBe('DICM')
  })

  it('is 12-lead ECG storage up to 16,384 samples, and general ECG storage above', () => {
    const sopClass = (samples: number): string =>
      Buffer.from(write('dicom', made(new Array<number>(samples).fill(0)))[0]!.bytes).toString('latin1', 0, 1200)
    expect(sopClass(16_384)).toContain('1.2.840.10008.5.1.4.1.1.9.1.1\0')
    expect(sopClass(16_385)).toContain('1.2.840.10008.5.1.4.1.1.9.1.2\0')
  })

  it('is refused at a rate that DICOM does not allow, and without a standard lead', () => {
    expect(refusalCode(() => write('dicom', made([1], { rateHz: 125 })))).toBe('convert/rate')
    const other = { rateHz: 500, channels: [{ name: 'ECG 1', samplesMv: Float32Array.of(1) }] }
    expect(refusalCode(() => write('dicom', other))).toBe('convert/no-leads')
  })
})

describe('text that is written', () => {
  it('holds no name that a spreadsheet would run or that would end its cell', () => {
    const names = ['=1+1', '+x', '@SUM(1)', '-2', 'a,b', 'c"d', 'e\nf']
    const recording = { rateHz: 500, channels: names.map((name) => ({ name, samplesMv: Float32Array.of(1) })) }
    const [, header] = Buffer.from(write('csv', recording)[0]!.bytes).toString().split('\n')
    const cells = header!.split(',')
    expect(cells).toHaveLength(names.length)
    for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@]|["\r\n]/)
  })

  it('gives every 32-bit float back', () => {
    const values = Float32Array.from({ length: 400 }, (_, t) => Math.fround(Math.sin(t) * 10 ** ((t % 9) - 6)))
    const back = readBack(write('csv', { rateHz: 500, channels: [{ name: 'I', samplesMv: values }, { name: 'II', samplesMv: values }] })) // prettier-ignore
    expect(back.channels[0]!.samplesMv).toEqual(values)
  })
})

describe('16-bit steps', () => {
  it('are those of the file where all samples are whole steps of it', () => {
    expect(storedSteps({ name: 'I', samplesMv: Float32Array.of(0.00488, -0.00976), stepMv: 0.00488 })).toMatchObject({
      stepMv: 0.00488,
      steps: Int16Array.of(1, -2),
    })
  })

  it('are the finest that the recording fits into elsewhere', () => {
    expect(storedSteps({ name: 'I', samplesMv: Float32Array.of(3.2) }).stepMv).toBe(1e-4)
    expect(storedSteps({ name: 'I', samplesMv: Float32Array.of(3.3) }).stepMv).toBe(2e-4)
    expect(refusalCode(() => storedSteps({ name: 'I', samplesMv: Float32Array.of(1e9) }))).toBe('convert/out-of-range')
  })
})
