import { describe, expect, it } from 'vitest'
import { MAX_FILE_BYTES } from '../../src-preload/contract/constants.ts'
import { ECG_FORMATS } from '../../src-main/ecg/formats/index.ts'
import { companionNames, readRecording } from '../../src-main/ecg/read-recording.ts'
import { refusalCode } from './files.ts'

const read = (bytes: Uint8Array | string, name = 'file') =>
  readRecording(Buffer.from(bytes as string), name, () => undefined)

describe('reading any file', () => {
  it('refuses an empty one', () => expect(refusalCode(() => read(''))).toBe('format/empty'))

  it('refuses one that is too large, by the same limit as the window', () => {
    expect(refusalCode(() => readRecording(new Uint8Array(MAX_FILE_BYTES + 1), 'a', () => undefined))).toBe(
      'format/too-large',
    )
  })

  it.each([
    ['%PDF-1.7 …', 'a PDF document'],
    [Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'a JPEG image'],
    ['PK\x03\x04', 'a ZIP archive'],
    ['ANN  1.0\x00\x00', 'an ISHNE annotation file'],
    ['<?xml version="1.0"?><!-- x --><ClinicalDocument xmlns="urn:hl7-org:v3"/>', 'XML with root <ClinicalDocument>'],
    ['\ufeff<root>', 'XML with root <root>'],
    ['{"signal": [0.1, 0.2]}', 'JSON'],
    ['{\n  "I": [\n    0.1,\n    0.2,\n    0.3,\n    0.4\n  ]\n}', 'JSON'],
    ['Dear Sir or Madam,\nplease find enclosed', 'plain text'],
    [Buffer.from([1, 2, 3, 0, 0, 9]), 'binary data'],
    ['\n \n', 'blank text'],
  ])('says what an unknown one looks like: %s', (bytes, words) => {
    expect(() => read(bytes)).toThrow(`it looks like ${words}`)
    expect(refusalCode(() => read(bytes))).toBe('format/unknown')
  })

  it('asks for the header where a WFDB signal file comes alone', () => {
    expect(() => read(Buffer.from([1, 0, 2, 0]), 'r.dat')).toThrow(/open its header \(\.hea\)/)
    expect(() => read('%PDF', 'letter.pdf')).not.toThrow(/\.hea/)
  })

  it('tells a format by its content, whatever the name says', () => {
    const table = '# rate=500\nI (mV),II (mV)\n1,2\n'
    expect(read(table, 'ecg.dcm').format).toBe('delimited-text')
    expect(companionNames(Buffer.from(table), 'ecg.hea')).toEqual([])
  })

  it('never throws while it looks', () => {
    // A fixed sequence of bytes, so that a failure can be repeated (Lehmer 1951).
    let state = 48271
    const byte = (): number => (state = (state * 48271) % 2147483647) & 255
    for (let length = 0; length < 400; length++) {
      const head = Uint8Array.from({ length }, byte)
      if (length % 3 === 0) head.set(Buffer.from('r 12 500 5000\n').subarray(0, length))
      if (length % 3 === 1) head.set(Buffer.from('<?xml <!DOCTYPE [').subarray(0, length))
      for (const format of ECG_FORMATS) expect(() => format.detect(head)).not.toThrow()
    }
  })

  it('has one id for each format', () => {
    expect(new Set(ECG_FORMATS.map(({ id }) => id)).size).toBe(ECG_FORMATS.length)
  })
})
