import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import { toWaveform } from '../../../src-main/ecg/waveform.ts'
import { channel, readFile, readText, refusalCode, SHARED, sharedAbsent, statedValues } from '../files.ts'
import { museXml, type MuseSample } from './muse-writer.ts'

const I: MuseSample = { name: 'I', values: [100, -100, 0] }
const II: MuseSample = { name: 'II', values: [1, 2, 3] }
const codes = (text: string): string[] => readText(text).warnings.map(({ code }) => code)

describe('a MUSE export', () => {
  it('is its rhythm in microvolts per bit, not its median', () => {
    const recording = readText(museXml([I, II]))
    expect(recording).toMatchObject({ format: 'muse-xml', rateHz: 500, units: '4.88 µV per unit in the file' })
    expect([...channel(recording, 'I')]).toEqual([Math.fround(0.488), Math.fround(-0.488), 0])
  })

  it('has the rate base × 10^exponent', () => {
    expect(readText(museXml([I], { base: '5', exponent: '2' })).rateHz).toBe(500)
    expect(readText(museXml([I], { base: '250', exponent: '' })).rateHz).toBe(250)
  })

  it.each([
    ['ISO-8859-1', 'latin1'],
    ['UTF-8', 'utf8'],
  ] as const)('is read in %s', (encoding, bytes) => {
    const head = '<PatientDemographics><PatientLastName>Müller</PatientLastName></PatientDemographics>'
    const file = Buffer.from(museXml([I], { head, encoding }), bytes)
    expect(readRecording(file, 'm.xml', () => undefined).patient?.name).toBe('Müller')
  })

  it('tells patient, device, time and the measured rate', () => {
    const head = `<MuseInfo><MuseVersion>9.0</MuseVersion></MuseInfo>
      <PatientDemographics><PatientID>7</PatientID><PatientAge>18</PatientAge><AgeUnits>MONTHS</AgeUnits><DateofBirth>12-31-2020</DateofBirth>
      <Gender>FEMALE</Gender><PatientLastName>A</PatientLastName><PatientFirstName>B</PatientFirstName></PatientDemographics>
      <TestDemographics><AcquisitionDevice>MAC</AcquisitionDevice><AcquisitionTime>22:41:16</AcquisitionTime><AcquisitionDate>06-30-2022</AcquisitionDate></TestDemographics>
      <RestingECGMeasurements><VentricularRate>61</VentricularRate></RestingECGMeasurements>`
    expect(readText(museXml([I], { head }))).toMatchObject({
      patient: { id: '7', name: 'A, B', sex: 'female', birthDate: '2020-12-31', ageYears: 1.5 },
      device: 'MAC, MUSE 9.0',
      startTime: '2022-06-30T22:41:16',
      measuredHeartRateBpm: 61,
    })
  })

  it('warns of a wrong checksum and of a lead that was off', () => {
    expect(codes(museXml([I]))).not.toContain('muse-xml/checksum')
    expect(codes(museXml([{ ...I, crc: 1 }]))).toContain('muse-xml/checksum')
    expect(codes(museXml([{ ...I, off: true }]))).toContain('ecg/lead-off')
  })

  it.each<[string, string, string]>([
    ['amplitudes without a unit', museXml([{ ...I, units: null }]), 'format/units-unknown'],
    ['amplitudes in an unknown unit', museXml([{ ...I, units: 'FURLONGS' }]), 'format/units-unknown'],
    ['no rate', museXml([I], { base: '' }), 'format/rate-unknown'],
    ['fewer samples than declared', museXml([{ ...I, declared: 4 }]), 'format/truncated'],
    ['samples that are no base64', museXml([{ ...I, data: 'AAAA*AAA' }]), 'format/malformed'],
    ['base64 that was cut', museXml([{ ...I, data: 'AAAAAAA' }]), 'format/malformed'],
    ['leads that start at different times', museXml([I, { ...II, offset: 1250 }]), 'format/unsupported'],
    ['nothing but a median', museXml([I], { type: 'Average' }), 'format/no-rhythm'],
    [
      'two rhythms',
      museXml([I], { head: '<Waveform><WaveformType>Rhythm</WaveformType></Waveform>' }),
      'format/no-rhythm',
    ],
    ['leads of different length', museXml([I, { name: 'II', values: [1] }]), 'ecg/length-mismatch'],
    ['another document type', museXml([I]).replace('restecg.dtd', 'http://elsewhere/x.dtd'), 'format/doctype'],
    [
      'a document type with entities',
      museXml([I]).replace('"restecg.dtd"', '"restecg.dtd" [<!ENTITY a "b">]'),
      'format/doctype',
    ],
    ['an entity that nobody declared', museXml([I], { head: '<a>&b;</a>' }), 'format/malformed'],
  ])('is refused with %s', (_, text, code) => expect(refusalCode(() => readText(text))).toBe(code))
})

describe.skipIf(sharedAbsent)('MUSE exports beside the repository', () => {
  it.each([
    ['braveheart_example1.xml', 48],
    ['braveheart_example4.xml', 61],
    ['egm_muse-sinus.xml', 90],
  ])('%s has the values that another decoder found, and its measured rate', (file, rate) => {
    const recording = readFile(join(SHARED, 'muse'), file)
    expect(recording).toMatchObject({ rateHz: 500, measuredHeartRateBpm: rate })
    const stated = statedValues(`muse/${file}`)
    expect(stated.map(({ lead }) => lead)).toEqual(recording.channels.map(({ name }) => name))
    for (const { lead, valuesMv, toleranceMv } of stated) {
      const samples = channel(recording, lead)
      for (const [t, value] of valuesMv.entries())
        expect(Math.abs(samples[t]! - value)).toBeLessThanOrEqual(toleranceMv)
      expect(samples.length).toBe(5000)
    }
    // All checksums of these files are known to match.
    expect(recording.warnings).toEqual([])
  })

  it('agrees, derived leads included, with the same ECG exported to WFDB by its owner', () => {
    const muse = toWaveform(readFile(join(SHARED, 'muse'), 'egm_muse-sinus.xml'))
    // That export stores microvolts but its header says 200 units per mV, so that the unit is asked for.
    const wfdb = toWaveform(readFile(join(SHARED, 'ground_truth/muse_sinus_wfdb'), 'muse-sinus.hea', { unit: 'uV' }))
    for (const [lead, samples] of Object.entries(muse.leadsMv)) {
      const other = wfdb.leadsMv[lead as keyof typeof wfdb.leadsMv]
      const worst = samples.reduce((most, value, t) => Math.max(most, Math.abs(value - other[t]!)), 0)
      // Rounded to whole microvolts there; a derived lead adds the rounding of its own.
      expect(worst, lead).toBeLessThan(0.00101)
    }
    expect(muse.derivedLeads).toEqual(['III', 'aVR', 'aVL', 'aVF'])
  })
})
