import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseEdfHeader } from '../../../src-main/ecg/formats/edf/header.ts'
import { decodeSignal, placeRecords } from '../../../src-main/ecg/formats/edf/records.ts'
import { millivoltsPer } from '../../../src-main/ecg/formats/units.ts'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { EcgRecording } from '../../../src-main/ecg/recording.ts'
import { requirePlausibleUnits } from '../../../src-main/ecg/quality/units.ts'
import { channel, readFile, refusalCode, SHARED, sharedAbsent, statedValues } from '../files.ts'
import { writeEdf, type WrittenEdf } from './edf-writer.ts'
import { MADE, MADE_RATE_HZ, madeMicrovolts, wholeMicrovolts } from './made.ts'

const read = (file: WrittenEdf): EcgRecording => readRecording(writeEdf(file), 'test.edf', () => undefined)
const refusal = (file: WrittenEdf): string => refusalCode(() => read(file))
const microvolts = (samples: Float32Array): number[] => [...samples].map((v) => Math.round(v * 1e6) / 1000)
const codes = (recording: EcgRecording): string[] => recording.warnings.map(({ code }) => code)

const two: WrittenEdf = {
  signals: [
    { label: 'I', records: [[1, 2], [3, 4]] }, // prettier-ignore
    { label: 'EKG II', records: [[-1, -2], [-3, -4]] }, // prettier-ignore
  ],
}

describe('EDF+ and BDF+ that pyEDFlib wrote', () => {
  it.each(['plus.edf', 'plus.bdf'])('%s has its samples, rate, patient and start', (name) => {
    const recording = readFile(MADE, name)
    expect(wholeMicrovolts(recording)).toEqual(madeMicrovolts(1))
    expect(recording).toMatchObject({
      format: 'edf',
      rateHz: MADE_RATE_HZ,
      device: 'fixture',
      startTime: '2019-12-31T23:59:58',
      patient: { id: 'P-1', name: 'Test Person', sex: 'female', birthDate: '1960-02-29' },
      warnings: [],
    })
  })
})

describe.skipIf(sharedAbsent)('EDF and BDF files beside the repository', () => {
  const expectStated = (samplesMv: Float32Array, valuesMv: number[], toleranceMv: number): void => {
    for (const [t, value] of valuesMv.entries()) expect(Math.abs(samplesMv[t]! - value)).toBeLessThanOrEqual(toleranceMv) // prettier-ignore
  }

  it('reads lead I of a handheld by its label “EKG I”', () => {
    const recording = readFile(join(SHARED, 'edf'), 'kardiamobile_1lead.edf')
    expect(recording).toMatchObject({ rateHz: 300, startTime: '2026-02-13T22:42:00', device: 'KardiaMobile 1L' })
    expect(recording.channels.map(({ name, samplesMv }) => [name, samplesMv.length])).toEqual([['I', 9000]])
    const [stated] = statedValues('edf/kardiamobile_1lead.edf')
    expectStated(channel(recording, 'I'), stated!.valuesMv, stated!.toleranceMv)
  })

  it('reads every 24-bit signal of the generator at its own rate as pyEDFlib’s authors do', () => {
    const main = readFileSync(join(SHARED, 'edf/test_generator.bdf'))
    const header = parseEdfHeader(main)
    const records = placeRecords(main, header, [])
    const stated = statedValues('edf/test_generator.bdf')
    const signals = header.signals.filter(({ isAnnotations }) => !isAnnotations)
    expect(signals.map(({ samplesPerRecord }) => samplesPerRecord)).toEqual([1000, 800, 500, 975, 999])
    expect(stated.length).toBe(5)
    for (const [index, signal] of signals.entries()) {
      const samplesMv = decodeSignal(main, header, signal, records, millivoltsPer(signal.unit)!)
      // The smallest step of a float32 near 1 mV is 0.06 nV; the stated values are rounded to 0.1 nV.
      expectStated(samplesMv, stated[index]!.valuesMv, 2e-7)
    }
  })

  it('keeps to one rate and names what was sampled at others', () => {
    const recording = readFile(join(SHARED, 'edf'), 'test_generator.bdf')
    expect(recording.channels.map(({ name }) => name)).toEqual(['sine 5Hz'])
    expect(recording.warnings[0]).toMatchObject({ code: 'ecg/channel-skipped' })
    expect(recording.warnings[0]!.message).toContain('square 13Hz, ramp 7Hz, pink noise, white noise')
  })

  it('neither believes nor corrects the gain of a cart whose header is six times off', () => {
    const main = readFileSync(join(SHARED, 'edf/contec_0000050.edf'))
    expect(refusalCode(() => readRecording(main, 'contec.edf', () => undefined))).toBe('format/units-implausible')
    expect(() => readRecording(main, 'contec.edf', () => undefined)).toThrow('-1000 to 1000 mV in steps of 30.5 µV')
  })

  it('would read that cart’s header literally: 30.5 µV where the same recording as text has 5 µV', () => {
    const main = readFileSync(join(SHARED, 'edf/contec_0000050.edf'))
    const header = parseEdfHeader(main)
    const samples = decodeSignal(main, header, header.signals[0]!, placeRecords(main, header, []), 1)
    expect(samples.length).toBe(37_855)
    const truth = [-100, -150, -165, -140, -50, -35, -60, -120, -130, -105]
    for (const [t, value] of truth.entries()) {
      expect(samples[t]! * 1000).toBeCloseTo((value / 5) * (2_000_000 / 65535) + 1_000_000 / 65535, 2)
    }
  })
})

describe('an EDF file', () => {
  it('is (digital − minimum) × range + minimum, in mV whatever the unit', () => {
    const recording = read({
      signals: [
        { label: 'I', unit: 'mV', physical: ['-10', '10'], digital: ['0', '4000'], records: [[0, 2000, 4000]] },
        { label: 'II', unit: 'V', physical: ['0.001', '-0.001'], digital: ['-100', '100'], records: [[-100, 0, 100]] },
        { label: 'V1', unit: 'µV', physical: ['-500', '500'], digital: ['-500', '500'], records: [[7, 8, 9]] },
      ],
    })
    expect([...channel(recording, 'I')]).toEqual([-10, 0, 10])
    expect(microvolts(channel(recording, 'II'))).toEqual([1000, 0, -1000])
    expect(microvolts(channel(recording, 'V1'))).toEqual([7, 8, 9])
  })

  it('does not change when its signals change places', () => {
    const there = read(two)
    const back = read({ signals: two.signals.toReversed() })
    for (const lead of ['I', 'II']) expect(channel(back, lead)).toEqual(channel(there, lead))
  })

  it('whose gain is a thousand times off in fine steps is refused by the gate before the model', () => {
    const wave = Array.from({ length: 500 }, (_, t) => Math.round(1000 * Math.sin(t / 10)))
    const lead = (unit: string): Float32Array =>
      channel(read({ signals: [{ label: 'I', unit, physical: ['-327.68', '327.67'], records: [wave] }] }), 'I')
    const gate = (unit: string): string =>
      refusalCode(() => requirePlausibleUnits(new Array<Float32Array>(12).fill(lead(unit))))
    expect(gate('mV')).toBe('accepted')
    expect(gate('uV')).toBe('quality/units-implausible')
  })

  it('marked as interrupted has its records where their annotations say, and nothing between', () => {
    const recording = read({
      reserved: 'EDF+D',
      signals: [two.signals[0]!, { label: 'EDF Annotations', unit: '', records: ['+0\x14\x14', '+3\x14\x14'] }],
    })
    expect(microvolts(channel(recording, 'I'))).toEqual([1, 2, NaN, NaN, NaN, NaN, 3, 4])
    expect(recording.rateHz).toBe(2)
    expect(codes(recording)).toEqual(['edf/gaps'])
  })

  it('that its writer did not close is read as far as it goes', () => {
    const recording = read({ ...two, recordCount: -1 })
    expect(microvolts(channel(recording, 'I'))).toEqual([1, 2, 3, 4])
  })

  it('that is cut off loses whole records, and says so', () => {
    const bytes = writeEdf(two)
    const recording = readRecording(bytes.subarray(0, -1), 'cut.edf', () => undefined)
    expect(microvolts(channel(recording, 'I'))).toEqual([1, 2])
    expect(codes(recording)).toEqual(['format/incomplete'])
  })

  it('may range over volts in fine steps, as 24-bit amplifiers do', () => {
    const recording = read({
      kind: 'BDF',
      signals: [
        { label: 'I', unit: 'V', physical: ['-1', '1'], digital: ['-8388608', '8388607'], records: [[0, 8388]] },
      ],
    })
    expect(channel(recording, 'I')[1]).toBeCloseTo(1, 3)
  })

  it('leaves out what is no voltage', () => {
    const recording = read({ signals: [...two.signals, { label: 'SpO2', unit: '%', records: [[1, 2], [3, 4]] }] }) // prettier-ignore
    expect(recording.channels.map(({ name }) => name)).toEqual(['I', 'II'])
    expect(recording.warnings[0]!.message).toContain('SpO2 (%)')
  })

  it.each([
    ['01.02.84', '2084-02-01T04:05:06'],
    ['01.02.85', '1985-02-01T04:05:06'],
    ['31.02.99', undefined],
  ])('dated %s started %s', (startDate, start) => expect(read({ ...two, startDate }).startTime).toBe(start))

  it('keeps a date with four digits, and no date where it says that it knows none', () => {
    expect(read({ ...two, reserved: 'EDF+C', recording: 'Startdate 05-MAR-1971 X X X' }).startTime).toBe(
      '1971-03-05T04:05:06',
    )
    expect(read({ ...two, reserved: 'EDF+C', recording: 'Startdate X X X X' }).startTime).toBeUndefined()
  })

  it.each<[string, Partial<WrittenEdf>, string]>([
    ['a lead without unit', { signals: [{ ...two.signals[0]!, unit: '' }] }, 'format/units-unknown'],
    ['a lead in pascals', { signals: [{ ...two.signals[0]!, unit: 'Pa' }] }, 'format/units-unknown'],
    [
      'a physical range of nothing',
      { signals: [{ ...two.signals[0]!, physical: ['5', '5'] }] },
      'format/units-unknown',
    ],
    ['a digital range of nothing', { signals: [{ ...two.signals[0]!, digital: ['0', '0'] }] }, 'format/units-unknown'],
    ['no voltage at all', { signals: [{ label: 'Resp', unit: 'l', records: [[1]] }] }, 'format/no-signals'],
    ['only annotations', { signals: [{ label: 'EDF Annotations', records: ['+0\x14\x14'] }] }, 'format/no-signals'],
    ['records of no duration', { durationS: '0' }, 'format/rate-unknown'],
    ['a duration that is no number', { durationS: 'one' }, 'format/rate-unknown'],
    ['a range of volts in coarse steps', { signals: [{ ...two.signals[0]!, unit: 'mV', physical: ['-1000', '1000'] }] }, 'format/units-implausible'], // prettier-ignore
    ['a lead that is there twice', { signals: [two.signals[0]!, two.signals[0]!] }, 'ecg/lead-duplicate'],
    ['interruptions without times', { reserved: 'EDF+D' }, 'format/malformed'],
    [
      'records that overlap in time',
      { reserved: 'EDF+D', signals: [two.signals[0]!, { label: 'EDF Annotations', records: ['+9\x14\x14', '+1\x14\x14'] }] }, // prettier-ignore
      'format/malformed',
    ],
    [
      'a gap of eleven days between two seconds',
      { reserved: 'EDF+D', signals: [two.signals[0]!, { label: 'EDF Annotations', records: ['+000000\x14\x14', '+999999\x14\x14'] }] }, // prettier-ignore
      'format/too-large',
    ],
  ])('is refused with %s', (_, change, code) => expect(refusal({ ...two, ...change })).toBe(code))

  it('is refused where its header declares more than there is', () => {
    const claim = (at: number, length: number, text: string): string => {
      const bytes = writeEdf(two)
      bytes.write(text.padEnd(length), at, 'latin1')
      return refusalCode(() => readRecording(bytes, 'claim.edf', () => undefined))
    }
    expect(claim(252, 4, '9999')).toBe('format/too-large')
    expect(claim(252, 4, '900')).toBe('format/truncated')
    expect(claim(252, 4, '-1')).toBe('format/malformed')
    expect(claim(252, 4, '0')).toBe('format/no-signals')
    expect(claim(256 + 2 * 216, 8, '99999999')).toBe('format/truncated')
    expect(claim(256 + 2 * 216, 8, '1e9')).toBe('format/malformed')
  })
})
