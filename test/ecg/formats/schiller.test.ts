import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { channel, readFile, readText, refusalCode, SHARED, sharedAbsent } from '../files.ts'
import { expectStatedValues, expectTruncationRefused } from './xml-checks.ts'

const ROOT = 'com.xiriuz.sema.xml.schillerEDI.SchillerEDI'
const lead = ({ name = 'AVR', data = '100,-100,0', type = 'COMMASEPARATE', count = '3' } = {}): string =>
  `<channel><annotation_lead><name>P_POS_AMPL</name><value>0.02</value></annotation_lead><name>${name}</name><data>${data}</data><datastype>${type}</datastype><samplecount>${count}</samplecount></channel>`
const wave = (type: string, channels: string, { exponent = '1', rate = '500', perBit = '2.5', unit = 'UV' } = {}) =>
  `<wavedata><type>${type}</type><resolution><samplerate><exponent>${exponent}</exponent><value>${rate}</value></samplerate><yres><unitperbit>${perBit}</unitperbit><units>${unit}</units></yres></resolution>${channels}</wavedata>`

/** A SEMA export for tests: averages, then what is given. */
const schillerXml = (waves: string, { head = '', root = ROOT } = {}): string =>
  `\ufeff<?xml version="1.0" encoding="UTF-8"?>
<${root}>${head}<eventdata><event>${wave('ECG_AVERAGES', lead({ data: '9,9,9' }))}${waves}
<annotation_global><name>RR</name><value>1000</value></annotation_global><annotation_global><name>HR</name><value>60</value></annotation_global></event></eventdata></${root}>
`
const rhythm = (channels: string, more = {}): string => schillerXml(wave('ECG_RHYTHMS', channels, more))

describe('a Schiller export', () => {
  it('is its rhythm, not its averages, and its rate is no power of ten', () => {
    const recording = readText(rhythm(lead()))
    expect(recording).toMatchObject({ format: 'schiller-xml', rateHz: 500, units: '2.5 µV per unit in the file' })
    expect([...channel(recording, 'aVR')]).toEqual([0.25, -0.25, 0])
  })

  it('tells patient, device, time and the measured rate', () => {
    const head = `<patdata><id>7</id><lastname>A</lastname><firstname>B</firstname><birthdate>19710616</birthdate><gender>MALE</gender></patdata>
      <examdescript><startdatetime><date>20060502</date><time>140610000</time></startdatetime><aquiringdevice><hardware><vendor>Schiller</vendor><model>AT-110</model></hardware><software><model>SEMA</model><version>2.64.0</version></software></aquiringdevice></examdescript>`
    expect(readText(schillerXml(wave('ECG_RHYTHMS', lead()), { head }))).toMatchObject({
      patient: { id: '7', name: 'A, B', sex: 'male', birthDate: '1971-06-16' },
      device: 'Schiller AT-110, SEMA 2.64.0',
      startTime: '2006-05-02T14:06:10',
      measuredHeartRateBpm: 60,
    })
  })

  it.each<[string, string, string]>([
    ['amplitudes without a unit', rhythm(lead(), { unit: '' }), 'format/units-unknown'],
    ['amplitudes in another unit', rhythm(lead(), { unit: 'MM' }), 'format/units-unknown'],
    ['amplitudes of 0 per bit', rhythm(lead(), { perBit: '0' }), 'format/units-unknown'],
    ['another exponent of its rate', rhythm(lead(), { exponent: '2' }), 'format/rate-unknown'],
    ['no rate', rhythm(lead(), { rate: '' }), 'format/rate-unknown'],
    ['a rate of 0', rhythm(lead(), { rate: '0' }), 'format/rate-unknown'],
    ['fewer samples than declared', rhythm(lead({ count: '4' })), 'format/truncated'],
    ['no declared number of samples', rhythm(lead({ count: '' })), 'format/truncated'],
    ['a number of samples beyond all limits', rhythm(lead({ count: '1e12' })), 'format/too-large'],
    ['samples that are no numbers', rhythm(lead({ data: '1,2,NaN' })), 'format/malformed'],
    ['samples in another storage', rhythm(lead({ type: 'BASE64' })), 'format/unsupported'],
    ['a lead without a name', rhythm(lead({ name: '' })), 'format/malformed'],
    ['leads of different length', rhythm(lead() + lead({ name: 'I', data: '1', count: '1' })), 'ecg/length-mismatch'],
    ['no lead', rhythm(''), 'format/no-signals'],
    ['nothing but averages', schillerXml(''), 'format/no-rhythm'],
    ['two rhythms', schillerXml(wave('ECG_RHYTHMS', lead()) + wave('ECG_RHYTHMS', lead())), 'format/no-rhythm'],
    ['another schema', schillerXml(wave('ECG_RHYTHMS', lead()), { root: 'other.SchillerEDI' }), 'format/unsupported'],
    ['entities of its own', rhythm(lead()).replace('<com', `<!DOCTYPE ${ROOT} [<!ENTITY a "b">]><com`), 'format/doctype'],
  ])('is refused with %s', (_, text, code) => expect(refusalCode(() => readText(text))).toBe(code)) // prettier-ignore

  it('is named by its root where its schema is another', () =>
    expect(() => readText(schillerXml('', { root: 'other.SchillerEDI' }))).toThrow('other.SchillerEDI'))

  it('is refused when it was cut off, at any byte', () => {
    const document = Buffer.from(rhythm(lead()))
    expectTruncationRefused(document, document.length - 3)
  })
})

describe.skipIf(sharedAbsent)('the Schiller export beside the repository', () => {
  const read = () => readFile(join(SHARED, 'schiller'), 'schiller.xml')

  it('has the values that another decoder found', () => {
    const recording = read()
    expect(recording.channels.map(({ samplesMv }) => samplesMv.length)).toEqual(Array(12).fill(4998))
    expectStatedValues(recording, 'schiller/schiller.xml')
  })

  it('tells who, when and by what it was recorded', () =>
    expect(read()).toMatchObject({
      rateHz: 500,
      units: '1 µV per unit in the file',
      patient: { id: '0000000', sex: 'male' },
      device: 'Schiller AT-110, SEMA 2.64.0',
      startTime: '2006-05-02T14:06:10',
      measuredHeartRateBpm: 59,
      warnings: [],
    }))

  it('is refused when it was cut off', () =>
    expectTruncationRefused(readFileSync(join(SHARED, 'schiller/schiller.xml')), 80))
})
