import type { Warning } from '../../../../src-preload/contract/ecg.ts'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import { standardLead } from '../../lead-names.ts'
import { checkSampleCount } from '../limits.ts'
import { printable } from '../text.ts'
import { millivoltsPer } from '../units.ts'
import type { WfdbHeader, WfdbSignal } from './header.ts'
import { wfdbStorage } from './storage.ts'

/** One decoded signal; `samplesMv` holds `samplesPerFrame` samples for each frame. */
export interface WfdbDecodedSignal {
  name: string
  samplesPerFrame: number
  samplesMv: Float32Array
  /** mV of one stored step. */
  stepMv: number
}

export interface WfdbDecoded {
  signals: WfdbDecodedSignal[]
  frameCount: number
  warnings: Warning[]
}

/** ADC units per mV of a signal whose header states none: WFDB's own convention (`WFDB_DEFGAIN`). */
export const DEFAULT_GAIN = 200

/** Signals are decoded in blocks of about this many samples: whole frames, and a multiple of every pack. */
const BLOCK_SAMPLES = 12_288

/**
 * The signals of a single-segment record that are voltages, in mV. Samples with the format's code for “not measured”
 * are NaN. A file shorter than its header declares is read as far as it goes, with the warning `format/incomplete`.
 *
 * @param files  bytes of every file that the signal lines name
 * @throws AppError `format/malformed`, `format/truncated`, `format/units-unknown`, `format/unsupported`
 */
export function decodeSignalFiles(header: WfdbHeader, files: ReadonlyMap<string, Uint8Array>): WfdbDecoded {
  const groups = groupByFile(header.signals)
  const maxSkew = Math.max(...header.signals.map((signal) => signal.skewFrames))
  const available = Math.min(...groups.map((group) => framesIn(group, files.get(group[0]!.file)!))) - maxSkew
  const declared = header.frameCount ?? available
  if (available < 1) {
    throw new AppError(
      'format/truncated',
      'A signal file of this WFDB record holds no whole sample. Copy the record again.',
    )
  }
  const frameCount = Math.min(declared, available)
  const warnings: Warning[] = []
  if (frameCount < declared && declared - frameCount > maxSkew) {
    warnings.push({
      code: 'format/incomplete',
      message: `The signal files hold ${frameCount} of the ${declared} samples that the header declares; the rest is lost.`,
    })
  }
  checkSampleCount(header.signals.length, frameCount * Math.max(...header.signals.map((s) => s.samplesPerFrame)))
  const mismatched: string[] = []
  const signals = groups.flatMap((group) =>
    decodeGroup(group, files.get(group[0]!.file)!, frameCount, declared, mismatched),
  )
  if (mismatched.length > 0) {
    warnings.push({
      code: 'wfdb/checksum',
      message: `Initial value or checksum differ from the header in ${mismatched.join(', ')}: the signal file was changed or damaged, or belongs to another header.`,
    })
  }
  const skipped = header.signals.filter((signal) => millivoltFactor(signal) === undefined)
  if (skipped.length > 0) {
    warnings.push({
      code: 'ecg/channel-skipped',
      message: `Not voltages, so left out: ${skipped.map((s) => `${printable(s.description)} (${printable(s.unit!)})`).join(', ')}.`,
    })
  }
  return { signals, frameCount, warnings }
}

/** Interleaved signals share a file and stand on neighbouring lines. */
function groupByFile(signals: readonly WfdbSignal[]): WfdbSignal[][] {
  const groups: WfdbSignal[][] = []
  for (const signal of signals) {
    const group = groups.at(-1)
    if (group?.[0]!.file !== signal.file) groups.push([signal])
    else if (group[0]!.storage !== signal.storage) {
      throw new AppError(
        'format/malformed',
        `${printable(signal.file)} has two storage formats, ${group[0]!.storage} and ${signal.storage}.`,
      )
    } else group.push(signal)
  }
  const twice = groups.find((group, index) =>
    groups.some((other, at) => at < index && other[0]!.file === group[0]!.file),
  )
  if (twice)
    throw new AppError(
      'format/malformed',
      `The signals of ${printable(twice[0]!.file)} do not stand together in the header.`,
    )
  if (signals.some((signal) => !(signal.samplesPerFrame >= 1 && signal.samplesPerFrame <= 10_000))) {
    throw new AppError('format/malformed', 'A signal has no samples in a frame.')
  }
  return groups
}

const frameSize = (group: readonly WfdbSignal[]): number =>
  group.reduce((sum, signal) => sum + signal.samplesPerFrame, 0)

/** The byte offset stands on every line of a group; the first one counts, as in the WFDB library. */
function framesIn(group: readonly WfdbSignal[], bytes: Uint8Array): number {
  const present = Math.max(0, bytes.length - group[0]!.byteOffset)
  return Math.floor(wfdbStorage(group[0]!.storage).sampleCount(present) / frameSize(group))
}

function decodeGroup(
  group: readonly WfdbSignal[],
  file: Uint8Array,
  frameCount: number,
  declaredFrames: number,
  mismatched: string[],
): WfdbDecodedSignal[] {
  const storage = wfdbStorage(group[0]!.storage)
  const bytes = file.subarray(group[0]!.byteOffset)
  const size = frameSize(group)
  const total = (frameCount + Math.max(...group.map(({ skewFrames }) => skewFrames))) * size
  const targets = group.map((signal) => targetOf(signal, frameCount, storage.invalid))
  const integrate = storage.differences ? integrator(group) : undefined
  const blockFrames = 6 * Math.ceil(BLOCK_SAMPLES / 6 / size)
  const block = new Int32Array(Math.min(blockFrames * size, total))
  for (let firstFrame = 0; firstFrame * size < total; firstFrame += blockFrames) {
    const part = block.subarray(0, Math.min(block.length, total - firstFrame * size))
    storage.decode(bytes, firstFrame * size, part)
    integrate?.(part)
    let slot = 0
    for (const target of targets) {
      for (let sub = 0; sub < target.samplesPerFrame; sub++) scatter(part, slot++, size, target, firstFrame, sub)
    }
  }
  for (const [index, signal] of group.entries()) {
    const { first, sum } = targets[index]!
    const wrongStart = signal.initialValueStated && signal.skewFrames === 0 && first !== signal.initialValue
    // The checksum is of all samples of the record, so it says nothing of a part.
    const checkable = signal.checksum !== undefined && frameCount === declaredFrames && signal.skewFrames === 0
    const wrongSum = checkable && ((sum - signal.checksum!) & 0xffff) !== 0
    if (wrongStart || wrongSum) mismatched.push(printable(signal.description))
  }
  return targets.flatMap(({ stepMv, name, samplesPerFrame, samplesMv }) =>
    Number.isNaN(stepMv) ? [] : [{ name, samplesPerFrame, samplesMv, stepMv }],
  )
}

interface Target extends WfdbDecodedSignal {
  skewFrames: number
  baseline: number
  invalid: number | undefined
  /** The first stored value, and the sum of all, for the header's checks. */
  first: number
  sum: number
}

function targetOf(signal: WfdbSignal, frameCount: number, invalid: number | undefined): Target {
  const { description: name, samplesPerFrame, skewFrames, baseline } = signal
  const stepMv = millivoltFactor(signal) ?? NaN
  const samplesMv = new Float32Array(frameCount * samplesPerFrame)
  return { name, samplesPerFrame, skewFrames, baseline, samplesMv, stepMv, invalid, first: NaN, sum: 0 }
}

/** Writes the samples of one slot of the frame to their signal; frames before its sample 0 are passed over. */
function scatter(part: Int32Array, slot: number, size: number, target: Target, firstFrame: number, sub: number): void {
  const { samplesMv, samplesPerFrame, baseline, stepMv, invalid, skewFrames } = target
  const skipped = Math.max(0, skewFrames - firstFrame)
  let to = (firstFrame + skipped - skewFrames) * samplesPerFrame + sub
  let sum = target.sum
  if (to === 0 && skipped * size + slot < part.length) target.first = part[skipped * size + slot]!
  const room = Math.ceil((samplesMv.length - to) / samplesPerFrame)
  const end = Math.min(part.length, skipped * size + slot + room * size)
  for (let i = skipped * size + slot; i < end; i += size, to += samplesPerFrame) {
    const value = part[i]!
    sum = (sum + value) | 0
    samplesMv[to] = (value - baseline) * stepMv
    // Not as one of two values of an expression: that would box each sample, a megabyte for ten seconds.
    if (value === invalid) samplesMv[to] = NaN
  }
  target.sum = sum
}

/** Turns first differences into values, signal by signal, over the blocks of a file. */
function integrator(group: readonly WfdbSignal[]): (part: Int32Array) => void {
  const owners = group.flatMap(({ samplesPerFrame }, index) => new Array<number>(samplesPerFrame).fill(index))
  const values = group.map(({ initialValue }) => initialValue)
  return (part) => {
    for (let i = 0, slot = 0; i < part.length; i++, slot = slot + 1 === owners.length ? 0 : slot + 1) {
      part[i] = values[owners[slot]!] = values[owners[slot]!]! + part[i]!
    }
  }
}

/**
 * Millivolts per ADC unit, or undefined where the signal is no voltage.
 *
 * @throws AppError `format/units-unknown` for a standard lead in another unit
 */
function millivoltFactor(signal: WfdbSignal): number | undefined {
  const perUnit = millivoltsPer(signal.unit ?? 'mV')
  if (perUnit !== undefined) return perUnit / (signal.gain || DEFAULT_GAIN)
  if (!standardLead(signal.description)) return undefined
  throw new AppError(
    'format/units-unknown',
    `Lead ${printable(signal.description)} is in “${printable(signal.unit!)}”, which is no known unit of voltage. Correct the header’s gain field, e.g. 1000/mV.`,
  )
}
