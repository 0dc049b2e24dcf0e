import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { EcgRecording } from '../../../src-main/ecg/recording.ts'
import { channel, FIXTURES, readFile, refusalCode, SHARED, sharedAbsent, statedValues } from '../files.ts'
import { lead, waveformObject, type SampleGroup } from './dicom-sample.ts'
import { code, sequence, text, writeDicom, type Elements, type Syntax } from './dicom-writer.ts'

const read = (bytes: Uint8Array): EcgRecording => readRecording(bytes, 'test.dcm', () => undefined)
const readGroups = (groups: SampleGroup[], more: Elements = {}): EcgRecording =>
  read(writeDicom(waveformObject(groups, more)))
const microvolts = (samples: Float32Array): number[] => [...samples].map((v) => Math.round(v * 1e5) / 100)

describe('the 12-lead ECG of the fixtures', () => {
  const recording = readFile(FIXTURES, 'waveform_ecg.dcm')

  it('is its rhythm of 10 s, not its median beat', () => {
    expect(recording).toMatchObject({ format: 'dicom', rateHz: 1000, units: 'channel sensitivity 1.25 uV in the file' })
    expect(recording.channels.map(({ name }) => name)).toEqual('I II III aVR aVL aVF V1 V2 V3 V4 V5 V6'.split(' '))
    expect(recording.channels.every(({ samplesMv }) => samplesMv.length === 10_000)).toBe(true)
  })

  it('has the microvolts that pydicom finds', () => {
    expect(microvolts(channel(recording, 'I').subarray(0, 6))).toEqual([100, 81.25, 62.5, 43.75, 46.25, 50])
    expect(microvolts(channel(recording, 'aVR').subarray(0, 4))).toEqual([-106.25, -93.75, -81.25, -68.75])
    expect(microvolts(channel(recording, 'V6').subarray(8, 10))).toEqual([-43.75, -37.5])
  })

  it('tells patient, device and time, and the heart rate of its mean RR interval of 982 ms', () => {
    expect(recording.patient).toEqual({
      id: '642341',
      name: 'Anonymous',
      sex: 'female',
      birthDate: '1971-01-23',
      ageYears: 42,
    })
    expect(recording.device).toBe('Mortara Instrument, Inc., el250')
    expect(recording.startTime).toBe('2013-01-25T10:59:19')
    expect(recording.measuredHeartRateBpm).toBeCloseTo(61.1, 1)
    expect(recording.warnings).toEqual([])
  })
})

describe.skipIf(sharedAbsent)('DICOM files beside the repository', () => {
  it.each(['waveform_ecg.dcm', 'ge_marquette_hemodynamic.dcm'])('%s has the values that pydicom finds', (file) => {
    const recording = readFile(join(SHARED, 'dicom_ecg'), file)
    const stated = statedValues(`dicom_ecg/${file}`)
    expect(stated.length).toBe(12)
    for (const [index, { valuesMv, toleranceMv }] of stated.entries()) {
      for (const [t, value] of valuesMv.entries()) {
        expect(Math.abs(recording.channels[index]!.samplesMv[t]! - value)).toBeLessThanOrEqual(toleranceMv)
      }
    }
  })

  it('reads ECG leads of a hemodynamic object, with the heart rate that the device measured', () => {
    expect(readFile(join(SHARED, 'dicom_ecg'), 'ge_marquette_hemodynamic.dcm')).toMatchObject({
      rateHz: 240,
      device: 'GE Marquette, MACLB',
      startTime: '1999-12-23T10:07:09',
      measuredHeartRateBpm: 69,
      patient: { name: 'Patient^Test', birthDate: '1944-01-02', ageYears: 55, sex: 'male' },
    })
  })

  it('says of an MR image that it holds no waveform', () => {
    const path = join(SHARED, 'cine_dicom')
    expect(refusalCode(() => readFile(path, 'MR-MONO2-8-16x-heart_multiframe.dcm'))).toBe('format/no-waveform')
  })
})

describe('a DICOM waveform', () => {
  const two: SampleGroup = { channels: [lead(1, 'I'), lead(2, 'II')], samples: [100, 200, -100, -200] }

  it.each<[Syntax, boolean]>([
    ['implicit', false],
    ['implicit', true],
    ['explicit', false],
    ['explicit', true],
    ['deflated', true],
    ['big-endian', false],
    ['big-endian', true],
  ])('reads the same in %s VR, undefined lengths: %s', (syntax, undefinedLengths) => {
    const object = waveformObject([{ ...two, little: syntax !== 'big-endian' }])
    const recording = read(writeDicom(object, syntax, undefinedLengths))
    expect(microvolts(channel(recording, 'I'))).toEqual([100, -100])
    expect(microvolts(channel(recording, 'II'))).toEqual([200, -200])
  })

  it.each<Syntax>(['implicit', 'explicit'])('reads the same without preamble and meta group, %s', (syntax) => {
    const bytes = writeDicom(waveformObject([two]), syntax)
    const body = bytes.subarray(Buffer.from(bytes).indexOf(Buffer.from([8, 0, 0x16, 0])))
    expect(microvolts(channel(read(body), 'II'))).toEqual([200, -200])
  })

  it('reads a waveform sequence that an archive stored under an unknown VR', () => {
    const inner = writeDicom({ 0x54000100: waveformObject([two])[0x54000100]! }, 'implicit')
    const value = inner.subarray(Buffer.from(inner).indexOf(Buffer.from([0, 0x54, 0, 1])) + 8)
    const bytes = writeDicom({ 0x00080060: text('CS', 'ECG'), 0x54000100: { vr: 'UN', bytes: value } })
    expect(microvolts(channel(read(bytes), 'I'))).toEqual([100, -100])
  })

  it('is sensitivity × correction × stored value, plus the baseline, in mV', () => {
    const channels = [lead(1, 'I', { sensitivity: '2.5', correction: '1.02', baseline: '-10' }), lead(2, 'II', { sensitivity: '0.005', unit: ['mV', 'millivolt'], baseline: '0.1' })] // prettier-ignore
    const recording = readGroups([{ channels, samples: [100, 100] }])
    expect(microvolts(channel(recording, 'I'))).toEqual([245])
    expect(microvolts(channel(recording, 'II'))).toEqual([600])
  })

  it.each([
    ['SS', 16, -3, -3],
    ['US', 16, 65533, 65533],
    ['SB', 8, -3, -3],
    ['UB', 8, 253, 253],
    ['SL', 32, -100_000, -100_000],
    // Twelve bits in sixteen: what stands above them is not part of the value.
    ['SS', 12, 0x7fff, -1],
    ['SS', 12, 0x0800, -2048],
    ['US', 12, 0xf801, 0x801],
  ] as const)('reads %s with %i bits stored: %i is %i', (interpretation, bitsStored, stored, value) => {
    const recording = readGroups([
      { channels: [lead(3, 'V1', { bitsStored })], samples: [stored, stored], interpretation },
    ])
    expect(microvolts(channel(recording, 'V1'))).toEqual([value, value])
  })

  it('marks padding as NaN', () => {
    const recording = readGroups([{ channels: [lead(3, 'V1')], samples: [1, -32768, 2], padding: -32768 }])
    expect(microvolts(channel(recording, 'V1'))).toEqual([1, NaN, 2])
  })

  it('names leads by code, by MDC code, by meaning or by label', () => {
    const channels = [
      lead(62, 'aVR'),
      { code: ['2:3', 'MDC_ECG_LEAD_V1', 'MDC'] as [string, string, string] },
      { code: ['X1', 'Lead II', '99LOCAL'] as [string, string, string] },
      { label: 'V6' },
      { code: ['5.6.3-9-9', 'Lead V7', 'SCPECG'] as [string, string, string] },
    ]
    const recording = readGroups([{ channels, samples: [1, 2, 3, 4, 5] }])
    expect(recording.channels.map(({ name }) => name)).toEqual(['aVR', 'V1', 'II', 'V6', 'Lead V7'])
  })

  it('takes the original group with most leads, then the longest, and names the others', () => {
    const recording = readGroups([
      { channels: [lead(1, 'I'), lead(2, 'II')], samples: [9, 9, 9, 9], label: 'MEDIAN BEAT' },
      { channels: [lead(1, 'I'), lead(2, 'II')], samples: [8, 8, 8, 8], originality: 'DERIVED' },
      { channels: [lead(2, 'II')], samples: [7, 7, 7], label: 'STRIP' },
      { channels: [lead(1, 'I'), lead(2, 'II')], samples: [1, 2], label: 'SHORT' },
      { channels: [lead(1, 'I'), lead(2, 'II')], samples: [3, 4, 5, 6], label: 'RHYTHM' },
    ])
    expect(microvolts(channel(recording, 'I'))).toEqual([3, 5])
    expect(recording.warnings.find(({ code: id }) => id === 'dicom/other-groups')?.message).toContain('SHORT, STRIP')
  })

  it('leaves out pressures beside ECG leads', () => {
    const pressure = { code: ['109016', 'Pressure'] as [string, string], unit: ['mm[Hg]', 'mmHg'] as [string, string] }
    const recording = readGroups([{ channels: [lead(2, 'II'), pressure], samples: [1, 100, 2, 100] }])
    expect(recording.channels.map(({ name }) => name)).toEqual(['II'])
    expect(recording.warnings.map(({ code: id }) => id)).toContain('ecg/channel-skipped')
  })

  it('reads names in UTF-8 and GB18030, and ages in months', () => {
    const more = (set: string, name: Buffer): Elements => ({
      0x00080005: text('CS', set),
      0x00100010: { vr: 'PN', bytes: name },
      0x00101010: text('AS', '018M'),
    })
    expect(readGroups([two], more('ISO_IR 192', Buffer.from('王^小东'))).patient).toEqual({
      name: '王^小东',
      ageYears: 1.5,
    })
    expect(readGroups([two], more('GB18030', Buffer.from([0xcd, 0xf5, 0x5e, 0xd0, 0xa1]))).patient?.name).toBe('王^小')
  })

  it('keeps the time zone of an acquisition time', () => {
    expect(readGroups([two], { 0x0008002a: text('DT', '20240229235959.5+0800') }).startTime).toBe(
      '2024-02-29T23:59:59.5+08:00',
    )
  })

  it('takes the heart rate among the annotations', () => {
    const annotation = { 0x004008ea: code('{H.B.}/min', 'beats per minute'), 0x0040a043: code('8867-4', 'Heart rate', 'LN'), 0x0040a30a: text('DS', '72') } // prettier-ignore
    expect(readGroups([two], { 0x0040b020: sequence(annotation) }).measuredHeartRateBpm).toBe(72)
  })

  it('warns of channels that start more than one sample apart', () => {
    const skewed = { ...two, channels: [lead(1, 'I'), lead(2, 'II', { skewSamples: '3' })] }
    expect(readGroups([skewed]).warnings.map(({ code: id }) => id)).toContain('dicom/channel-skew')
    expect(readGroups([two]).warnings.map(({ code: id }) => id)).not.toContain('dicom/channel-skew')
  })

  it.each<[string, SampleGroup[], string]>([
    [
      'a lead without units',
      [{ ...two, channels: [lead(1, 'I'), lead(2, 'II', { unit: null })] }],
      'format/units-unknown',
    ],
    [
      'a lead without sensitivity',
      [{ ...two, channels: [lead(1, 'I'), lead(2, 'II', { sensitivity: '' })] }],
      'format/units-unknown',
    ],
    ['a code and a name that differ', [{ ...two, channels: [lead(1, 'I'), lead(2, 'V1')] }], 'format/lead-conflict'],
    ['fewer samples than declared', [{ ...two, declaredSamples: 3 }], 'format/truncated'],
    ['more samples than declared', [{ ...two, declaredSamples: 1 }], 'format/malformed'],
    ['a product of counts beyond all memory', [{ ...two, declaredSamples: 0xffffffff }], 'format/too-large'],
    ['µ-law samples', [{ channels: [lead(1, 'I')], samples: [1, 2], interpretation: 'MB' }], 'format/unsupported'],
    ['a group without a rate', [{ ...two, rateHz: null }], 'format/rate-unknown'],
    ['a rate of zero', [{ ...two, rateHz: '0' }], 'format/rate-unknown'],
    ['nothing but a median beat', [{ ...two, label: 'MEDIAN BEAT' }], 'format/no-rhythm'],
    ['an object without waveforms', [], 'format/no-waveform'],
    ['no samples', [{ ...two, samples: [] }], 'format/no-samples'],
  ])('refuses %s', (_, groups, refusal) => expect(refusalCode(() => readGroups(groups))).toBe(refusal))
})
