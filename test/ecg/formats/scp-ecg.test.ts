import { describe, expect, it } from 'vitest'
import { channel, refusalCode } from '../files.ts'
import { codes, one, plain, readScp, scpSample, second, steps } from './scp-sample.ts'
import { DEFAULT_CODES, differences, writeScp, type Code, type WrittenScp } from './scp-writer.ts'

const refusal = (written: WrittenScp): string => refusalCode(() => readScp(writeScp(written)))

describe('an SCP-ECG file', () => {
  it.each([0, 1, 2])('reads the same with differences of order %i, raw and by the default codes', (encoding) => {
    for (const tables of ['none', 'default'] as const) {
      const recording = readScp(writeScp(scpSample(encoding, tables)))
      expect(steps(channel(recording, 'I'))).toEqual(one)
      expect(steps(channel(recording, 'II'))).toEqual(second)
      expect(recording).toMatchObject({ rateHz: 500, warnings: [] })
    }
  })

  it('reads codes of its own, with numbers behind a prefix and changes of table', () => {
    const small: readonly Code[] = [
      { bits: '0', value: 0 },
      { bits: '10', value: -4, extraBits: 3 },
      { bits: '110', value: 0, switchTo: 2 },
      { bits: '111', value: 0, switchTo: 3 },
    ]
    const large: readonly Code[] = [
      { bits: '1', value: 100, extraBits: 9 },
      { bits: '01', value: 0, switchTo: 3 },
      { bits: '00', value: 0, switchTo: 1 },
    ]
    const huge: readonly Code[] = [
      { bits: '0', value: 0, extraBits: 16 },
      { bits: '1', value: 0, switchTo: 1 },
    ]
    const recording = readScp(writeScp(scpSample(1, [small, large, huge])))
    expect(steps(channel(recording, 'I'))).toEqual(one)
    expect(steps(channel(recording, 'II'))).toEqual(second)
  })

  it('reads the default codes alike where the file spells them out', () => {
    expect(readScp(writeScp(scpSample(2, [DEFAULT_CODES]))).channels).toEqual(readScp(writeScp(plain)).channels)
  })

  it('reads its sections in any order, and without those that it does not need', () => {
    const whole = readScp(writeScp(plain)).channels
    expect(readScp(writeScp({ ...plain, order: [6, 3, 2, 1] })).channels).toEqual(whole)
    expect(readScp(writeScp({ ...plain, order: [3, 2, 6] })).channels).toEqual(whole)
  })

  it('is recognised without the mark that the standard asks for', () => {
    const bytes = writeScp(plain)
    bytes.fill(0, 16, 22)
    const recording = readScp(bytes)
    expect(steps(channel(recording, 'I'))).toEqual(one)
    expect(codes(recording)).toEqual(['scp/checksum'])
  })

  it('scales with its amplitude multiplier, and its rate with its interval', () => {
    const recording = readScp(writeScp({ ...plain, rhythm: { ...plain.rhythm!, avm: 1250, intervalUs: 4000 } }))
    expect(steps(channel(recording, 'I'), 1.25)).toEqual(one)
    expect(recording.rateHz).toBe(250)
    expect(recording.units).toBe('amplitude multiplier 1250 nV/unit in section 6')
  })

  it('names leads by their numbers, whatever their order', () => {
    const numbers = [8, 7, 6, 5, 4, 3, 64, 63, 62, 61, 2, 1, 9, 200]
    const recording = readScp(
      writeScp({ leads: numbers.map((number) => [number, 1, 2]), rhythm: { leads: numbers.map((n) => [n, -n]) } }),
    )
    expect(recording.channels.map(({ name }) => name)).toEqual(
      'V6 V5 V4 V3 V2 V1 aVF aVL aVR III II I V7'.split(' ').concat('SCP lead 200'),
    )
    expect(steps(channel(recording, 'aVF'))).toEqual([64, -64])
  })

  it('leaves a lead empty where it was not recorded', () => {
    const recording = readScp(writeScp({ leads: [[1, 1, 4], [2, 3, 6]], rhythm: { leads: [[1, 2, 3, 4], [5, 6, 7, 8]] } })) // prettier-ignore
    expect(steps(channel(recording, 'I'))).toEqual([1, 2, 3, 4, NaN, NaN])
    expect(steps(channel(recording, 'II'))).toEqual([NaN, NaN, 5, 6, 7, 8])
    expect(codes(recording)).toEqual(['scp/not-simultaneous'])
  })

  it('reads the tags of section 1', () => {
    const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
    const device = Buffer.alloc(36)
    device.write('MODEL1', 8)
    const recording = readScp(
      writeScp({
        ...plain,
        tags: [
          [2, Buffer.from('P-9\0')],
          [0, Buffer.from('Müller\0', 'latin1')],
          [1, Buffer.from('Ada\0')],
          [5, bytes(1960 & 255, 1960 >> 8, 2, 29)],
          [4, bytes(18, 0, 2)],
          [8, bytes(2)],
          [14, device],
          [25, bytes(2024 & 255, 2024 >> 8, 12, 31)],
          [26, bytes(23, 59, 58)],
        ],
      }),
    )
    expect(recording.patient).toEqual({ id: 'P-9', name: 'Müller, Ada', birthDate: '1960-02-29', ageYears: 1.5, sex: 'female' }) // prettier-ignore
    expect(recording).toMatchObject({ device: 'MODEL1', startTime: '2024-12-31T23:59:58' })
  })

  it('marks checksums that do not fit', () => {
    const bytes = writeScp(plain)
    bytes[bytes.length - 1]! ^= 1
    expect(readScp(bytes).warnings[0]).toMatchObject({ code: 'scp/checksum' })
    expect(readScp(bytes).warnings[0]!.message).toContain('the whole file, section 6')
  })
})

describe('reference beats', () => {
  const beat = [0, 40, 100, 40, 0]
  const placed = (t: number): number => (t >= 10 && t < 15 ? beat[t - 10]! : t >= 30 && t < 35 ? beat[t - 30]! : 0)
  const subtracted: WrittenScp = {
    leads: [[2, 1, 60]], // prettier-ignore
    flags: 0x0d,
    beats: { lengthMs: 10, fiducial: 3, beats: [[0, 11, 13, 15], [1, 1, 22, 1], [0, 31, 33, 35]] }, // prettier-ignore
    reference: { encoding: 2, leads: [differences(beat, 2)] },
    rhythm: { encoding: 2, avm: 10_000, leads: [differences(one, 2)] },
  }

  it('are added with their own multiplier where they were taken off, and nowhere else', () => {
    const recording = readScp(writeScp(subtracted))
    expect(steps(channel(recording, 'II'))).toEqual(one.map((value, t) => 2 * value + placed(t)))
  })

  it('are left out of account where the file says that none was taken off', () => {
    const recording = readScp(writeScp({ ...subtracted, flags: 0x0c }))
    expect(steps(channel(recording, 'II'))).toEqual(one.map((value) => 2 * value))
  })

  it.each<[string, Partial<WrittenScp>, string]>([
    ['section 4 is missing', { order: [2, 3, 5, 6] }, 'format/section-missing'],
    ['section 5 is missing', { order: [2, 3, 4, 6] }, 'format/section-missing'],
    ['two overlap', { beats: { ...subtracted.beats!, beats: [[0, 11, 13, 15], [0, 15, 17, 19]] } }, 'format/malformed'], // prettier-ignore
    ['they have another rate', { reference: { ...subtracted.reference!, intervalUs: 1000, leads: [[...beat, ...beat]] } }, 'format/unsupported'], // prettier-ignore
    ['section 4 ends early', { beats: { ...subtracted.beats!, beats: [[0, 11, 13, 15]], areas: [] } }, 'accepted'],
  ])('are refused where %s', (_, change, code) => expect(refusal({ ...subtracted, ...change })).toBe(code))
})

describe('bimodal compression', () => {
  // Every fourth sample but around the QRS, which is whole; a straight line is the same at any rate.
  const line = Array.from({ length: 40 }, (_, t) => 8 * t)
  const stored = [...[0, 1, 2].map((n) => 8 * (4 * n + 1.5)), ...line.slice(12, 20), ...[5, 6, 7, 8, 9].map((n) => 8 * (4 * n + 1.5))] // prettier-ignore
  const bimodal: WrittenScp = {
    leads: [[2, 1, 40]], // prettier-ignore
    beats: { lengthMs: 10, fiducial: 3, beats: [[0, 13, 15, 17]], areas: [[13, 20]] }, // prettier-ignore
    reference: { leads: [[0, 0, 0, 0, 0]] },
    rhythm: { intervalUs: 8000, bimodal: 1, encoding: 1, leads: [differences(stored, 1)] },
  }

  it('is undone at the rate of the reference beat', () => {
    const recording = readScp(writeScp(bimodal))
    expect(recording.rateHz).toBe(500)
    const samples = steps(channel(recording, 'II'))
    expect(samples.slice(12, 20)).toEqual(line.slice(12, 20))
    // At either end no further mean is there to draw the line to.
    expect(samples.slice(2, 38)).toEqual(line.slice(2, 38))
  })

  it('is refused where nothing says by how much it was', () => {
    expect(refusal({ ...bimodal, order: [2, 3, 4, 6] })).toBe('format/unsupported')
    expect(refusal({ ...bimodal, rhythm: { ...bimodal.rhythm!, intervalUs: 7000 } })).toBe('format/unsupported')
  })

  it('has no flag from version 3 of the standard on', () => {
    const later = { ...plain, protocol: 30, rhythm: { ...plain.rhythm!, bimodal: 1 } }
    expect(steps(channel(readScp(writeScp(later)), 'I'))).toEqual(one)
  })
})
