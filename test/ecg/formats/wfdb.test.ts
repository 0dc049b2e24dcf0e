import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { companionNames } from '../../../src-main/ecg/read-recording.ts'
import { looksLikeWfdbHeader, parseWfdbHeader } from '../../../src-main/ecg/formats/wfdb/header.ts'
import {
  channel,
  FIXTURES,
  rdsampRows,
  readFile,
  readText,
  refusalCode,
  SHARED,
  sharedAbsent,
  statedValues,
} from '../files.ts'

const int16 = (...values: number[]): Uint8Array => new Uint8Array(Int16Array.from(values).buffer)
const codes = (text: string, files: Record<string, Uint8Array>): string[] =>
  readText(text, files).warnings.map(({ code }) => code)

describe('WFDB records of the fixtures', () => {
  it('reads a MATLAB container as format 16 behind 24 bytes, with age and sex of the comments', () => {
    const recording = readFile(FIXTURES, 'HR06000.hea')
    expect(recording).toMatchObject({
      format: 'wfdb',
      rateHz: 500,
      patient: { ageYears: 59, sex: 'female' },
      warnings: [],
    })
    expect(recording.units).toBe('gain 1000 adu/mv in the header')
    expect(recording.channels.map(({ name }) => name)).toEqual('I II III aVR aVL aVF V1 V2 V3 V4 V5 V6'.split(' '))
    expect(channel(recording, 'V6').subarray(0, 10)).toEqual(
      Float32Array.of(0.625, 0.625, 0.625, 0.625, 0.625, 0.625, 0.625, 0.622, 0.618, 0.615),
    )
  })

  it('names the signal files of a header once each', () => {
    const names = companionNames(readFileSync(join(FIXTURES, 'binformats.hea')), 'binformats.hea')
    expect(names).toEqual(Array.from({ length: 10 }, (_, index) => `binformats.d${index}`))
  })
})

describe.skipIf(sharedAbsent)('WFDB records beside the repository', () => {
  it.each(['s0010_re', 'HR06000', 'E07500', 'JS20001', 'test01_00s'])(
    '%s has the values that another decoder found',
    (record) => {
      const recording = readFile(join(SHARED, 'wfdb'), `${record}.hea`)
      const stated = statedValues(`wfdb/${record}.hea`)
      expect(stated.length).toBe(recording.channels.length)
      for (const [index, { valuesMv, toleranceMv }] of stated.entries()) {
        for (const [t, value] of valuesMv.entries()) {
          expect(Math.abs(recording.channels[index]!.samplesMv[t]! - value)).toBeLessThanOrEqual(toleranceMv)
        }
      }
      // Initial values and checksums of these headers are known to match.
      expect(recording.warnings.filter(({ code }) => code === 'wfdb/checksum')).toEqual([])
    },
  )

  it('reads 15 signals from two files and gives their standard leads canonical names', () => {
    const recording = readFile(join(SHARED, 'wfdb'), 's0010_re.hea')
    expect(recording).toMatchObject({ rateHz: 1000, patient: { ageYears: 81, sex: 'female' } })
    expect(recording.channels.map(({ name }) => name).slice(9)).toEqual(['V4', 'V5', 'V6', 'vx', 'vy', 'vz'])
    expect(new Set(recording.channels.map(({ samplesMv }) => samplesMv.length))).toEqual(new Set([38400]))
  })

  it.each([
    // rdsamp -r s0010_re -f 5 -t 38 -P -s 13 0 4 8 3, and so on; -P prints mV with eight decimals.
    ['s0010_re', '3b', [13, 0, 4, 8, 3], 5000],
    ['100_3chan', '2c', [0, 1, 2], 0],
    ['3000003_0003', '1d', [1], 125],
  ] as const)('%s agrees with PhysioNet’s rdsamp sample by sample', (record, truth, columns, first) => {
    const { channels } = readFile(join(SHARED, 'wfdb'), `${record}.hea`)
    const rows = rdsampRows(join(SHARED, `ground_truth/wfdb_record-${truth}.txt.gz`))
    expect(rows.length).toBeGreaterThan(500)
    let worst = 0
    for (const [index, row] of rows.entries()) {
      for (const [at, column] of columns.entries()) {
        worst = Math.max(worst, Math.abs(channels[column]!.samplesMv[first + index]! - row[at]!))
      }
    }
    expect(worst).toBeLessThanOrEqual(1e-6)
  })

  it('agrees with rdsamp on the integers of test01_00s', () => {
    const { channels } = readFile(join(SHARED, 'wfdb'), 'test01_00s.hea')
    const rows = rdsampRows(join(SHARED, 'ground_truth/wfdb_record-1a.txt.gz'))
    expect(rows.map((_, t) => channels.map(({ samplesMv }) => Math.round(samplesMv[t]! * 100) + 0))).toEqual(rows)
  })

  it('keeps a time of day without a date, and joins both where the header has both', () => {
    expect(readFile(join(SHARED, 'wfdb'), '3000003_0003.hea').startTime).toBe('19:46:25.757')
    const exported = readFile(join(SHARED, 'ground_truth/muse_sinus_wfdb'), 'muse-sinus.hea', { unit: 'uV' })
    expect(exported.startTime).toBe('2023-04-29T22:41:16')
  })
})

describe('a WFDB header', () => {
  it('takes gain 200 and the unit mV by WFDB’s convention where it states none, and says so', () => {
    const recording = readText('r 2 500 2\nr.dat 16 0 16 0 100 0 0 I\nr.dat 16\n', {
      'r.dat': int16(100, 400, -100, 200),
    })
    expect(recording.channels.map(({ samplesMv }) => [...samplesMv])).toEqual([[0.5, -0.5], [2, 1]]) // prettier-ignore
    expect(recording.units).toContain('WFDB convention of 200 adu/mV')
    expect(recording.warnings.map(({ code }) => code)).toContain('wfdb/gain-default')
  })

  it('subtracts the baseline, by default the ADC zero, and knows µV, mV and V', () => {
    const files = { 'r.dat': int16(1024, 2000, 3) }
    const { channels } = readText(
      'r 3 500 1\nr.dat 16 200 12 1024 1024 0 0 I\nr.dat 16 2(1000)/uV 16\nr.dat 16 0.001/V\n',
      files,
    )
    expect(channels.map(({ samplesMv }) => samplesMv[0])).toEqual([0, 0.5, 3_000_000])
  })

  it('marks samples that were not measured as NaN', () => {
    expect([
      ...channel(readText('r 1 500 3\nr.dat 16 1000 16 0 1 0 0 V1\n', { 'r.dat': int16(1, -32768, 2) }), 'V1'),
    ]).toEqual([Math.fround(0.001), NaN, Math.fround(0.002)])
  })

  it('takes the length from the signal file where it states none, and 250 Hz by convention', () => {
    const recording = readText('r 1\nr.dat 16 1000 16 0 1 6 0 V1\n', { 'r.dat': int16(1, 2, 3) })
    expect(recording).toMatchObject({ rateHz: 250 })
    expect(channel(recording, 'V1').length).toBe(3)
    expect(recording.warnings.map(({ code }) => code)).toContain('wfdb/rate-default')
  })

  it('moves a skewed signal against the others, and ends where the first of them ends', () => {
    const files = { 'r.dat': int16(10, 1, 20, 2, 30, 3, 40, 4) }
    const { channels } = readText('r 2 500 4\nr.dat 16 1000 16 0 10 0 0 I\nr.dat 16:1 1000 16 0 2 0 0 II\n', files)
    expect(channels.map(({ samplesMv }) => [...samplesMv].map((v) => Math.round(v * 1000)))).toEqual([[10, 20, 30], [2, 3, 4]]) // prettier-ignore
  })

  it('reads several samples in a frame at their higher rate, and names signals of another rate', () => {
    const files = { 'r.dat': int16(1, 2, 9, 3, 4, 9) }
    const recording = readText('r 2 250 2\nr.dat 16x2 1000 16 0 1 10 0 I\nr.dat 16 1000 16 0 9 18 0 RESP\n', files)
    expect(recording.rateHz).toBe(500)
    expect([...channel(recording, 'I')].map((v) => Math.round(v * 1000))).toEqual([1, 2, 3, 4])
    expect(recording.warnings.find(({ code }) => code === 'ecg/channel-skipped')?.message).toContain('RESP')
    expect(recording.warnings.map(({ code }) => code)).not.toContain('wfdb/checksum')
  })

  it('leaves out signals that are no voltage, and refuses a lead in such a unit', () => {
    const files = { 'r.dat': int16(1, 2) }
    expect(codes('r 2 500 1\nr.dat 16 1000/mV 16 0 1 1 0 I\nr.dat 16 10/mmHg 16 0 2 2 0 ABP\n', files)).toContain(
      'ecg/channel-skipped',
    )
    expect(
      refusalCode(() => readText('r 2 500 1\nr.dat 16 1000/mV 16 0 1 1 0 I\nr.dat 16 10/mmHg 16 0 2 2 0 II\n', files)),
    ).toBe('format/units-unknown')
  })

  it('warns when the initial value or the checksum does not fit the signal file', () => {
    const header = (initial: number, sum: number): string => `r 1 500 3\nr.dat 16 1000 16 0 ${initial} ${sum} 0 V1\n`
    expect(codes(header(1, 6), { 'r.dat': int16(1, 2, 3) })).not.toContain('wfdb/checksum')
    expect(codes(header(2, 6), { 'r.dat': int16(1, 2, 3) })).toContain('wfdb/checksum')
    expect(codes(header(1, 7), { 'r.dat': int16(1, 2, 3) })).toContain('wfdb/checksum')
    expect(codes(header(1, 6 - 65536), { 'r.dat': int16(1, 2, 3) })).not.toContain('wfdb/checksum')
  })

  it('turns −aVR over and says so', () => {
    const recording = readText('r 1 500 2\nr.dat 16 1000 16 0 1 3 0 -aVR\n', { 'r.dat': int16(1, 2) })
    expect(channel(recording, 'aVR')[1]).toBe(-Math.fround(0.002))
    expect(recording.warnings.map(({ code }) => code)).toContain('ecg/lead-inverted')
  })

  it.each([
    ['a signal file that is not there', 'r 1 500 3\nr.dat 16 1000 16 0 1 6 0 V1\n', 'format/companion-missing'],
    ['fewer signal lines than declared', 'r 2 500 3\nr.dat 16 1000 16 0 1 6 0 V1\n', 'format/truncated'],
    ['FLAC samples', 'r 1 500 3\nhere.dat 516 1000 16 0 1 6 0 V1\n', 'format/unsupported'],
    ['a signal file of less than one sample', 'r 1 500 3\nshort.dat 16 1000 16 0 1 6 0 V1\n', 'format/truncated'],
    ['a path in place of a file name', 'r 1 500 3\n../here.dat 16 1000 16 0 1 6 0 V1\n', 'format/companion-name'],
    ['an absolute path', 'r 1 500 3\n/etc/a.dat 16 1000 16 0 1 6 0 V1\n', 'format/companion-name'],
    ['a drive', 'r 1 500 3\nC:here.dat 16 1000 16 0 1 6 0 V1\n', 'format/companion-name'],
    ['a device', 'r 1 500 3\nCON.dat 16 1000 16 0 1 6 0 V1\n', 'format/companion-name'],
    ['a rate of nothing', 'r 1 0 3\nhere.dat 16 1000 16 0 1 6 0 V1\n', 'format/rate-unknown'],
    ['a gain that is no number', 'r 1 500 3\nhere.dat 16 many 16 0 1 6 0 V1\n', 'format/malformed'],
    [
      'the same lead twice',
      'r 2 500 1\nhere.dat 16 1000 16 0 1 6 0 V1\nhere.dat 16 1000 16 0 1 6 0 v1\n',
      'ecg/lead-duplicate',
    ],
    [
      'two formats in one file',
      'r 2 500 1\nhere.dat 16 1000 16 0 1 6 0 V1\nhere.dat 212 1000 16 0 1 6 0 V2\n',
      'format/malformed',
    ],
    [
      'one file in two places',
      'r 3 500 1\nhere.dat 16 1 16\nshort.dat 16 1 16\nhere.dat 16 1 16\n',
      'format/malformed',
    ],
    ['frames without a sample', 'r 1 500 3\nhere.dat 16x0 1000 16 0 1 6 0 V1\n', 'format/malformed'],
    ['more channels than any ECG has', `r 2000 500 1\n${'here.dat 16 1000\n'.repeat(2000)}`, 'format/too-large'],
  ])('refuses %s', (_, text, code) => {
    const files = { 'here.dat': int16(1, 2, 3), 'short.dat': new Uint8Array(1) }
    expect(refusalCode(() => readText(text, files))).toBe(code)
  })

  it('allocates by what is there, not by what is declared', () => {
    expect(codes('r 1 500 999999999999999\nr.dat 16 1000 16 0 1 6 0 V1\n', { 'r.dat': int16(1, 2, 3) })).toContain(
      'format/incomplete',
    )
  })

  it('is recognised by its record and signal lines, not by numbers alone', () => {
    expect(looksLikeWfdbHeader('# comment\n100 2 360 650000\n100.dat 212 200 11 1024 995 -22131 0 MLII\n')).toBe(true)
    expect(looksLikeWfdbHeader('-68 -117 -49 92\n-68 -117 -49 92\n')).toBe(false)
    expect(looksLikeWfdbHeader('1 2 3 4\n5 16 7 8\n')).toBe(false)
    expect(looksLikeWfdbHeader('time I II\n0 1 2\n')).toBe(false)
  })

  it('keeps blanks in a description and reads tabs as blanks', () => {
    const [first] = parseWfdbHeader('r 1 500\nr.dat\t16\t200(0)/mV\t16\t0\t-10\t-3015\t0\tsig 0, fmt 8\n').signals
    expect(first).toMatchObject({
      description: 'sig 0, fmt 8',
      gain: 200,
      baseline: 0,
      unit: 'mV',
      initialValue: -10,
      checksum: -3015,
    })
  })
})
