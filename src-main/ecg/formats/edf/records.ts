import type { Warning } from '../../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import { checkSampleCount } from '../limits.ts'
import type { EdfHeader, EdfSignal } from './header.ts'
import { recordOnsets } from './onsets.ts'

/** Where each data record's samples go: its start in seconds from the first record, in file order. */
export interface EdfRecords {
  startsS: Float64Array
  durationS: number
}

/**
 * Counts the data records that are there in full, and places them in time: one behind the other, or in EDF+D and
 * BDF+D files where their time-keeping annotations say.
 *
 * @throws AppError `format/truncated`, `format/rate-unknown`, `format/malformed`, `format/too-large`
 */
export function placeRecords(main: Uint8Array, header: EdfHeader, warnings: Warning[]): EdfRecords {
  const { kind, recordBytes, recordDurationS: durationS, headerBytes, recordCount: declared } = header
  if (!(durationS > 0)) {
    throw new AppError(
      'format/rate-unknown',
      `The ${kind} header states a data record duration of ${durationS} s, so that the sampling rate is not known. Export the file again.`,
    )
  }
  const present = recordBytes === 0 ? 0 : Math.floor((main.length - headerBytes) / recordBytes)
  const count = declared < 0 ? present : Math.min(declared, present)
  if (count === 0) {
    throw new AppError(
      'format/truncated',
      `The ${kind} file declares ${declared} data records and holds none in full. Copy or export it again.`,
    )
  }
  if (count < declared || (declared < 0 && (main.length - headerBytes) % recordBytes !== 0)) {
    warnings.push({
      code: 'format/incomplete',
      message: `The ${kind} file ${declared < 0 ? 'was not closed by its writer' : `declares ${declared} data records`} and holds ${count} in full: only these were read.`,
    })
  }
  const onsets = header.plus.endsWith('+D') ? recordOnsets(main, header, count) : undefined
  const startsS = onsets ?? Float64Array.from({ length: count }, (_, record) => record * durationS)
  if (onsets) checkOrder(onsets, durationS, kind, warnings)
  return { startsS, durationS }
}

/** Longest span of an interrupted recording, in multiples of what was recorded: gaps take memory too. */
const MAX_STRETCH = 5

function checkOrder(onsets: Float64Array, durationS: number, kind: string, warnings: Warning[]): void {
  let gaps = 0
  for (let record = 1; record < onsets.length; record++) {
    const stray = onsets[record]! - onsets[record - 1]! - durationS
    if (stray < -1e-3 * durationS) {
      throw new AppError(
        'format/malformed',
        `Data record ${record + 1} of the ${kind} file begins before the one before it ends. Export the file again.`,
      )
    }
    if (stray > 1e-3 * durationS) gaps++
  }
  if (gaps === 0) return
  if (onsets.at(-1)! - onsets[0]! > MAX_STRETCH * onsets.length * durationS) {
    throw new AppError(
      'format/too-large',
      `The interruptions in the ${kind} file are more than ${MAX_STRETCH - 1} times as long as what was recorded. Export one stretch alone.`,
    )
  }
  warnings.push({
    code: 'edf/gaps',
    message: `The recording was interrupted ${gaps} times; the ${kind} file says where, and the gaps are left empty.`,
  })
}

/**
 * Samples of one signal in mV over the whole recording; NaN in gaps.
 *
 * @param millivoltsPerUnit  of the signal's physical dimension
 * @throws AppError `format/too-large`
 */
export function decodeSignal(
  main: Uint8Array,
  header: EdfHeader,
  signal: EdfSignal,
  { startsS, durationS }: EdfRecords,
  millivoltsPerUnit: number,
): Float32Array {
  const { samplesPerRecord, digitalMinimum, physicalMinimum } = signal
  const samplesPerS = samplesPerRecord / durationS
  const firstSamples = startsS.map((start) => Math.round((start - startsS[0]!) * samplesPerS))
  const sampleCount = firstSamples.at(-1)! + samplesPerRecord
  checkSampleCount(header.signals.length, sampleCount)
  const samplesMv = new Float32Array(sampleCount).fill(NaN)
  const unitsPerStep = (signal.physicalMaximum - physicalMinimum) / (signal.digitalMaximum - digitalMinimum)
  const view = new DataView(main.buffer, main.byteOffset, main.length)
  const width = header.bytesPerSample
  for (let record = 0; record < firstSamples.length; record++) {
    const first = firstSamples[record]!
    let at = header.headerBytes + record * header.recordBytes + signal.byteOffset
    for (let t = first; t < first + samplesPerRecord; t++, at += width) {
      // 24 bits: a signed high byte above an unsigned low word.
      const digital = width === 2 ? view.getInt16(at, true) : view.getInt8(at + 2) * 65536 + view.getUint16(at, true)
      samplesMv[t] = (physicalMinimum + (digital - digitalMinimum) * unitsPerStep) * millivoltsPerUnit
    }
  }
  return samplesMv
}
