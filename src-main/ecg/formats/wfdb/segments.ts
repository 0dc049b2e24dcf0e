import type { Warning } from '../../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { Companion } from '../../recording.ts'
import { allCompanions } from '../companions.ts'
import { checkSampleCount } from '../limits.ts'
import { decodeText, printable } from '../text.ts'
import { parseWfdbHeader, type WfdbHeader } from './header.ts'
import { decodeSignalFiles, type WfdbDecoded, type WfdbDecodedSignal } from './signal-files.ts'

const MAX_SEGMENTS = 10_000
/** Room for gaps: twelve leads at 500 Hz for five minutes, and as much again as the files can hold. */
const MAX_GAP_SAMPLES = 2_000_000
const MAX_SAMPLES_PER_BYTE = 2

/**
 * A multi-segment record put together: signals are matched by description; where a segment lacks a signal, and in
 * gaps (`~`), the samples are NaN. Both layouts are read: fixed, and variable with a layout segment of length 0.
 *
 * @param adjust  what is done to the header of each segment before it is read
 * @throws AppError as `decodeSignalFiles`; `format/malformed` where segments disagree
 */
export function decodeSegments(
  master: WfdbHeader,
  companion: Companion,
  adjust: (header: WfdbHeader) => WfdbHeader,
): WfdbDecoded & { headers: WfdbHeader[]; frameRateHz: number | undefined } {
  const segments = master.segments!.filter((segment) => segment.frameCount > 0)
  if (segments.length > MAX_SEGMENTS) {
    throw new AppError(
      'format/too-large',
      `The WFDB record has ${segments.length} segments; at most ${MAX_SEGMENTS} are read.`,
    )
  }
  const frameCount = segments.reduce((sum, segment) => sum + segment.frameCount, 0)
  if (master.frameCount !== undefined && master.frameCount !== frameCount) {
    throw new AppError(
      'format/malformed',
      `The segments hold ${frameCount} samples but the WFDB header declares ${master.frameCount}.`,
    )
  }
  const headers = readHeaders(master, companion, adjust)
  const files = allCompanions(
    [...headers.values()].flatMap(({ signals }) => signals.map(({ file }) => file)),
    companion,
  )
  const storedBytes = [...files.values()].reduce((sum, { length }) => sum + length, 0)
  const joined = new Map<string, WfdbDecodedSignal>()
  const warnings: Warning[] = []
  let start = 0
  for (const segment of segments) {
    const header = headers.get(segment.name)
    if (header) {
      const part = decodeSignalFiles({ ...header, frameCount: header.frameCount ?? segment.frameCount }, files)
      if ((header.frameCount ?? segment.frameCount) !== segment.frameCount) {
        throw new AppError(
          'format/malformed',
          `Segment ${printable(segment.name)} declares ${header.frameCount} samples, its record ${segment.frameCount}.`,
        )
      }
      warnings.push(...part.warnings.filter((warning) => !warnings.some((other) => other.code === warning.code)))
      for (const signal of part.signals) place(signal, start, frameCount, joined, storedBytes)
    }
    start += segment.frameCount
  }
  const all = [...headers.values()]
  return { signals: [...joined.values()], frameCount, warnings, headers: all, frameRateHz: frameRateOf(master, all) }
}

function readHeaders(
  master: WfdbHeader,
  companion: Companion,
  adjust: (header: WfdbHeader) => WfdbHeader,
): Map<string, WfdbHeader> {
  const names = master
    .segments!.filter(({ name, frameCount }) => name !== '~' && frameCount > 0)
    .map(({ name }) => name)
  const bytes = allCompanions(
    names.map((name) => `${name}.hea`),
    companion,
  )
  return new Map(
    [...new Set(names)].map((name) => {
      const header = parseWfdbHeader(decodeText(bytes.get(`${name}.hea`)!))
      if (header.segments)
        throw new AppError('format/malformed', `Segment ${printable(name)} is itself a multi-segment record.`)
      return [name, adjust(header)]
    }),
  )
}

function place(
  part: WfdbDecodedSignal,
  start: number,
  frameCount: number,
  joined: Map<string, WfdbDecodedSignal>,
  storedBytes: number,
): void {
  let whole = joined.get(part.name)
  if (!whole) {
    checkSampleCount(joined.size + 1, frameCount * part.samplesPerFrame)
    const sampleCount = [...joined.values()].reduce((sum, { samplesMv }) => sum + samplesMv.length, 0)
    checkGaps(sampleCount + frameCount * part.samplesPerFrame, storedBytes)
    whole = { ...part, samplesMv: new Float32Array(frameCount * part.samplesPerFrame).fill(NaN) }
    joined.set(part.name, whole)
  }
  if (whole.samplesPerFrame !== part.samplesPerFrame) {
    throw new AppError(
      'format/malformed',
      `${printable(part.name)} has different sampling rates in different segments.`,
    )
  }
  whole.samplesMv.set(part.samplesMv, start * part.samplesPerFrame)
}

/**
 * Gaps cost memory that no file pays for: a header of a few bytes may declare a month of them.
 *
 * @throws AppError `format/too-large`
 */
function checkGaps(sampleCount: number, storedBytes: number): void {
  if (sampleCount <= MAX_GAP_SAMPLES + MAX_SAMPLES_PER_BYTE * storedBytes) return
  throw new AppError(
    'format/too-large',
    `The WFDB record declares ${sampleCount} samples, but its signal files hold ${storedBytes} bytes: nearly all of it is gaps. Cut out the part with the signal.`,
  )
}

function frameRateOf(master: WfdbHeader, headers: readonly WfdbHeader[]): number | undefined {
  const rates = new Set([master, ...headers].flatMap(({ frameRateHz }) => frameRateHz ?? []))
  if (rates.size > 1)
    throw new AppError('format/malformed', `The segments differ in sampling rate: ${[...rates].join(', ')} Hz.`)
  return [...rates][0]
}
