import { AppError } from '../../../../src-preload/contract/errors.ts'
import { checkChannelCount } from '../limits.ts'
import { printable } from '../text.ts'

/** One signal line of a WFDB header. Fields that the line leaves out are undefined. */
export interface WfdbSignal {
  file: string
  /** Storage format number, e.g. 16 or 212. */
  storage: number
  samplesPerFrame: number
  /** Frames of this signal in the file that precede sample 0. */
  skewFrames: number
  byteOffset: number
  /** ADC units per physical unit; undefined or 0 where the signal is uncalibrated. */
  gain: number | undefined
  baseline: number
  unit: string | undefined
  initialValue: number
  /** True where the line states the initial value. */
  initialValueStated: boolean
  checksum: number | undefined
  description: string
}

export interface WfdbSegment {
  name: string
  frameCount: number
}

/** A WFDB header file. `segments` is set for a multi-segment record, which has no signal lines of its own. */
export interface WfdbHeader {
  recordName: string
  signalCount: number
  /** Frames per second; undefined where the header leaves it out. */
  frameRateHz: number | undefined
  /** Undefined where the header leaves it out or says 0. */
  frameCount: number | undefined
  baseTime: string | undefined
  baseDate: string | undefined
  signals: readonly WfdbSignal[]
  segments: readonly WfdbSegment[] | undefined
  comments: readonly string[]
  /** False where the last line has no line end, as in a file that was cut off. */
  endsWithLineEnd: boolean
}

/** A thousand signals, or ten thousand segments, take less. */
const LONGEST_HEADER = 2 ** 20

const RECORD_LINE = /^([\w.-]+?)(?:\/(\d+))?\s+(\d+)(?:\s+(.*))?$/
const SIGNAL_LINE = /^(\S+)\s+(\d+)(?:x(\d+))?(?::(\d+))?(?:\+(\d+))?(?:\s+(.*))?$/
const GAIN = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?:\(([-+]?\d+)\))?(?:\/(\S+))?$/

/** Whether the text begins like a WFDB header: a record line, then a signal or segment line. */
export function looksLikeWfdbHeader(text: string): boolean {
  const [record, first] = text.split(/\r?\n/, 200).filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const fields = record === undefined ? null : RECORD_LINE.exec(record.trim())
  if (!fields) return false
  // Of a header that was cut off behind its record line, the rate and the length must be there to be recognised.
  if (first === undefined) return /^\d+(?:\.\d+)?\S*\s+\d+/.test(fields[4] ?? '')
  const [file = '', second = '', third] = first.trim().split(/\s+/, 3)
  if (fields[2] !== undefined) return /^\d+$/.test(second) && third === undefined
  return /[A-Za-z_~]/.test(file) && /^(?:0|8|16|24|32|61|80|160|212|310|311|508|516|524)(?:[x:+]\d+)*$/.test(second)
}

/**
 * Parses a WFDB header.
 *
 * @see https://physionet.org/physiotools/wag/header-5.htm (header(5), WFDB applications guide)
 * @throws AppError `format/too-large`, `format/malformed` naming the line, `format/truncated` where signal lines are absent
 */
export function parseWfdbHeader(text: string): WfdbHeader {
  if (text.length > LONGEST_HEADER) {
    throw new AppError(
      'format/too-large',
      `The WFDB header has ${text.length} characters; at most ${LONGEST_HEADER} are read. Copy the record again.`,
    )
  }
  const lines = text.split('\n').map((line, index) => ({ text: line.trim(), number: index + 1 }))
  const comments = lines.filter((line) => line.text.startsWith('#')).map((line) => line.text.slice(1).trim())
  const [recordLine, ...others] = lines.filter((line) => line.text !== '' && !line.text.startsWith('#'))
  const record = RECORD_LINE.exec(recordLine?.text ?? '')
  if (!recordLine || !record) throw new AppError('format/malformed', 'The WFDB header has no record line.')
  const [, recordName, segmentCount, signalCountText, rest = ''] = record
  const signalCount = Number(signalCountText)
  const [rate, frameCount, baseTime, baseDate] = rest.split(/\s+/)
  const expected = segmentCount === undefined ? signalCount : Number(segmentCount)
  checkChannelCount(signalCount)
  if (expected > others.length) {
    const kind = segmentCount === undefined ? 'signals' : 'segments'
    throw new AppError(
      'format/truncated',
      `The WFDB header declares ${expected} ${kind} but describes ${others.length}. It is cut off; copy the file again.`,
    )
  }
  if (expected === 0)
    throw new AppError('format/no-signals', `The WFDB header of ${printable(recordName!)} declares no signals.`)
  const used = others.slice(0, expected)
  return {
    recordName: recordName!,
    signalCount,
    frameRateHz: rate ? parseRate(rate) : undefined,
    frameCount: frameCount ? parseCount(frameCount, recordLine.number) || undefined : undefined,
    baseTime,
    baseDate,
    signals: segmentCount === undefined ? used.map((line, index) => parseSignal(line.text, line.number, index)) : [],
    segments: segmentCount === undefined ? undefined : used.map((line) => parseSegment(line.text, line.number)),
    comments,
    endsWithLineEnd: text.endsWith('\n'),
  }
}

function parseRate(field: string): number {
  // "500/1000(0)": sampling frequency, counter frequency and base counter value; only the first concerns us.
  const rateHz = Number(field.split('/')[0])
  if (!(rateHz > 0) || !Number.isFinite(rateHz)) {
    throw new AppError(
      'format/rate-unknown',
      `The WFDB header states a sampling rate of “${printable(field)}”. Correct the header.`,
    )
  }
  return rateHz
}

function parseCount(field: string, line: number): number {
  if (!/^\d{1,15}$/.test(field)) throw malformed(line, `“${printable(field)}” is no number of samples`)
  return Number(field)
}

function parseSegment(text: string, line: number): WfdbSegment {
  const [name, frameCount, ...rest] = text.split(/\s+/)
  if (frameCount === undefined || rest.length > 0) throw malformed(line, 'a segment needs a record name and a length')
  return { name: name!, frameCount: parseCount(frameCount, line) }
}

function parseSignal(text: string, line: number, index: number): WfdbSignal {
  const fields = SIGNAL_LINE.exec(text)
  if (!fields) throw malformed(line, 'a signal needs a file name and a storage format')
  const [, file, storage, samplesPerFrame, skew, byteOffset, rest = ''] = fields
  // Gain, ADC resolution, ADC zero, initial value, checksum, block size; then the description, which may hold blanks.
  const [gainField, , adcZero, initialValue, checksum] = rest.split(/\s+/, 6).filter((field) => field !== '')
  const gain = gainField === undefined || gainField.length > 64 ? null : GAIN.exec(gainField)
  if (gainField !== undefined && !gain) throw malformed(line, `“${printable(gainField)}” is no gain`)
  const zero = parseInteger(adcZero, line) ?? 0
  const initial = parseInteger(initialValue, line)
  return {
    file: file!,
    storage: Number(storage),
    samplesPerFrame: Number(samplesPerFrame ?? 1),
    skewFrames: Number(skew ?? 0),
    byteOffset: Number(byteOffset ?? 0),
    gain: gain ? Number(gain[1]) : undefined,
    baseline: gain?.[2] === undefined ? zero : Number(gain[2]),
    unit: gain?.[3],
    initialValue: initial ?? zero,
    initialValueStated: initial !== undefined,
    checksum: parseInteger(checksum, line),
    description: /^(?:\S+\s+){6}(.*)$/.exec(rest)?.[1]?.trim() || `signal ${index}`,
  }
}

function parseInteger(field: string | undefined, line: number): number | undefined {
  if (field === undefined) return undefined
  if (!/^[-+]?\d{1,15}$/.test(field)) throw malformed(line, `“${printable(field)}” is no whole number`)
  return Number(field)
}

const malformed = (line: number, problem: string): AppError =>
  new AppError('format/malformed', `Line ${line} of the WFDB header: ${problem}. Correct the header or copy it again.`)
