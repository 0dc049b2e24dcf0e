import { deflateRawSync, deflateSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aecgXml } from '../ecg/formats/aecg-writer.ts'
import { refusalCode } from '../ecg/files.ts'
import { MADE } from '../ecg/formats/made.ts'
import { museXml } from '../ecg/formats/muse-writer.ts'
import { philipsXml } from '../ecg/formats/philips-writer.ts'
import type { FuzzInput } from './input.ts'
import { judge, readAsIs } from './judge.ts'
import { nested } from './mutate/dicom.ts'
import { HOSTILE_MARKUP } from './mutate/xml.ts'
import { SEEDS } from './seeds.ts'

const MB = 1e6
const alone = (main: Uint8Array | string): FuzzInput => ({
  main: typeof main === 'string' ? Buffer.from(main) : main,
  companions: {},
})
const meta = (uid: string): Buffer => {
  const value = Buffer.from(uid.padEnd(uid.length + (uid.length % 2), '\0'))
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    Buffer.from([2, 0, 0x10, 0, 0x55, 0x49, value.length, 0]),
    value,
  ])
}
const deflated = (body: Uint8Array): Buffer => Buffer.concat([meta('1.2.840.10008.1.2.1.99'), deflateRawSync(body)])
const explicit = (body: Uint8Array): Buffer => Buffer.concat([meta('1.2.840.10008.1.2.1'), body])
/** An empty text element, as often as is wanted. */
const elements = (count: number): Buffer => Buffer.alloc(8 * count, Buffer.from([8, 0, 5, 0, 0x43, 0x53, 0, 0]))

function matlabBomb(): Buffer {
  const file = readFileSync(join(MADE, 'compressed.mat')).subarray(0, 128)
  const packed = deflateSync(Buffer.alloc(100 * MB))
  const head = Buffer.alloc(8)
  head.writeUInt32LE(15, 0)
  head.writeUInt32LE(packed.length, 4)
  return Buffer.concat([file, head, packed])
}

const flat = (before: string, piece: string, bytes: number, after = ''): string =>
  before + piece.repeat(Math.floor(bytes / piece.length)) + after

const MANY = Array.from({ length: 100_000 }, (_, index) => ` a${index}="b"`).join('')

/** Small files that would become large ones, and large ones of nothing but structure. */
const BOMBS: readonly (readonly [string, () => FuzzInput])[] = [
  ['a DICOM file that inflates a thousandfold', () => alone(deflated(Buffer.alloc(100 * MB)))],
  ['a DICOM file that inflates to 4 million elements', () => alone(deflated(elements(4_000_000)))],
  ['a DICOM file of 4 million elements', () => alone(explicit(elements(4_000_000)))],
  ['a DICOM file of 4 million empty items', () => alone(explicit(Buffer.concat([Buffer.from([0, 0x54, 0, 1, 0x53, 0x51, 0, 0, 255, 255, 255, 255]), Buffer.alloc(32 * MB, Buffer.from([0xfe, 0xff, 0, 0xe0, 0, 0, 0, 0]))])))], // prettier-ignore
  ['a DICOM file of 100,000 sequences in each other', () => alone(explicit(nested(100_000, true)))],
  ['a MATLAB file that inflates a thousandfold', () => alone(matlabBomb())],
  ['XML with 100,000 attributes in one element', () => alone(`<AnnotatedECG${MANY}/>`)],
  ['XML of 100,000 elements in each other', () => alone(`<restingecgdata>${'<a>'.repeat(100_000)}`)],
  ['50 MB of one XML text', () => alone(flat('<RestingECG>', 'a', 50 * MB, '</RestingECG>'))],
  ['50 MB of small XML elements', () => alone(flat('<CardiologyXML>', '<a b="c"/>', 50 * MB, '</CardiologyXML>'))],
  ['50 MB of digits in one lead', () => alone(aecgXml([{ code: 'MDC_ECG_LEAD_I', digits: flat('', '1 ', 50 * MB) }]))],
  ['50 MB of base64 in one lead', () => alone(museXml([{ name: 'I', values: [1], data: flat('', 'AAAA', 50 * MB) }]))],
  ['50 MB of Philips data', () => alone(philipsXml({ leads: { I: [1, 2] }, data: flat('', 'AAAA', 50 * MB) }))],
  ['50 MB of JSON numbers', () => alone(flat('{"leads":{"I":[', '1,', 50 * MB, '1]},"fs":500,"unit":"mV"}'))],
  ['JSON of a million arrays in each other', () => alone(`{"leads":{"I":${'['.repeat(1_000_000)}`)],
  [
    'JSON of a million leads',
    () => alone(`{"fs":500,"unit":"mV","leads":{${Array.from({ length: 500_000 }, (_, k) => `"${k}":[]`).join(',')}}}`),
  ],
  ['50 MB of a table', () => alone(flat('time (ms),I (mV)\n', '1,2\n', 50 * MB))],
  ['a table of one line of 50 MB', () => alone(flat('I (mV),II (mV)\n', '1,', 50 * MB, '\n'))],
  ['a table of a million columns', () => alone(`${flat('', 'I (mV),', 10 * MB)}\n1\n`)],
  ['50 MB of a WFDB header', () => alone(flat('r 2 500 1\n', 'a.dat 16\n', 50 * MB))],
  ['a WFDB header of a million segments', () => alone(flat('r/1000000 1 500 1000000\n', 'a 1\n', 4 * MB))],
  ['an EDF header of 9999 signals', () => alone(`${'0'.padEnd(252)}9999${' '.repeat(5 * MB)}`)],
  ['a NumPy array of a thousand billion numbers', () => ({ ...SEEDS['numpy']!()[0]!, main: Buffer.from(Buffer.from(SEEDS['numpy']!()[0]!.main).toString('latin1').replace(/\(\d+, \d+\)/, '(999999999, 999)'), 'latin1') })], // prettier-ignore
]

describe('a bomb', () => {
  it.each(BOMBS)('that is %s ends in its time and memory, refused or read', (_name, make) => {
    expect(judge(make()).fault).toBeUndefined()
  })
})

describe('a declaration of entities', () => {
  const documents = ['muse-xml', 'aecg', 'cardiosoft-xml', 'schiller-xml', 'philips-xml'].map((format) => {
    const text = Buffer.from(SEEDS[format]!()[0]!.main).toString()
    return [format, text.replace(/<!DOCTYPE[^>]*>/, '')] as const
  })

  it.each(documents)('is refused wherever it stands in a file of %s', (_format, text) => {
    const places = [...text.matchAll(/[>]/g)].map(({ index }) => index + 1)
    for (const markup of HOSTILE_MARKUP) {
      for (const at of places.filter((_, index) => index % 3 === 0)) {
        const code = refusalCode(() => readAsIs(alone(text.slice(0, at) + markup + text.slice(at))))
        expect(code, `${markup} at ${at}`).toMatch(/^(?:format|ecg)\/|^accepted$/)
        if (/<!(?:DOCTYPE|ENTITY)/.test(markup)) expect(code, `${markup} at ${at}`).toMatch(/^format\//)
      }
    }
  })
})
