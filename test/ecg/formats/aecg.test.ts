import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { channel, readFile, readText, refusalCode, SHARED, sharedAbsent } from '../files.ts'
import { aecgXml, axis, TIME_ABSOLUTE, TIME_RELATIVE, type AecgSample } from './aecg-writer.ts'
import { expectStatedValues, expectTruncationRefused } from './xml-checks.ts'

const I: AecgSample = { code: 'MDC_ECG_LEAD_I', digits: '100 -100\n 0' }
const II: AecgSample = { code: 'MDC_ECG_LEAD_II', digits: '1 2 3' }
const values = (lead: AecgSample): number[] => [...channel(readText(aecgXml([lead])), 'I')]
const increment = (attributes: string): string =>
  axis('TIME_RELATIVE', 'GLIST_PQ', `<head value="0" unit="s"/><increment ${attributes}/>`)

describe('an annotated ECG', () => {
  it('is its rhythm, not the beat derived from it', () => {
    const recording = readText(aecgXml([I, II]))
    expect(recording).toMatchObject({ format: 'aecg', rateHz: 500, units: '2.5 µV per unit in the file', warnings: [] })
    expect(recording.channels.map(({ name }) => name)).toEqual(['I', 'II'])
    expect([...channel(recording, 'I')]).toEqual([0.25, -0.25, 0])
  })

  it('has values of origin + scale × digit, in the unit that each states', () => {
    expect(values({ ...I, origin: 'value="1" unit="mV"' })).toEqual([1.25, 0.75, 1])
    expect(values({ ...I, scale: 'value="5000" unit="nV"' })).toEqual([0.5, -0.5, 0])
  })

  it('has the rate of its time axis, relative or absolute, in s, ms or us', () => {
    expect(readText(aecgXml([I], { time: TIME_ABSOLUTE })).rateHz).toBe(500)
    expect(readText(aecgXml([I], { time: TIME_ABSOLUTE + TIME_RELATIVE })).rateHz).toBe(500)
    expect(readText(aecgXml([I], { time: increment('value="1000" unit="us"') })).rateHz).toBe(1000)
    expect(readText(aecgXml([I], { time: increment('value="0.00390625" unit="s"') })).rateHz).toBe(256)
  })

  it('tells subject, device, start and the annotated heart rate', () => {
    const subject = `<effectiveTime><low value="19990101"/></effectiveTime><componentOf><timepointEvent><componentOf><subjectAssignment><subject><trialSubject><id root="1.2" extension="S-7"/>
      <subjectDemographicPerson><name><family>A</family><given>B</given></name><administrativeGenderCode code="F"/><birthTime value="19710616"/></subjectDemographicPerson>
      </trialSubject></subject></subjectAssignment></componentOf></timepointEvent></componentOf>`
    const series = `<effectiveTime><low value="20240229101112.000"/></effectiveTime>
      <author><seriesAuthor><manufacturedSeriesDevice><manufacturerModelName>M</manufacturerModelName><softwareName>2</softwareName></manufacturedSeriesDevice><manufacturerOrganization><name>O</name></manufacturerOrganization></seriesAuthor></author>
      <subjectOf><annotationSet><component><annotation><code code="MDC_ECG_HEART_RATE"/><value xsi:type="PQ" value="61" unit="bpm"/></annotation></component></annotationSet></subjectOf>`
    expect(readText(aecgXml([I], { head: subject, series }))).toMatchObject({
      patient: { id: 'S-7', name: 'A, B', sex: 'female', birthDate: '1971-06-16' },
      device: 'O, M, 2',
      startTime: '2024-02-29T10:11:12',
      measuredHeartRateBpm: 61,
    })
    expect(readText(aecgXml([I], { head: subject })).startTime).toBe('1999-01-01')
    expect(readText(aecgXml([I], { series, time: TIME_ABSOLUTE })).startTime).toBe('2024-02-29T23:59:58+01:30')
  })

  it('warns of sequences that are no lead', () => {
    const other = { code: 'MDC_PRESS_BLD_ART', digits: '1 2 3', scale: 'value="1" unit="mm[Hg]"' }
    const recording = readText(aecgXml([I, other]))
    expect(recording.channels.map(({ name }) => name)).toEqual(['I'])
    expect(recording.warnings.map(({ code }) => code)).toEqual(['aecg/sequence-skipped'])
  })

  it.each<[string, string, string]>([
    ['a scale without a unit', aecgXml([{ ...I, scale: 'value="2.5"' }]), 'format/units-unknown'],
    ['a scale in no unit of voltage', aecgXml([{ ...I, scale: 'value="2.5" unit="mm"' }]), 'format/units-unknown'],
    ['a scale of 0', aecgXml([{ ...I, scale: 'value="0" unit="uV"' }]), 'format/units-unknown'],
    ['an origin without a unit', aecgXml([{ ...I, origin: 'value="0"' }]), 'format/units-unknown'],
    ['no time axis', aecgXml([I], { time: '' }), 'format/rate-unknown'],
    ['a step without a unit', aecgXml([I], { time: increment('value="0.002"') }), 'format/rate-unknown'],
    ['a step of 0', aecgXml([I], { time: increment('value="0" unit="s"') }), 'format/rate-unknown'],
    ['a step beyond all numbers', aecgXml([I], { time: increment('value="1e999" unit="s"') }), 'format/rate-unknown'],
    ['two time axes that differ', aecgXml([I], { time: TIME_ABSOLUTE + increment('value="1" unit="ms"') }), 'format/rate-conflict'],
    ['times written one by one', aecgXml([I], { time: axis('TIME_RELATIVE', 'SLIST_PQ', '<digits>1 2</digits>') }), 'format/unsupported'],
    ['values without a unit type', aecgXml([{ ...I, type: 'SLIST_INT' }]), 'format/unsupported'],
    ['digits that are no numbers', aecgXml([{ ...I, digits: '1 2 x' }]), 'format/malformed'],
    ['digits with commas', aecgXml([{ ...I, digits: '1,2,3' }]), 'format/malformed'],
    ['digits beyond all numbers', aecgXml([{ ...I, digits: '1e300' }]), 'format/malformed'],
    ['no digits', aecgXml([{ ...I, digits: '' }]), 'format/no-samples'],
    ['no lead', aecgXml([]), 'format/no-signals'],
    ['a lead that is there twice', aecgXml([I, I]), 'ecg/lead-duplicate'],
    ['leads of different length', aecgXml([I, { ...II, digits: '1 2' }]), 'ecg/length-mismatch'],
    ['nothing but a beat', aecgXml([I], { code: 'REPRESENTATIVE_BEAT' }), 'format/no-rhythm'],
    ['two rhythms', aecgXml([I], { after: '<component><series><code code="RHYTHM"/></series></component>' }), 'format/no-rhythm'],
    ['two sequence sets', aecgXml([I], { series: '<component><sequenceSet/></component>' }), 'format/unsupported'],
    ['another schema', aecgXml([I], { namespace: 'urn:hl7-org:v4' }), 'format/unsupported'],
    ['a document type', aecgXml([I]).replace('<AnnotatedECG', '<!DOCTYPE AnnotatedECG><AnnotatedECG'), 'format/doctype'],
    ['entities of its own', aecgXml([I]).replace('<AnnotatedECG', '<!DOCTYPE AnnotatedECG [<!ENTITY a "b">]><AnnotatedECG'), 'format/doctype'],
    ['more channels than are read', aecgXml(Array.from({ length: 1025 }, (_, k) => ({ code: `MDC_ECG_LEAD_X${k}`, digits: '1' }))), 'format/too-large'],
  ])('is refused with %s', (_, text, code) => expect(refusalCode(() => readText(text))).toBe(code)) // prettier-ignore

  it('names the schema that it does not know', () =>
    expect(() => readText(aecgXml([I], { namespace: 'urn:hl7-org:v4' }))).toThrow('urn:hl7-org:v4'))

  it('is refused when it was cut off, at any byte', () => {
    const document = Buffer.from(aecgXml([I, II]))
    expectTruncationRefused(document, document.length - 3)
  })
})

describe.skipIf(sharedAbsent)('annotated ECGs beside the repository', () => {
  it.each([
    ['AMPS_Example2.xml', 1000, 10_000],
    ['LIRYC_synthetic_example.xml', 100, 1000],
  ])('%s has the values that another decoder found', (file, rateHz, samples) => {
    const recording = readFile(join(SHARED, 'aecg'), file)
    expect(recording).toMatchObject({ format: 'aecg', rateHz, warnings: [] })
    expect(recording.channels.map(({ samplesMv }) => samplesMv.length)).toEqual(Array(12).fill(samples))
    expectStatedValues(recording, `aecg/${file}`)
  })

  it('tell who, when and by what they were recorded', () => {
    expect(readFile(join(SHARED, 'aecg'), 'AMPS_Example2.xml')).toMatchObject({
      patient: { id: '106_ABC', name: 'ABC', birthDate: '1971-06-16' },
      device: 'Manufacturer ABC, 12345',
      startTime: '2004-01-15T11:20:04',
      measuredHeartRateBpm: 52,
      units: '2.5 µV per unit in the file',
    })
    expect(readFile(join(SHARED, 'aecg'), 'LIRYC_synthetic_example.xml')).toMatchObject({
      patient: { id: '25060897140', sex: 'unknown' },
      startTime: '2025-09-23T10:35:50',
      measuredHeartRateBpm: 57,
    })
  })

  it.each(['AMPS_Example2.xml', 'LIRYC_synthetic_example.xml'])('%s is refused when it was cut off', (file) =>
    expectTruncationRefused(readFileSync(join(SHARED, 'aecg', file)), 60),
  )
})
