import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { crcCcitt } from '../../../src-main/ecg/formats/crc-ccitt.ts'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import type { EcgRecording } from '../../../src-main/ecg/recording.ts'
import { channel, readFile, refusalCode, SHARED, sharedAbsent, statedValues } from '../files.ts'

const HEADER = 522

interface Written {
  leads?: readonly (readonly [code: number, nanovolts: number])[]
  samples?: readonly (readonly number[])[]
  declared?: number
  rateHz?: number
  birth?: readonly [number, number, number]
  comment?: string
  edit?: (header: Buffer) => void
}

/** An ISHNE 1.0 file as its publication lays it out, with a checksum that fits. */
function ishneFile(written: Written = {}): Buffer {
  const { leads = [[5, 2500], [6, 5000]], samples = [[1, 10], [2, -20], [3, 30]], comment = '' } = written // prettier-ignore
  const header = Buffer.alloc(HEADER + comment.length)
  header.write('ISHNE1.0')
  header.writeInt32LE(comment.length, 10)
  header.writeInt32LE(written.declared ?? samples.length, 14)
  header.writeInt32LE(HEADER, 18)
  header.writeInt32LE(HEADER + comment.length, 22)
  header.writeInt16LE(1, 26)
  header.write('Given', 28)
  header.write('Family', 68)
  header.write('H-7', 108)
  header.writeInt16LE(2, 128)
  for (const [index, value] of (written.birth ?? [29, 2, 1960]).entries()) header.writeInt16LE(value, 132 + 2 * index)
  for (const [index, value] of [1, 12, 2020, 2, 12, 2020, 6, 5, 4].entries()) header.writeInt16LE(value, 138 + 2 * index) // prettier-ignore
  header.writeInt16LE(leads.length, 156)
  header.fill(0xff, 158, 182)
  for (const [index, [code, nanovolts]] of leads.slice(0, 12).entries()) {
    header.writeInt16LE(code, 158 + 2 * index)
    header.writeInt16LE(nanovolts, 206 + 2 * index)
  }
  header.write('recorder', 232)
  header.writeInt16LE(written.rateHz ?? 200, 272)
  header.write(comment, HEADER)
  written.edit?.(header)
  header.writeUInt16LE(crcCcitt(header.subarray(10)), 8)
  return Buffer.concat([header, Buffer.from(Int16Array.from(samples.flat()).buffer)])
}

const read = (bytes: Uint8Array): EcgRecording => readRecording(bytes, 'test.ecg', () => undefined)
const refusal = (written: Written): string => refusalCode(() => read(ishneFile(written)))
const microvolts = (samples: Float32Array): number[] => [...samples].map((v) => Math.round(v * 1e5) / 100)

describe('the checksum of EN 1064 and ISHNE', () => {
  it('is 0x29B1 for the digits that every catalogue of checksums uses', () => {
    expect(crcCcitt(Buffer.from('123456789'))).toBe(0x29b1)
  })
})

describe.skipIf(sharedAbsent)('the Holter file beside the repository', () => {
  const path = join(SHARED, 'ishne/ECG_P28.01.ecg')

  it('has the leads, rate and values that were decoded independently', () => {
    const recording = readFile(join(SHARED, 'ishne'), 'ECG_P28.01.ecg')
    expect(recording).toMatchObject({ rateHz: 1000, startTime: '2000-01-01T07:00:00', warnings: [] })
    expect(recording.units).toBe('resolution 5000 nV/unit in the header')
    expect(recording.patient).toEqual({ id: 'ECG_P28.01' })
    const stated = statedValues('ishne/ECG_P28.01.ecg')
    expect(recording.channels.map(({ name }) => name)).toEqual(stated.map(({ lead }) => lead))
    expect(stated.length).toBe(12)
    for (const { lead, valuesMv } of stated) {
      const samples = channel(recording, lead)
      expect(samples.length).toBe(95_573)
      expect(microvolts(samples.subarray(0, 10))).toEqual(valuesMv.map((value) => Math.round(value * 1e5) / 100))
    }
  })

  it('keeps the laws of Einthoven and Goldberger within its quantisation of 5 µV', () => {
    const recording = readFile(join(SHARED, 'ishne'), 'ECG_P28.01.ecg')
    const [I, II, III, aVR] = ['I', 'II', 'III', 'aVR'].map((lead) => channel(recording, lead))
    let [einthoven, goldberger] = [0, 0]
    for (let t = 0; t < I!.length; t++) {
      einthoven = Math.max(einthoven, Math.abs(I![t]! + III![t]! - II![t]!))
      goldberger = Math.max(goldberger, Math.abs(aVR![t]! + (I![t]! + II![t]!) / 2))
    }
    expect(einthoven).toBeLessThanOrEqual(0.0101)
    expect(goldberger).toBeLessThanOrEqual(0.0101)
  })

  it('cut off at half is read so far and marked', () => {
    const file = readFileSync(path)
    const recording = read(file.subarray(0, HEADER + 24 * 1000 + 13))
    expect(channel(recording, 'V6').length).toBe(1000)
    expect(recording.warnings.map(({ code }) => code)).toEqual(['ishne/truncated'])
    expect(channel(recording, 'V6')).toEqual(channel(read(file), 'V6').subarray(0, 1000))
  })
})

describe('an ISHNE file', () => {
  it('has its samples by instant, each lead in its own resolution', () => {
    const recording = read(ishneFile())
    expect(microvolts(channel(recording, 'I'))).toEqual([2.5, 5, 7.5])
    expect(microvolts(channel(recording, 'II'))).toEqual([50, -100, 150])
    expect(recording).toMatchObject({
      format: 'ishne',
      rateHz: 200,
      device: 'recorder',
      startTime: '2020-12-01T06:05:04',
      patient: { id: 'H-7', name: 'Family, Given', sex: 'female', birthDate: '1960-02-29' },
      warnings: [],
    })
  })

  it('has its samples behind free text of any length', () => {
    expect(microvolts(channel(read(ishneFile({ comment: 'a remark' })), 'I'))).toEqual([2.5, 5, 7.5])
  })

  it('without a date of birth (−9, −9, −9) has none', () => {
    expect(read(ishneFile({ birth: [-9, -9, -9] })).patient?.birthDate).toBeUndefined()
  })

  it('tells the twelve leads and the EASI leads by their codes', () => {
    const leads = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16].map((code) => [code, 1000] as const)
    const names = read(ishneFile({ leads, samples: [new Array(12).fill(1)] })).channels.map(({ name }) => name)
    expect(names).toEqual('I II III aVR aVL aVF V1 V2 V3 V4 V5 V6'.split(' '))
    const easi = read(ishneFile({ leads: [[17, 1000], [0, 1000], [0, 1000]], samples: [[1, 2, 3]] })) // prettier-ignore
    expect(easi.channels.map(({ name }) => name)).toEqual(['ES', 'unknown', 'unknown (2)'])
  })

  it('whose header was changed is marked', () => {
    const bytes = ishneFile()
    bytes[110] = 0x38
    expect(read(bytes).warnings.map(({ code }) => code)).toEqual(['ishne/checksum'])
  })

  it.each<[string, Written, string]>([
    ['no leads', { leads: [] }, 'format/malformed'],
    ['thirteen leads', { leads: new Array(13).fill([5, 1]), samples: [new Array(13).fill(0)] }, 'format/malformed'],
    ['a resolution of 0', { leads: [[5, 0], [6, 1]] }, 'format/units-unknown'], // prettier-ignore
    ['a resolution below 0', { leads: [[5, -9], [6, 1]] }, 'format/units-unknown'], // prettier-ignore
    ['a rate of 0', { rateHz: 0 }, 'format/rate-unknown'],
    ['a lead that is there twice', { leads: [[5, 1], [5, 1]] }, 'ecg/lead-duplicate'], // prettier-ignore
    ['no samples', { samples: [], declared: 5 }, 'format/truncated'],
    ['fewer than no samples', { declared: -1 }, 'format/malformed'],
    ['samples within the header', { edit: (header) => void header.writeInt32LE(8, 22) }, 'format/malformed'],
    ['samples beyond its end', { edit: (header) => void header.writeInt32LE(2 ** 31 - 1, 22) }, 'format/truncated'],
  ])('is refused with %s', (_, written, code) => expect(refusal(written)).toBe(code))

  it('may declare two thousand million samples, and has as many as are there', () => {
    const recording = read(ishneFile({ declared: 2 ** 31 - 1 }))
    expect(channel(recording, 'I').length).toBe(3)
    expect(recording.warnings.map(({ code }) => code)).toEqual(['ishne/truncated'])
  })
})
