import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseNumber } from '../../../src-main/ecg/formats/delimited-text/numbers.ts'
import { readRecording } from '../../../src-main/ecg/read-recording.ts'
import { channel, readFile, readText, refusalCode, SHARED, sharedAbsent } from '../files.ts'

const code = (text: string): string => refusalCode(() => readText(text))
const millivolts = (samples: Float32Array): number[] => [...samples].map((v) => Math.round(v * 1e6) / 1e6)

describe('a table as rdsamp -v prints it', () => {
  it('has its units in brackets below the names, and times of day', () => {
    const recording = readText(
      'Elapsed time\tI\tII\n(hh:mm:ss.mmm)\t(mV)\t(uV)\n0:00.000\t-0.1\t200\n0:00.002\t0.1\t100\n',
    )
    expect(recording.rateHz).toBe(500)
    expect(recording.channels.map(({ samplesMv }) => [...samplesMv].map((mv) => Math.round(mv * 1000)))).toEqual([
      [-100, 100],
      [200, 100],
    ])
  })
})

describe('a table with named columns', () => {
  it.each([
    ['commas', 'time (s),I (mV),II (mV)\n0,0.1,-0.2\n0.002,0.3,1e-1\n'],
    ['semicolons and decimal commas', 'time (s);I (mV);II (mV)\n0;0,1;-0,2\n0,002;0,3;0,1\n'],
    ['tabs', 'time_ms\tI_mV\tII_mV\r\n0\t0.1\t-0.2\r\n2\t0.3\t0.1\r\n'],
    ['tabs and decimal commas', 'time_ms\tI_uV\tII_uV\n0\t100\t-200\n2\t300,0\t100\n'],
    ['bars', 't [s]|I [mV]|II [mV]\n0|0.1|-0.2\n.002|0.3|0.1\n'],
    ['blanks', '  time(ms)  I (mV)   II (mV)\n  0   0.1  -0.2\n  2   0.3   0.1\n'],
    ['quotes', '"time (s)","I (mV)","II (mV)"\n"0","0.1","-0.2"\n"0.002","0.3","0.1"\n'],
    ['a row of units', "'Elapsed time','I','II'\n'seconds','mV','mV'\n0.000,0.1,-0.2\n0.002,0.3,0.1\n"],
    ['units µV in both spellings', 'time (s),I (µV),II (μV)\n0,100,-200\n0.002,300,100\n'],
    ['a stated rate and unit', '# rate=500 unit=uV\nI,II\n100,-200\n300,100\n'],
    ['a sampling rate in words', '# Sampling rate: 0.5 kHz\n# Units: mV\nLead I,Lead II\n0.1,-0.2\n0.3,0.1\n'],
    [
      'words before a sampling rate',
      '# my cart, ECG sampling frequency = 500 Hz, unit = mV\nI,II\n0.1,-0.2\n0.3,0.1\n',
    ],
    ['a preface of cells', 'Sampling rate (Hz);500\nUnit;mV\n\nI;II\n0,1;-0,2\n0,3;0,1\n'],
    ['names in a comment', '# time_s,I_mV,II_mV\n0,0.1,-0.2\n0.002,0.3,0.1\n'],
    ['an index column', ',I_mV,II_mV,t_s\n0,0.1,-0.2,0\n1,0.3,0.1,0.002\n'],
    ['clock times', 'time,I (mV),II (mV)\n0:00.000,0.1,-0.2\n0:00.002,0.3,0.1\n'],
    ['a trailing delimiter', 'time (s),I (mV),II (mV),\n0,0.1,-0.2,\n0.002,0.3,0.1,\n'],
  ])('reads %s', (name, text) => {
    if (name === 'clock times') text = `# rate=500\n${text}`
    const recording = readText(text)
    expect(recording).toMatchObject({ format: 'delimited-text', rateHz: 500 })
    expect(millivolts(channel(recording, 'I'))).toEqual([0.1, 0.3])
    expect(millivolts(channel(recording, 'II'))).toEqual([-0.2, 0.1])
    expect(recording.warnings.map((each) => each.code)).toEqual([])
  })

  it.each(['utf8', 'utf16le', 'latin1'] as const)('reads %s text', (encoding) => {
    const text = `${encoding === 'utf16le' ? '\ufeff' : ''}# größe; rate=500\nI (µV),II (µV)\n1,2\n3,4\n`
    const recording = readRecording(Buffer.from(text, encoding), 'a.csv', () => undefined)
    expect(millivolts(channel(recording, 'II'))).toEqual([0.002, 0.004])
  })

  it('finds 240 Hz in times that are rounded to milliseconds', () => {
    const rows = Array.from({ length: 2400 }, (_, t) => `${(t / 240).toFixed(3)},0.1`)
    expect(readText(`time (s),V1 (mV)\n${rows.join('\n')}\n`).rateHz).toBe(240)
  })

  it('keeps a rate that is no whole number', () => {
    const rows = Array.from({ length: 2000 }, (_, t) => `${(t / 256.41).toFixed(6)},0.1`)
    expect(readText(`time (s),V1 (mV)\n${rows.join('\n')}\n`).rateHz).toBeCloseTo(256.41, 2)
  })

  it('reads empty cells and NaN as NaN, and leaves out a column without values', () => {
    const recording = readText('# rate=500\nI (mV),II (mV),V1 (mV)\n0.1,,\n0.2,nan,\n')
    expect(millivolts(channel(recording, 'I'))).toEqual([0.1, 0.2])
    expect(recording.warnings.find((each) => each.code === 'ecg/channel-empty')?.message).toContain('II, V1')
  })

  it('keeps other voltages under their own name and leaves out what is none', () => {
    const recording = readText('# rate=500\nECG 1 (mV),II (mV),RESP (ohm),marker\n1,2,3,4\n')
    expect(recording.channels.map(({ name }) => name)).toEqual(['ECG 1', 'II'])
    expect(recording.warnings.find((each) => each.code === 'ecg/channel-skipped')?.message).toContain('RESP, marker')
  })

  it('leaves out a last line that has no line end, and says so', () => {
    const recording = readText('# rate=500\nI (mV),II (mV)\n1,2\n3,4\n5,6')
    expect(millivolts(channel(recording, 'II'))).toEqual([2, 4])
    expect(recording.warnings.map((each) => each.code)).toContain('format/incomplete')
  })

  it.each([
    ['columns without a unit', '# rate=500\nI,II\n1,2\n', 'format/units-unknown'],
    ['columns in no voltage', '# rate=500\nI (kg),II (kg)\n1,2\n', 'format/units-unknown'],
    ['no rate', 'I (mV),II (mV)\n1,2\n3,4\n', 'format/rate-unknown'],
    ['a time without a unit', 'time,I (mV)\n0,2\n2,4\n', 'format/rate-unknown'],
    ['an atrial rate in Hz', '# atrial: 5 Hz\nI (mV),II (mV)\n1,2\n3,4\n', 'format/rate-unknown'],
    ['a heart rate in place of a sampling rate', '# heart rate=60\nI (mV),II (mV)\n1,2\n3,4\n', 'format/rate-unknown'],
    [
      'times with a gap',
      `time (ms),I (mV)\n${[0, 2, 4, 10, 12].map((t) => `${t},1`).join('\n')}\n`,
      'format/rate-unknown',
    ],
    ['times that stand still', 'time (ms),I (mV)\n0,1\n0,1\n', 'format/rate-unknown'],
    ['a rate that its times deny', '# rate=500\ntime (ms),I (mV)\n0,1\n4,1\n8,1\n', 'format/rate-conflict'],
    ['two rates', '# rate=500\n# fs=250\nI (mV)\n1\n', 'format/rate-conflict'],
    ['no names', '1,2,3\n4,5,6\n7,8,9\n', 'format/columns-unnamed'],
    ['words among the numbers', '# rate=500\nI (mV),II (mV)\n1,2\n3,four\n', 'format/malformed'],
    ['a row that is too short', '# rate=500\nI (mV),II (mV)\n1,2\n3\n5,6\n', 'format/malformed'],
    ['a row that is too long', '# rate=500\nI (mV),II (mV)\n1,2\n3,4,5\n5,6\n', 'format/malformed'],
    ['both decimal marks', '# rate=500\nI (mV);II (mV)\n1,5;2\n3.5;4\n', 'format/malformed'],
    ['names only', '# rate=500\nI (mV),II (mV)\n', 'format/no-samples'],
    ['the same lead twice', '# rate=500\nI (mV),i (mV)\n1,2\n', 'ecg/lead-duplicate'],
  ])('is refused with %s', (_, text, expected) => expect(code(text)).toBe(expected))

  it('says what to do where the unit is not known', () => {
    expect(() => readText('# rate=500\nI,II\n1,2\n')).toThrow(/The columns I, II have no unit.*Add .*unit=mV/)
  })
})

describe.skipIf(sharedAbsent)('tables beside the repository', () => {
  it.each(['GEMagellan_J123456_10sec.txt', 'contec_0000050.csv'])(
    '%s has no names, so it is refused and not guessed',
    (file) => {
      expect(refusalCode(() => readFile(join(SHARED, 'csv'), file))).toBe('format/columns-unnamed')
    },
  )
})

describe('numbers in place', () => {
  it('are the nearest double, as Number finds it', () => {
    for (let k = 0; k < 2000; k++) {
      const text = ((Math.sin(k * 12.9898) * 43758.5453) / 10 ** (k % 9)).toFixed(k % 12)
      const cell = { text: `x${text};`, at: 1, end: text.length + 1, value: NaN, points: 0, commas: 0 }
      expect(parseNumber(cell)).toBe(true)
      expect(cell.value).toBe(Number(text))
    }
  })

  it.each(['', '-', '.', '1e', '1.2.3', '0x10', '1 2', 'Infinity', '--1'])('“%s” is no number', (text) => {
    expect(parseNumber({ text, at: 0, end: text.length, value: 0, points: 0, commas: 0 })).toBe(false)
  })
})
