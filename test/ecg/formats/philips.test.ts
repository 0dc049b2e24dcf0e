import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { EcgRecording } from '../../../src-main/ecg/recording.ts'
import { channel, readText, refusalCode } from '../files.ts'
import { philipsXml, xli, type PhilipsSample } from './philips-writer.ts'
import { expectTruncationRefused } from './xml-checks.ts'

const wave = (gain: number, phase: number): number[] =>
  Array.from({ length: 400 }, (_, t) => Math.round(gain * Math.sin(t / 9 + phase) + 3 * Math.sin(t * t)))
const [I, II] = [wave(90, 0), wave(150, 1)]
/** Limb leads that keep the laws but for a count here and there, as devices' own rounding leaves them. */
const LEADS = {
  I,
  II,
  III: II.map((value, t) => value - I[t]! + (t % 7 === 0 ? 1 : 0)),
  aVR: II.map((value, t) => -Math.trunc((value + I[t]!) / 2)),
  aVL: II.map((value, t) => Math.round(I[t]! - value / 2)),
  aVF: II.map((value, t) => Math.round(value - I[t]! / 2)),
  V3R: wave(3000, 2),
}
const ONE = { V1: [5, 7, 6, -300] }

const counts = (recording: EcgRecording, name: string): number[] =>
  [...channel(recording, name)].map((millivolts) => Math.round(millivolts * 200))
const codes = (recording: EcgRecording): string[] => recording.warnings.map(({ code }) => code)
const readBytes = (bytes: Uint8Array): EcgRecording => readRecording(bytes, 'p.xml', () => undefined)
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

describe('a Philips document', () => {
  it('is its parsed waveform, residual limb leads restored, in µV per bit', () => {
    const recording = readText(philipsXml({ leads: LEADS }))
    expect(recording).toMatchObject({ format: 'philips-xml', rateHz: 500, units: '5 µV per unit in the file' })
    expect(recording.channels.map(({ name }) => name)).toEqual(Object.keys(LEADS))
    for (const [name, values] of Object.entries(LEADS))
      expect(counts(recording, name), name).toEqual([...Int16Array.from(values)])
    expect(recording.warnings).toEqual([])
  })

  it.each<[string, (text: string) => Uint8Array]>([
    ['UTF-16 LE with a mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 BE with a mark', (text) => swapped(`\ufeff${text}`)],
    ['UTF-16 LE without a mark', (text) => Buffer.from(text, 'utf16le')],
    ['UTF-16 BE without a mark', (text) => swapped(text)],
    ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`.replace('utf-16', 'utf-8'))],
  ])('is read in %s', (_, encode) => {
    const head = '<patient><generalpatientdata><name><lastname>Müller</lastname></name></generalpatientdata></patient>'
    const recording = readBytes(encode(philipsXml({ leads: ONE, head }, 'utf-16')))
    expect(counts(recording, 'V1')).toEqual(ONE.V1)
    expect(recording.patient?.name).toBe('Müller')
  })

  it('of version 1.03 has its rate and resolution among the signal characteristics, and STD-12 for lead names', () => {
    const twelve = Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`lead ${k}`, wave(20 * (k + 1), k)]))
    const head = (more: string) =>
      `<dataacquisition><signalcharacteristics><samplingrate>250</samplingrate><signalresolution>2.5</signalresolution>${more}</signalcharacteristics></dataacquisition>`
    const attributes = 'dataencoding="Base64" compressflag="True" compressmethod="XLI"'
    const sample: PhilipsSample = { leads: twelve, version: '1.03', attributes, durationMs: '1600', rate: '9' }
    const set = '<leadset>STD-12</leadset><numberchannelsvalid>12</numberchannelsvalid>'
    const recording = readText(philipsXml({ ...sample, head: head(set) }))
    expect(recording).toMatchObject({ rateHz: 250, units: '2.5 µV per unit in the file' })
    expect(channel(recording, 'V6')[1]).toBeCloseTo(twelve['lead 11']![1]! * 0.0025, 6)
    const other = philipsXml({ ...sample, head: head(set.replace('STD-12', 'FRANK')) })
    expect(refusalCode(() => readText(other))).toBe('format/unsupported')
  })

  it('may hold plain numbers, lead after lead', () => {
    const attributes = 'dataencoding="Plain" numberofleads="2" leadlabels="V1 V2"'
    const leads = { V1: [1, 2, 3], V2: [-4, 5, 32767] }
    const recording = readText(philipsXml({ leads, attributes, data: '1 2 3 -4\n5 32767' }))
    expect(counts(recording, 'V2')).toEqual(leads.V2)
    for (const data of ['1 2 3 4 5', '1 2 3 4 5 1.5', '1 2 3 4 5 32768', '1 2 3 4 5 x'])
      expect(refusalCode(() => readText(philipsXml({ leads, attributes, data })))).toBe('format/malformed')
    expect(refusalCode(() => readText(philipsXml({ leads, attributes, data: '1 2 3 4' })))).toBe('format/truncated')
  })

  it('is cut to the samples that it declares, with a warning', () => {
    const recording = readText(philipsXml({ leads: LEADS, durationMs: '600' }))
    expect(counts(recording, 'III')).toEqual(LEADS.III.slice(0, 300))
    expect(codes(recording)).toEqual(['philips/appended'])
  })

  it('warns of a calibration pulse within the declared samples, and of no other likeness', () => {
    const ended = (tail: (lead: number) => number[]) =>
      Object.fromEntries(Object.entries(LEADS).map(([name, values], lead) => [name, [...values, ...tail(lead)]]))
    const after = (tail: (lead: number) => number[]) => codes(readText(philipsXml({ leads: ended(tail) })))
    expect(after(() => [0, 0, 200, 200, 0])).toEqual(['philips/calibration'])
    expect(after(() => [0, 0, 0])).toEqual([])
    expect(after((lead) => [200 + lead, 200 + lead])).toEqual([])
  })

  it('tells patient, device, time and the measured rate', () => {
    const head = `<dataacquisition date="2010-01-19" time="15:19:22"><machine detaildescription="A.01">PageWriter</machine></dataacquisition>
      <patient><generalpatientdata><patientid>7</patientid><name><lastname>A</lastname><firstname>B</firstname></name><age><dateofbirth>1950-01-31</dateofbirth></age><sex>Female</sex></generalpatientdata></patient>
      <interpretations><interpretation><globalmeasurements><heartrate editedflag="False">84</heartrate></globalmeasurements></interpretation></interpretations>`
    expect(readText(philipsXml({ leads: ONE, head }))).toMatchObject({
      patient: { id: '7', name: 'A, B', sex: 'female', birthDate: '1950-01-31' },
      device: 'Philips PageWriter, A.01',
      startTime: '2010-01-19T15:19:22',
      measuredHeartRateBpm: 84,
    })
  })

  const one = (more: Partial<PhilipsSample>): string => philipsXml({ leads: ONE, ...more })
  const stored = (attributes: string, data?: string): string =>
    one({ attributes: `numberofleads="1" leadlabels="V1" ${attributes}`, ...(data === undefined ? {} : { data }) })

  it.each<[string, string, string]>([
    ['another version', one({ version: '1.04.02' }), 'format/unsupported'],
    ['no version', one({ version: '' }), 'format/unsupported'],
    ['another encoding', stored('dataencoding="Hex" compression="XLI"'), 'format/unsupported'],
    ['another compression', stored('dataencoding="Base64" compression="ZIP"'), 'format/unsupported'],
    ['base64 without compression', stored('dataencoding="Base64"'), 'format/unsupported'],
    ['samples of 12 bits', stored('dataencoding="Base64" compression="XLI" bitspersample="12"'), 'format/unsupported'],
    ['unsigned samples', stored('dataencoding="Base64" compression="XLI" signalsigned="False"'), 'format/unsupported'],
    ['samples with an offset', stored('dataencoding="Base64" compression="XLI" signaloffset="2048"'), 'format/unsupported'],
    ['an unknown chunk code', one({ data: xli(ONE, 2) }), 'format/unsupported'],
    ['limb leads without I and II', philipsXml({ leads: { aVF: [1, 2, 3] } }), 'format/unsupported'],
    ['no resolution', one({ resolution: '' }), 'format/units-unknown'],
    ['no rate', one({ rate: '', durationMs: '8' }), 'format/rate-unknown'],
    ['no duration', one({ durationMs: '' }), 'format/truncated'],
    ['half a sample', one({ durationMs: '7' }), 'format/truncated'],
    ['fewer samples than declared', one({ durationMs: '10' }), 'format/truncated'],
    ['fewer chunks than leads', philipsXml({ leads: LEADS, data: xli(ONE) }), 'format/truncated'],
    ['samples that are no base64', one({ data: 'AAAA*AAA' }), 'format/malformed'],
    ['other leads than it declares', one({ attributes: 'dataencoding="Base64" compression="XLI" numberofleads="2" leadlabels="V1"' }), 'format/malformed'],
    ['a lead that is there twice', one({ attributes: 'dataencoding="Base64" compression="XLI" numberofleads="2" leadlabels="V1 V1"', data: xli({ V1: ONE.V1, again: ONE.V1 }) }), 'ecg/lead-duplicate'],
    ['no waveform', one({}).replaceAll('parsedwaveforms', 'otherwaveforms'), 'format/no-rhythm'],
    ['two waveforms', one({ more: '<parsedwaveforms/>' }), 'format/no-rhythm'],
    ['a document type', one({}).replace('<restingecgdata', '<!DOCTYPE restingecgdata><restingecgdata'), 'format/doctype'],
    ['entities of its own', one({}).replace('<restingecgdata', '<!DOCTYPE restingecgdata [<!ENTITY a "b">]><restingecgdata'), 'format/doctype'],
  ])('is refused with %s', (_, text, code) => expect(refusalCode(() => readText(text))).toBe(code)) // prettier-ignore

  it('is named by its version where that is not read', () =>
    expect(() => readText(one({ version: '1.04.02' }))).toThrow('version 1.04.02'))

  it('is refused when it was cut off, at any byte', () => {
    const document = Buffer.from(one({}))
    expectTruncationRefused(document, document.length - 3)
  })
})
