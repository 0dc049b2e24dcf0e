import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import { channel, readFile, readText, refusalCode, SHARED, sharedAbsent } from '../files.ts'
import { expectStatedValues, expectTruncationRefused } from './xml-checks.ts'

interface Strip {
  kind?: string
  rate?: string
  resolution?: string
  count?: string
  leads?: string
  head?: string
  data?: string
  more?: string
}

const RATE = '<SampleRate units="Hz">500</SampleRate>'
const RESOLUTION = '<Resolution units="uVperLsb">5</Resolution>'
const DATA = '<WaveformData lead="I">\t\t20,-20,\r\n\t0</WaveformData>'

/** A CardioSoft export for tests: medians at another rate, then the strip. */
function cardiosoftXml(strip: Strip = {}): string {
  const { kind = 'RestECG', rate = RATE, resolution = RESOLUTION, count = '3', leads = '1', head = '' } = strip
  return `<?xml version="1.0" encoding="ISO8859-1" ?>
<CardiologyXML><ObservationType>${kind}</ObservationType>${head}
  <RestingECGMeasurements><VentricularRate units="BPM">61</VentricularRate>
    <MedianSamples><NumberOfLeads>1</NumberOfLeads><SampleRate units="Hz">250</SampleRate><ChannelSampleCountTotal>2</ChannelSampleCountTotal>${RESOLUTION}<WaveformData lead="I">9,9</WaveformData></MedianSamples>
  </RestingECGMeasurements>
  <StripData><NumberOfLeads>${leads}</NumberOfLeads>${rate}<ChannelSampleCountTotal>${count}</ChannelSampleCountTotal>${resolution}${strip.data ?? DATA}</StripData>${strip.more ?? ''}
</CardiologyXML>
`
}

const twice = cardiosoftXml({ leads: '2', data: DATA + DATA })

describe('a CardioSoft export', () => {
  it('is its strip, not its medians', () => {
    const recording = readText(cardiosoftXml())
    expect(recording).toMatchObject({ format: 'cardiosoft-xml', rateHz: 500, units: '5 µV per unit in the file' })
    expect([...channel(recording, 'I')].map((value) => Number(value.toFixed(6)))).toEqual([0.1, -0.1, 0])
  })

  it('tells patient, device, time and the measured rate', () => {
    const head = `<ObservationDateTime><Hour>4</Hour><Minute>5</Minute><Second>6</Second><Day>22</Day><Month>7</Month><Year>2013</Year></ObservationDateTime>
      <ClinicalInfo><DeviceInfo><Desc>CS</Desc><SoftwareVer>V6.71</SoftwareVer></DeviceInfo></ClinicalInfo>
      <PatientInfo><PID>7</PID><Name><FamilyName>Müller</FamilyName><GivenName>B</GivenName></Name><Age units="MONTHS">18</Age><BirthDateTime><Day>1</Day><Month>2</Month><Year>2012</Year></BirthDateTime><Gender>FEMALE</Gender></PatientInfo>`
    expect(readRecording(Buffer.from(cardiosoftXml({ head }), 'latin1'), 'c.xml', () => undefined)).toMatchObject({
      patient: { id: '7', name: 'Müller, B', sex: 'female', birthDate: '2012-02-01', ageYears: 1.5 },
      device: 'GE CardioSoft, CS, V6.71',
      startTime: '2013-07-22T04:05:06',
      measuredHeartRateBpm: 61,
    })
  })

  it('has a resolution in mV or nV, too', () => {
    const first = (resolution: string): number => channel(readText(cardiosoftXml({ resolution })), 'I')[0]!
    expect(first('<Resolution units="mVperLsb">0.005</Resolution>')).toBeCloseTo(0.1, 6)
    expect(first('<Resolution units="nVperLsb">5000</Resolution>')).toBeCloseTo(0.1, 6)
  })

  it.each<[string, string, string]>([
    ['a resolution without a unit', cardiosoftXml({ resolution: '<Resolution>5</Resolution>' }), 'format/units-unknown'],
    ['a resolution in another unit', cardiosoftXml({ resolution: '<Resolution units="mmperLsb">5</Resolution>' }), 'format/units-unknown'],
    ['a resolution of 0', cardiosoftXml({ resolution: '<Resolution units="uVperLsb">0</Resolution>' }), 'format/units-unknown'],
    ['a rate without a unit', cardiosoftXml({ rate: '<SampleRate>500</SampleRate>' }), 'format/rate-unknown'],
    ['no rate', cardiosoftXml({ rate: '' }), 'format/rate-unknown'],
    ['fewer samples than declared', cardiosoftXml({ count: '4' }), 'format/truncated'],
    ['more samples than declared', cardiosoftXml({ count: '2' }), 'format/truncated'],
    ['no declared number of samples', cardiosoftXml({ count: '' }), 'format/truncated'],
    ['fewer leads than declared', cardiosoftXml({ leads: '12' }), 'format/truncated'],
    ['a number of samples beyond all limits', cardiosoftXml({ count: '1e300' }), 'format/too-large'],
    ['an empty place in the samples', cardiosoftXml({ data: '<WaveformData lead="I">1,,2</WaveformData>' }), 'format/malformed'],
    ['a comma at the end', cardiosoftXml({ data: '<WaveformData lead="I">1,2,3,</WaveformData>' }), 'format/malformed'],
    ['a lead without a name', cardiosoftXml({ data: '<WaveformData>1,2,3</WaveformData>' }), 'format/malformed'],
    ['a lead that is there twice', twice, 'ecg/lead-duplicate'],
    ['an exercise test', cardiosoftXml({ kind: 'ExerciseECG' }), 'format/unsupported'],
    ['two strips', cardiosoftXml({ more: '<StripData/>' }), 'format/no-rhythm'],
    ['entities of its own', cardiosoftXml().replace('<CardiologyXML', '<!DOCTYPE CardiologyXML [<!ENTITY a "b">]><CardiologyXML'), 'format/doctype'],
  ])('is refused with %s', (_, text, code) => expect(refusalCode(() => readText(text))).toBe(code)) // prettier-ignore

  it('is named by its kind where it is no resting ECG', () =>
    expect(() => readText(cardiosoftXml({ kind: 'ExerciseECG' }))).toThrow('ExerciseECG'))

  it('is refused when it was cut off, at any byte', () => {
    const document = Buffer.from(cardiosoftXml())
    expectTruncationRefused(document, document.length - 3)
  })
})

describe.skipIf(sharedAbsent)('the CardioSoft export beside the repository', () => {
  const read = () => readFile(join(SHARED, 'cardiosoft'), 'gopringle_b.xml')

  it('has the values that another decoder found', () => {
    const recording = read()
    expect(recording.channels.map(({ samplesMv }) => samplesMv.length)).toEqual(Array(12).fill(5000))
    expectStatedValues(recording, 'cardiosoft/gopringle_b.xml')
  })

  it('tells who, when and by what it was recorded', () =>
    expect(read()).toMatchObject({
      rateHz: 500,
      units: '5 µV per unit in the file',
      patient: { id: '61470', sex: 'female', birthDate: '1968-04-19', ageYears: 45 },
      device: 'GE CardioSoft, CS, V6.71, 12SL V21',
      startTime: '2013-07-22T04:05:00',
      measuredHeartRateBpm: 90,
      warnings: [],
    }))

  it('is refused when it was cut off', () =>
    expectTruncationRefused(readFileSync(join(SHARED, 'cardiosoft/gopringle_b.xml')), 80))
})
