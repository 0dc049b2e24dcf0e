import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import { ReadingAnswer } from '../../../src-preload/contract/reading.ts'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { GivenAnswer } from '../../../src-main/ecg/recording.ts'
import { channel, readFile, readText, refusalCode, SHARED, sharedAbsent, statedValues } from '../files.ts'
import { lead, waveformObject } from './dicom-sample.ts'
import { writeDicom } from './dicom-writer.ts'
import { writeEdf } from './edf-writer.ts'
import { MADE, madeMicrovolts, wholeMicrovolts } from './made.ts'

const read = (bytes: Uint8Array | string, answer?: GivenAnswer) =>
  readRecording(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, 'test', () => undefined, answer)

/** Samples of a lead in whole µV. */
const microvolts = (recording: ReturnType<typeof read>, name: string): number[] =>
  [...channel(recording, name)].map((value) => Math.round(value * 1000) + 0)

describe('a table without names', () => {
  const TEXT = 'Rhythm signal: 3 X 3\n\n1 -2 7\n3 4 8\n5 6 9\n-7 8 10\n'

  it('is refused until its columns, unit and rate are stated, and then read by them', () => {
    expect(refusalCode(() => read(TEXT))).toBe('format/columns-unnamed')
    const leads = ['I', '-', 'II']
    expect(refusalCode(() => read(TEXT, { leads }))).toBe('format/units-unknown')
    expect(refusalCode(() => read(TEXT, { leads, unit: 'uV' }))).toBe('format/rate-unknown')
    const recording = read(TEXT, { leads, unit: 'uV', gain: 0.2, rateHz: 250 })
    expect(recording).toMatchObject({
      rateHz: 250,
      units: 'gain 0.2 steps/µV, stated by the user',
      rateSource: 'stated by the user',
      leadSource: 'stated by the user',
      answered: ['units', 'rate', 'leads'],
    })
    expect(microvolts(recording, 'I')).toEqual([5, 15, 25, -35])
    expect(microvolts(recording, 'II')).toEqual([35, 40, 45, 50])
  })

  it('is refused where not every column was named', () => {
    expect(refusalCode(() => read(TEXT, { leads: ['I', 'II'], unit: 'uV', rateHz: 250 }))).toBe('format/lead-count')
  })

  it('begins where the user says, with what stands between its numbers', () => {
    const text = '9;9\n1,5;2\n3;4\n5;6\n'
    const table = { delimiter: 'semicolon', firstLine: 2 } as const
    const recording = read(text, { leads: ['I', 'II'], unit: 'mV', rateHz: 100, table })
    expect([...channel(recording, 'I')]).toEqual([1.5, 3, 5])
  })

  it('does not look into a column that is left out', () => {
    const text = 'when,I,II\n10:00 a,1,2\n10:00 b,3,4\n10:00 c,5,6\n'
    const table = { delimiter: 'comma', firstLine: 2 } as const
    const recording = read(text, { leads: ['-', 'I', 'II'], unit: 'mV', rateHz: 100, table })
    expect([...channel(recording, 'II')]).toEqual([2, 4, 6])
  })
})

describe('a table with names', () => {
  it('takes a unit that it lacks from the user, and its rate from its own times', () => {
    const text = 'time (ms),I,II\n0,1,2\n2,3,4\n4,5,6\n'
    expect(refusalCode(() => read(text))).toBe('format/units-unknown')
    const recording = read(text, { unit: 'mV' })
    expect(recording).toMatchObject({ rateHz: 500, rateSource: 'time column of the table', answered: ['units'] })
    // A column of times that is left out still tells the rate.
    expect(read(text, { unit: 'mV', leads: ['-', 'V1', 'V2'] })).toMatchObject({ rateHz: 500 })
  })
})

describe('an EDF header that claims a range of volts (Contec)', () => {
  const signal = (label: string) => ({
    label,
    unit: 'mV',
    physical: ['-1000', '1000'] as const,
    records: [[-20, 40, 8, 0]],
  })
  const file = writeEdf({ signals: [signal('I'), signal('II')] })

  it('is asked about, and read by the step that the user states', () => {
    expect(refusalCode(() => read(file))).toBe('format/units-implausible')
    const recording = read(file, { unit: 'uV', gain: 0.2 })
    expect(microvolts(recording, 'II')).toEqual([-100, 200, 40, 0])
    expect(recording).toMatchObject({ answered: ['units'], rateSource: 'samples per data record in the EDF header' })
  })
})

describe('a WFDB header that claims 200 steps a millivolt over microvolts (MUSE exports)', () => {
  const counts = Array.from({ length: 400 }, (_, t) => Math.round(60 * Math.sin(t / 9) + 20 * Math.sin(t)))
  const record = (values: readonly number[], gain: string) =>
    ({
      text: `r 2 500 ${values.length}\nr.dat 16 ${gain}/mV 16 0 0 0 0 I\nr.dat 16 ${gain}/mV 16 0 0 0 0 II\n`,
      'r.dat': new Uint8Array(Int16Array.from(values.flatMap((value) => [value, value])).buffer),
    }) as const
  const open = ({ text, ...files }: ReturnType<typeof record>, answer?: GivenAnswer) =>
    readRecording(Buffer.from(text), 'r.hea', (name) => files[name as 'r.dat'], answer)

  it('is asked about where all numbers are multiples of a cart’s step, and read by the user’s unit', () => {
    for (const step of [4.88, 5]) {
      const stored = counts.map((count) => Math.round(count * step))
      expect(refusalCode(() => open(record(stored, '200')))).toBe('format/units-implausible')
      expect(microvolts(open(record(stored, '200'), { unit: 'uV' }), 'I')).toEqual(stored)
      // The same numbers are right where the header says that they are microvolts.
      expect(microvolts(open(record(stored, '1000')), 'I')).toEqual(stored)
    }
  })

  it('is believed where its numbers are not on such a grid', () => {
    expect(channel(open(record(counts, '200')), 'I')[7]).toBeCloseTo(counts[7]! / 200, 6)
  })
})

describe('other files', () => {
  it('of NumPy are read with a complete answer', () => {
    const answer = { rateHz: 20, unit: 'uV', gain: 1, leads: [...LEAD_NAMES] } as const
    const recording = readFile(MADE, 'rows.npy', { ...answer, leads: [...LEAD_NAMES] })
    expect(wholeMicrovolts(recording)).toEqual(madeMicrovolts(1))
    expect(refusalCode(() => readFile(MADE, 'rows.npy', { rateHz: 20 }))).toBe('format/rate-unknown')
  })

  it('of MATLAB take what they lack from the user', () => {
    const answer = { rateHz: 20, unit: 'uV' as const, leads: [...LEAD_NAMES] }
    expect(wholeMicrovolts(readFile(MADE, 'bare.mat', answer))).toEqual(madeMicrovolts(1))
  })

  it('that state everything are scaled, timed and named anew where the user contradicts them', () => {
    const file = writeDicom(
      waveformObject([{ channels: [lead(1, 'I'), lead(2, 'II')], samples: [1, 2, 3, 4] }]),
      'explicit',
      true,
    )
    const plain = read(file)
    const recording = read(file, { unit: 'uV', gain: 2, rateHz: 250, leads: ['II', 'V1'], remembered: true })
    expect(recording.channels.map(({ name }) => name)).toEqual(['II', 'V1'])
    expect(microvolts(recording, 'II')).toEqual(
      [...plain.channels[0]!.samplesMv]
        .map((value) => Math.round((value / plain.channels[0]!.stepMv!) * 500) / 1000)
        .map(Math.round),
    )
    expect(recording).toMatchObject({
      rateHz: 250,
      leadSource: 'stated by the user for an earlier file with this header',
    })
    expect(refusalCode(() => read(file, { leads: ['I', 'I'] }))).toBe('ecg/lead-duplicate')
  })

  it('in JSON take a unit from the user', () => {
    const text = JSON.stringify({ sampleRate: 500, leads: { I: [1, 2], II: [3, 4] } })
    expect(refusalCode(() => readText(text))).toBe('format/units-unknown')
    expect(microvolts(read(text, { unit: 'mV', gain: 10 }), 'I')).toEqual([100, 200])
  })
})

describe('an answer', () => {
  it('may state a gain only with its unit, and nothing that is no number of hertz', () => {
    expect(ReadingAnswer.safeParse({ unit: 'mV', gain: 200 }).success).toBe(true)
    for (const wrong of [{ gain: 200 }, { rateHz: 0 }, { rateHz: '500' }, { unit: 'mm' }, { leads: [] }, { rate: 1 }])
      expect(ReadingAnswer.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false)
  })
})

const TWELVE = [...LEAD_NAMES]
const ANSWERS: Record<string, GivenAnswer> = {
  'csv/GEMagellan_J123456_10sec.txt': { unit: 'uV', rateHz: 500, leads: TWELVE },
  'csv/contec_0000050.csv': { unit: 'uV', gain: 0.2, rateHz: 800, leads: TWELVE },
  'edf/contec_0000050.edf': { unit: 'uV', gain: 0.2 },
  'json/Kawasaki_P01062_E01.json': { unit: 'mV' },
}

describe.skipIf(sharedAbsent)('files beside the repository that do not say it all', () => {
  it.each(Object.entries(ANSWERS))('%s gives the verified values once the user has answered', (path, answer) => {
    expect(refusalCode(() => readFile(SHARED, path))).toMatch(
      /^format\/(?:columns-unnamed|units-(?:unknown|implausible))$/,
    )
    const recording = readFile(SHARED, path, answer)
    const stated = statedValues(path.split('/')[1]!.replace(/\.edf$/, '.csv')).flatMap(({ lead: text, ...values }) => {
      const name = TWELVE.find((each) => each.toLowerCase() === /\w*$/.exec(text)![0].toLowerCase())
      return name ? [{ name, ...values }] : []
    })
    if (path.includes('GEMagellan'))
      expect(microvolts(recording, 'V6').slice(0, 10)).toEqual([10, 10, 10, 10, 5, 0, -5, -10, -10, -10]) // prettier-ignore
    else expect(stated.length).toBeGreaterThanOrEqual(6)
    for (const { name, valuesMv, toleranceMv } of stated) {
      const samples = channel(recording, name)
      for (const [t, value] of valuesMv.entries())
        expect(Math.abs(samples[t]! - value)).toBeLessThanOrEqual(toleranceMv)
    }
  })

  it('of one Contec recording agree in all three formats, as far as each goes', () => {
    const [csv, edf] = ['csv', 'edf'].map((ending) => {
      const path = `${ending}/contec_0000050.${ending}`
      return readFile(SHARED, path, ANSWERS[path])
    })
    const scp = readFile(join(SHARED, 'scp'), 'contec_0000050.scp')
    for (const name of TWELVE.slice(0, 6)) {
      expect(channel(edf!, name)).toEqual(channel(csv!, name))
      const whole = channel(csv!, name)
      expect(whole.length).toBe(37855)
      const worst = channel(scp, name).reduce((most, value, t) => Math.max(most, Math.abs(value - whole[t]!)), 0)
      expect(worst).toBeLessThan(1e-6)
    }
  })
})
