import type { FilePatient, Warning } from '../../../src-preload/contract/ecg.ts'
import type { Answered } from '../../../src-preload/contract/reading.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { EcgChannel, EcgRecording } from '../recording.ts'
import { nameChannels } from './name-channels.ts'
import { checkedInterpretation, type FoundInterpretation } from './interpretation.ts'
import { printable } from './text.ts'

/** What a format reader has decoded; fields that the file does not have are undefined. */
export interface DecodedRecording {
  format: string
  rateHz: number
  /** Names as the file has them; samples in mV. */
  channels: readonly EcgChannel[]
  units: string
  rateSource: string
  leadSource: string
  answered?: readonly Answered[]
  device?: string | undefined
  patient?: { [K in keyof FilePatient]?: FilePatient[K] | undefined } | undefined
  startTime?: string | undefined
  measuredHeartRateBpm?: number | undefined
  interpretation?: FoundInterpretation | undefined
  warnings: readonly Warning[]
}

/**
 * The last step of every format reader: canonical lead names, upright leads, and the checks that hold for all files.
 *
 * @throws AppError `format/rate-unknown`, `format/no-signals`, `format/no-samples`, `ecg/length-mismatch`,
 *   `ecg/lead-duplicate`
 */
export function assembleRecording(decoded: DecodedRecording): EcgRecording {
  checkShape(decoded)
  const warnings = [...decoded.warnings]
  const channels = nameChannels(decoded.channels, warnings)
  const recording: EcgRecording = {
    format: decoded.format,
    rateHz: decoded.rateHz,
    channels,
    units: decoded.units,
    rateSource: decoded.rateSource,
    leadSource: decoded.leadSource,
    answered: decoded.answered ?? [],
    warnings,
  }
  if (decoded.device) recording.device = decoded.device.slice(0, MAX_FIELD)
  if (decoded.startTime) recording.startTime = decoded.startTime
  if (decoded.measuredHeartRateBpm !== undefined) recording.measuredHeartRateBpm = decoded.measuredHeartRateBpm
  const interpretation = checkedInterpretation(decoded.interpretation, decoded.measuredHeartRateBpm)
  if (interpretation) recording.interpretation = interpretation
  const patient = stated(decoded.patient ?? {})
  if (Object.keys(patient).length > 0) recording.patient = patient
  return recording
}

function checkShape({ rateHz, channels }: DecodedRecording): void {
  if (!Number.isFinite(rateHz) || rateHz <= 0) {
    throw new AppError(
      'format/rate-unknown',
      `The file states a sampling rate of ${rateHz} Hz. Export it with its true rate.`,
    )
  }
  if (channels.length === 0) throw new AppError('format/no-signals', 'The file holds no ECG channel.')
  const lengths = channels.map(({ samplesMv }) => samplesMv.length)
  if (new Set(lengths).size > 1) {
    const list = channels.map(({ name }, index) => `${printable(name)} ${lengths[index]}`).slice(0, 16)
    throw new AppError(
      'ecg/length-mismatch',
      `The channels differ in length (samples): ${list.join(', ')}. The file may be damaged; export it again.`,
    )
  }
  if (lengths[0] === 0)
    throw new AppError('format/no-samples', 'The file holds no samples. It may be cut off; copy or export it again.')
}

/** Longest text of a patient field or device name that is taken from a file. */
const MAX_FIELD = 256

function stated<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    kept.map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, MAX_FIELD) : value]),
  ) as never
}
