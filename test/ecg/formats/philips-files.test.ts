import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import { FIXTURES, readFile, SHARED, sharedAbsent } from '../files.ts'
import { expectStatedValues, expectTruncationRefused } from './xml-checks.ts'

const FOLDER = join(SHARED, 'philips')
const FILES = ['129DYPRG_1.03.xml', 'ZZDEMOPTONLY_1.04.xml', 'ecg_900657176_1.04_15lead.xml'] as const

/** Counts of the twelve leads in the middle, as the shared folder's README states them and other software asserts them. */
const MIDDLE = {
  '129DYPRG_1.03.xml': [-9, -17, -7, 13, -1, -12, 0, -1, -3, -4, -7, -6],
  'ZZDEMOPTONLY_1.04.xml': [-11, -54, -43, 33, 16, -50, 7, -4, -14, -41, -35, -33],
  'ecg_900657176_1.04_15lead.xml': [-19, -30, -11, 25, -4, -22, 16, 4, -5, -16, -28, -39],
}

const middleCounts = (folder: string, file: string): number[] =>
  readFile(folder, file).channels.map(({ samplesMv }) => Math.round(samplesMv[2750]! * 200))

describe('the Philips document of the repository', () => {
  it('has the counts that other software asserts in its middle', () =>
    expect(middleCounts(FIXTURES, FILES[0])).toEqual(MIDDLE[FILES[0]]))

  it('is refused when it was cut off', () => expectTruncationRefused(readFileSync(join(FIXTURES, FILES[0])), 40))
})

describe.skipIf(sharedAbsent)('Philips documents beside the repository', () => {
  it.each(FILES)('%s has the values that another decoder found', (file) => {
    const recording = readFile(FOLDER, file)
    expect(recording).toMatchObject({ rateHz: 500, units: '5 µV per unit in the file' })
    const leads = file.includes('15lead') ? 15 : 12
    expect(recording.channels.map(({ samplesMv }) => samplesMv.length)).toEqual(Array(leads).fill(5500))
    expectStatedValues(recording, `philips/${file}`)
    expect(middleCounts(FOLDER, file).slice(0, 12)).toEqual(MIDDLE[file])
  })

  it.each(FILES)('%s ends with the calibration pulse of 1 mV and 0.2 s, and says so', (file) => {
    const recording = readFile(FOLDER, file)
    expect(recording.warnings.map(({ code }) => code)).toEqual(['philips/calibration'])
    for (const { samplesMv } of recording.channels) {
      const high = [...samplesMv.subarray(5300)].filter((value) => value !== 0)
      expect(high).toEqual(Array(100).fill(1))
    }
  })

  it.each([
    ['129DYPRG_1.03.xml', 'Philips HeartstartMRx', '2011-12-01T07:27:34', 41, { id: '1112010721168bdc', sex: 'male', ageYears: 50 }],
    ['ZZDEMOPTONLY_1.04.xml', 'Philips PageWriter Touch, Philips Medical Products:860315:A.01.01.01', '2010-01-19T15:19:22', 84, { id: '9999', name: 'ZZDEMOPTONLY, ADULT', sex: 'male', birthDate: '1950-01-01' }],
    ['ecg_900657176_1.04_15lead.xml', 'Philips PageWriter Touch, Philips Medical Products:860315:A.04.04.02', '1973-03-15T10:01:10', 120, { id: '900657176', sex: 'female', birthDate: '1959-01-20' }],
  ])('%s tells who, when and by what it was recorded', (file, device, startTime, measuredHeartRateBpm, patient) =>
    expect(readFile(FOLDER, file)).toMatchObject({ device, startTime, measuredHeartRateBpm, patient })) // prettier-ignore

  it('are the same ECG in the other byte order and in UTF-8', () => {
    const file = readFileSync(join(FOLDER, 'ZZDEMOPTONLY_1.04.xml'))
    const other = Buffer.from(file.subarray(0, file.length & ~1)).swap16()
    const utf8 = Buffer.from(file.toString('utf16le').replace('"utf-16"', '"utf-8"'))
    const whole = readFile(FOLDER, 'ZZDEMOPTONLY_1.04.xml')
    for (const bytes of [other, utf8]) expect(readRecording(bytes, 'p.xml', () => undefined)).toEqual(whole)
  })

  it.each(FILES)('%s is refused when it was cut off', (file) =>
    expectTruncationRefused(readFileSync(join(FOLDER, file)), 60),
  )
})
