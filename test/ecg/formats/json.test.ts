import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import { companionNames, readRecording } from '../../../src-main/ecg/read-recording.ts'
import { channel, companionsIn, readText, refusalCode, SHARED, sharedAbsent, statedValues } from '../files.ts'
import { MADE, MADE_RATE_HZ, madeMicrovolts, wholeMicrovolts } from './made.ts'

const leads = { I: [0.001, 0.002], II: [-1, null] }
const text = (object: unknown): string => JSON.stringify(object)
const refusal = (object: unknown, files: Record<string, Uint8Array> = {}): string =>
  refusalCode(() => readText(text(object), files))

describe.skipIf(sharedAbsent)('the paediatric JSON file beside the repository', () => {
  const path = join(SHARED, 'json/Kawasaki_P01062_E01.json')
  const original = (): string => readFileSync(path, 'utf8')

  it('states no unit, so it is refused and never guessed', () => {
    expect(refusalCode(() => readText(original()))).toBe('format/units-unknown')
  })

  it('with the unit written in has the values that were decoded independently', () => {
    const recording = readText(original().replace('"signal": {', '"signal": {"unit": "mV",'))
    expect(recording).toMatchObject({
      format: 'json',
      rateHz: 500,
      units: 'mV as the JSON text states',
      startTime: '2018-05-22T11:26:39',
      patient: { id: 'P01062', name: 'PATIENT, P01062', sex: 'male' },
    })
    expect(recording.patient!.ageYears).toBeCloseTo(16 / 12)
    expect(recording.channels.map(({ name }) => name)).toEqual([...LEAD_NAMES])
    const stated = statedValues('json/Kawasaki_P01062_E01.json')
    expect(stated.length).toBe(12)
    for (const [index, { valuesMv }] of stated.entries()) {
      const samples = recording.channels[index]!.samplesMv
      expect(samples.length).toBe(7000)
      for (const [t, value] of valuesMv.entries()) expect(Math.abs(samples[t]! - value)).toBeLessThanOrEqual(0.51e-4)
    }
  })

  it('cut off anywhere is refused', () => {
    const bytes = readFileSync(path)
    for (let part = 1; part < 20; part++) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * part) / 20))
      expect(refusalCode(() => readRecording(cut, 'cut.json', () => undefined))).toBe('format/malformed')
    }
  })
})

describe('a JSON file with a list of numbers for each lead', () => {
  it('is in the unit that it states, with null where there is no sample', () => {
    const recording = readText(text({ leads, rateHz: 2, unit: 'V' }))
    expect([...channel(recording, 'I')]).toEqual([1, 2])
    expect([...channel(recording, 'II')]).toEqual([-1000, NaN])
  })

  it.each<[string, unknown, string]>([
    ['no rate', { leads, unit: 'mV' }, 'format/rate-unknown'],
    ['a rate of 0', { leads, unit: 'mV', rateHz: 0 }, 'format/rate-unknown'],
    ['a rate in words', { leads, unit: 'mV', rateHz: '500' }, 'format/rate-unknown'],
    ['no unit', { leads, rateHz: 500 }, 'format/units-unknown'],
    ['a unit that is no voltage', { leads, rateHz: 500, unit: 'adu' }, 'format/units-unknown'],
    ['a word among the numbers', { leads: { I: [1, 'two'] }, rateHz: 500, unit: 'mV' }, 'format/malformed'],
    ['a lead that is no list', { leads: { I: 1 }, rateHz: 500, unit: 'mV' }, 'format/malformed'],
    ['leads of two lengths', { leads: { I: [1], II: [1, 2] }, rateHz: 500, unit: 'mV' }, 'ecg/length-mismatch'],
    ['a lead twice', { leads: { aVR: [1], AVR: [1] }, rateHz: 500, unit: 'mV' }, 'ecg/lead-duplicate'],
    ['no leads', { leads: {}, rateHz: 500, unit: 'mV' }, 'format/no-signals'],
    ['names and no numbers', { leads: ['I'], rateHz: 500, unit: 'mV' }, 'format/malformed'],
  ])('is refused with %s', (_, object, code) => expect(refusal(object)).toBe(code))

  it('is refused where a key is a name of every object', () => {
    expect(refusalCode(() => readText('{"leads": {"__proto__": [1], "constructor": 2}, "fs": 1, "unit": "mV"}'))).toBe(
      'format/malformed',
    )
    expect(refusalCode(() => readText('{"leads": {"I": [1]}, "constructor": {}, "signal": []}'))).toBe('format/rate-unknown') // prettier-ignore
  })

  it('is refused, not crashed by, a hundred thousand brackets', () => {
    expect(refusalCode(() => readText(`{"leads": ${'['.repeat(100_000)}`))).toBe('format/malformed')
    expect(refusalCode(() => readText(`{"leads": ${'['.repeat(5000)}${']'.repeat(5000)}}`))).toBe('format/malformed')
  })
})

describe('a NumPy array with a JSON file that tells what it is', () => {
  const description = { rateHz: MADE_RATE_HZ, unit: 'uV', leads: LEAD_NAMES }
  const describing = (file: string, change: object = {}): Buffer =>
    Buffer.from(text({ file, ...description, ...change }))
  const readMade = (file: string, change: object = {}) =>
    readRecording(describing(file, change), 'made.json', companionsIn(MADE))

  it.each(['rows.npy', 'columns.npy', 'fortran.npy'])('%s has the samples that NumPy saved', (file) => {
    const recording = readMade(file)
    expect(recording.rateHz).toBe(MADE_RATE_HZ)
    expect(wholeMicrovolts(recording)).toEqual(madeMicrovolts(1))
  })

  it('is a companion of its description', () => {
    expect(companionNames(describing('rows.npy'), 'made.json')).toEqual(['rows.npy'])
  })

  it('alone is refused with what to do', () => {
    expect(() => readRecording(readFileSync(join(MADE, 'rows.npy')), 'rows.npy', () => undefined)).toThrow('"rateHz"')
  })

  it('does not depend on the order of its rows', () => {
    const turned = readMade('rows.npy', { leads: LEAD_NAMES.toReversed() })
    const straight = readMade('rows.npy')
    for (const [index, lead] of LEAD_NAMES.entries()) {
      expect(channel(turned, lead)).toEqual(channel(straight, LEAD_NAMES[11 - index]!))
    }
  })

  it.each<[string, object, string]>([
    ['no rate', { rateHz: undefined }, 'format/rate-unknown'],
    ['no unit', { unit: undefined }, 'format/units-unknown'],
    ['no names', { leads: [] }, 'format/columns-unnamed'],
    ['eleven names for twelve rows', { leads: LEAD_NAMES.slice(1) }, 'format/lead-count'],
    ['an array that is not there', { file: 'none.npy' }, 'format/companion-missing'],
    ['an array in another folder', { file: '../made/rows.npy' }, 'format/companion-name'],
  ])('is refused with %s', (_, change, code) => expect(refusalCode(() => readMade('rows.npy', change))).toBe(code))

  it('is refused where rows and columns both may be the leads', () => {
    const square = npy("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 2), }", 4)
    expect(refusal({ file: 'a.npy', ...description, leads: ['I', 'II'] }, { 'a.npy': square })).toBe(
      'format/lead-count',
    )
  })

  it.each([
    ["{'descr': '|O', 'fortran_order': False, 'shape': (12, 60), }", 'format/unsupported'],
    ["{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (12, 60), }", 'format/unsupported'],
    ["{'descr': '<c8', 'fortran_order': False, 'shape': (12, 60), }", 'format/unsupported'],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (2, 12, 60), }", 'format/unsupported'],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (12, 999999999), }", 'format/truncated'],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (-12, 60), }", 'format/malformed'],
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (12, 6e99), }", 'format/malformed'],
    ['{}', 'format/malformed'],
  ])('whose header is %s is refused', (header, code) =>
    expect(refusal({ file: 'a.npy', ...description }, { 'a.npy': npy(header, 64) })).toBe(code),
  )

  it('cut off at any byte is refused', () => {
    const whole = readFileSync(join(MADE, 'columns.npy'))
    for (let length = 0; length < whole.length; length++) {
      const companion = (): Uint8Array => whole.subarray(0, length)
      const code = refusalCode(() => readRecording(describing('a.npy'), 'a.json', companion))
      expect(code, `at ${length}`).toMatch(/^format\/(?:truncated|malformed)$/)
    }
  })
})

function npy(header: string, dataBytes: number): Buffer {
  const start = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 255, header.length >> 8])
  return Buffer.concat([start, Buffer.from(header), Buffer.alloc(dataBytes)])
}
