import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import { refusalCode } from '../files.ts'
import { lead, waveformObject } from './dicom-sample.ts'
import { encode, sequence, text, writeDicom, type Elements } from './dicom-writer.ts'

const code = (bytes: Uint8Array): string => refusalCode(() => readRecording(bytes, 'test.dcm', () => undefined))
const honest = waveformObject([{ channels: [lead(1, 'I'), lead(2, 'II')], samples: [1, 2, 3, 4] }])
const EXPLICIT = { explicit: true, little: true, undefinedLengths: false }

/** A file whose body is these bytes, in explicit VR. */
const withBody = (body: Uint8Array): Uint8Array => Buffer.concat([writeDicom({}), body])
const deflated = (body: Uint8Array): Uint8Array =>
  Buffer.concat([writeDicom({}, 'deflated').subarray(0, -2), deflateRawSync(body)])

function nested(depth: number): Elements {
  let elements: Elements = { 0x00080060: text('CS', 'ECG') }
  for (let level = 0; level < depth; level++) elements = { 0x0040a730: sequence(elements) }
  return elements
}

describe('a hostile DICOM file', () => {
  it('is read where it is honest', () => {
    expect(code(writeDicom(honest))).toBe('accepted')
    expect(code(deflated(encode(honest, EXPLICIT)))).toBe('accepted')
  })

  it('is refused where a length reaches beyond its end', () => {
    for (const length of [0x7fffffff, 0xfffffffe, 0x10000]) {
      const element = Buffer.from([0, 0x54, 0x10, 0x10, ...Buffer.from('OW'), 0, 0, 0, 0, 0, 0])
      element.writeUInt32LE(length, 8)
      expect(code(withBody(element))).toBe('format/truncated')
    }
  })

  it('is refused where a length is undefined that must not be', () => {
    const element = Buffer.from([8, 0, 0x16, 0, ...Buffer.from('UT'), 0, 0, 255, 255, 255, 255])
    expect(code(withBody(element))).toBe('format/malformed')
  })

  it('is refused where an item reaches beyond its sequence, or an element beyond its item', () => {
    const item = Buffer.from([0xfe, 0xff, 0, 0xe0, 8, 0, 0, 0])
    const short = Buffer.from([0x40, 0, 0x30, 0xa7, ...Buffer.from('SQ'), 0, 0, 12, 0, 0, 0])
    expect(code(withBody(Buffer.concat([short, item, Buffer.alloc(64)])))).toBe('format/truncated')
    const inItem = encode({ 0x00080060: text('CS', 'ECG SOMETHING LONG') }, EXPLICIT)
    const sequenceOf8 = Buffer.from([0x40, 0, 0x30, 0xa7, ...Buffer.from('SQ'), 0, 0, 16, 0, 0, 0])
    expect(code(withBody(Buffer.concat([sequenceOf8, item, inItem])))).toBe('format/truncated')
  })

  it('may nest 64 deep and no deeper', () => {
    expect(code(writeDicom(nested(63), 'explicit'))).toBe('format/no-waveform')
    expect(code(writeDicom(nested(65), 'explicit'))).toBe('format/too-large')
    expect(code(writeDicom(nested(65), 'explicit', true))).toBe('format/too-large')
  })

  it('may hold 200,000 elements and no more', () => {
    const items = (count: number): Elements => ({ 0x0040a730: { vr: 'SQ', items: new Array(count).fill({}) } })
    expect(code(writeDicom(items(199_000)))).toBe('format/no-waveform')
    expect(code(writeDicom(items(201_000)))).toBe('format/too-large')
  })

  it('has each element once, so that no two readers see two files in it', () => {
    const twice = Buffer.concat([
      encode({ 0x00080060: text('CS', 'ECG') }, EXPLICIT),
      encode({ 0x00080060: text('CS', 'MR') }, EXPLICIT),
    ])
    expect(code(withBody(twice))).toBe('format/malformed')
  })

  it('is refused where it unpacks to 200 times its size past 1 MiB, or to more than 64 MiB', () => {
    const zeros = { 0x00100020: text('LO', '1'), 0x7fe00010: { vr: 'OW', bytes: new Uint8Array(8 * 2 ** 20) } }
    const bomb = deflated(encode(zeros, EXPLICIT))
    expect(bomb.length).toBeLessThan(2 ** 14)
    expect(code(bomb)).toBe('format/too-large')
    const small = { ...zeros, 0x7fe00010: { vr: 'OW', bytes: new Uint8Array(2 ** 19) } }
    expect(code(deflated(encode(small, EXPLICIT)))).toBe('format/no-waveform')
  })

  it('is refused where its compressed part ends early', () => {
    const whole = deflated(encode(honest, EXPLICIT))
    for (const cut of [1, 5, 40]) expect(code(whole.subarray(0, whole.length - cut))).toBe('format/truncated')
  })

  it('is refused in a transfer syntax that nobody knows', () => {
    const bytes = Buffer.from(writeDicom(honest))
    const uid = bytes.indexOf('1.2.840.10008.1.2.1\0')
    bytes.write('1.2.840.10008.9.9.9', uid)
    expect(code(bytes)).toBe('format/unsupported')
  })

  it('that begins like a program is read with a warning', () => {
    const bytes = Buffer.from(writeDicom(honest))
    bytes.write('MZ', 0)
    expect(readRecording(bytes, 'a.dcm', () => undefined).warnings.map((each) => each.code)).toContain(
      'dicom/preamble-program',
    )
  })

  it('answers any single wrong byte with a recording or a refusal, never with a crash', () => {
    const good = writeDicom(honest, 'explicit', true)
    const answers = new Set<string>()
    for (let at = 128; at < good.length; at++) {
      for (const value of [0, 0xff, 0x7f, good[at]! ^ 1]) {
        const bad = Uint8Array.from(good)
        bad[at] = value
        answers.add(code(bad).split(':')[0]!)
      }
    }
    expect([...answers].filter((answer) => answer === 'uncoded')).toEqual([])
    expect(answers.size).toBeGreaterThan(5)
  })
})
