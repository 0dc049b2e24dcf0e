import { createHash, hash } from 'node:crypto'
import type { EcgSummary, LeadName, Warning } from '../../../src-preload/contract/ecg.ts'
import { AppError, type ErrorReply } from '../../../src-preload/contract/errors.ts'
import type { EcgMeasurements } from '../../../src-preload/contract/measurements.ts'
import { heartRateBpm } from '../../ecg/measurements/heart-rate.ts'
import { recordingHeartRateBpm } from '../../ecg/measurements/recording-heart-rate.ts'
import { measureRecording } from '../../ecg/measurements/measure-recording.ts'
import { prepareScreening, type PreparedEcg } from '../../ecg/preprocessing/prepare-screening.ts'
import { examineEcg, type ExaminedEcg } from '../../ecg/quality/examine.ts'
import { LEAD_NAMES } from '../../../src-preload/contract/constants.ts'
import { readRecording } from '../../ecg/read-recording.ts'
import type { Companion, EcgChannel, EcgRecording, EcgWaveform, GivenAnswer } from '../../ecg/recording.ts'
import { toWaveform } from '../../ecg/waveform.ts'
import { describeRecording } from './describe-recording.ts'
import type { NamedBytes } from './open-file.ts'

/** What of a recording is wanted besides its description. */
export interface ReadWants {
  /** Every channel of the file, in mV at the file's own rate. */
  channels?: boolean
  /** The twelve leads for the window, in mV at the file's own rate. */
  leads?: boolean
  /** The encoder's input. */
  screening?: boolean
  /** Our own measurements, beside those of the device. */
  measurements?: boolean
  /** What the user says about the file in its stead. */
  answer?: GivenAnswer | undefined
}

export interface LeadSamples {
  name: LeadName
  derived: boolean
  samplesMv: Float32Array
}

/** What the reading child hands back for one file. Every field is plain data that a structured clone carries. */
export interface ReadJobResult {
  /** SHA-256 of the file itself, as `sha256sum` prints it. */
  sha256: string
  /** SHA-256 over the file and its companions: the same for the same recording only. */
  contentSha256: string
  summary: EcgSummary
  channels?: readonly EcgChannel[]
  leads?: LeadSamples[]
  measurements?: EcgMeasurements
  /** Null where a screening is refused. */
  prepared: PreparedEcg | null
  /** Why a screening is refused; null where it was not asked for, or is possible. */
  refusal: ErrorReply | null
}

/**
 * All that is done with a file's bytes in the child, in order. A step that works on untrusted samples belongs here.
 *
 * @throws AppError with the refusal's code where the file can't be read at all
 */
export function runReadJob(main: NamedBytes, companion: Companion, wants: ReadWants): ReadJobResult {
  const content = createHash('sha256').update(main.bytes)
  const used = new Set<string>()
  const recording = readRecording(
    main.bytes,
    main.name,
    (name) => {
      const bytes = companion(name)
      if (bytes && !used.has(name)) content.update(bytes)
      used.add(name)
      return bytes
    },
    wants.answer,
  )
  // The same bytes under another answer are another recording.
  if (wants.answer) content.update(JSON.stringify(wants.answer))
  const { value: waveform, refusal: leadRefusal } = attempt(() => toWaveform(recording))
  const examined = waveform && examineEcg(waveform, recording)
  const prepared = attempt(() =>
    wants.screening && waveform && examined ? prepareScreening(waveform, recording, examined) : null,
  )
  return {
    sha256: hash('sha256', main.bytes),
    contentSha256: content.digest('hex'),
    // A recording without all twelve leads can be read and shown; only a screening refuses it.
    summary: describeRecording(
      recording,
      waveform?.derivedLeads ?? [],
      measuredRate(recording, examined),
      examined?.quality,
      leadWarnings(waveform, leadRefusal),
    ),
    ...(wants.channels && { channels: recording.channels }),
    ...(wants.measurements && { measurements: measure(recording, waveform, examined) }),
    ...(wants.leads && { leads: availableLeads(recording, waveform) }),
    prepared: prepared.value,
    refusal: wants.screening ? (leadRefusal ?? prepared.refusal) : null,
  }
}

/** The beats of an examined recording are known. */
function measuredRate(recording: EcgRecording, examined: ExaminedEcg | null): number | null {
  return examined ? heartRateBpm(examined.beats.peaks, recording.rateHz) : recordingHeartRateBpm(recording)
}

function leadWarnings(waveform: EcgWaveform | null, refusal: ErrorReply | null): Warning[] {
  if (refusal) return [refusal]
  const extra = waveform?.extraChannels ?? []
  if (extra.length === 0) return []
  return [{ code: 'ecg/extra-channels', message: `Not one of the twelve leads, and not used: ${extra.join(', ')}.` }]
}

/** Over the ten seconds that a screening uses. */
function measure(recording: EcgRecording, waveform: EcgWaveform | null, examined: ExaminedEcg | null): EcgMeasurements {
  const leads = { rateHz: recording.rateHz, leads: availableLeads(recording, waveform) }
  return measureRecording(leads, examined?.window ?? null, recording.interpretation).measurements
}

/** A refusal as data; anything that is no refusal is a defect and rises. */
function attempt<T>(run: () => T): { value: T | null; refusal: ErrorReply | null } {
  try {
    return { value: run(), refusal: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { value: null, refusal: error.toReply() }
  }
}

/** The standard leads that there are, derived ones included; of a recording without all twelve just the stored ones. */
function availableLeads({ channels }: EcgRecording, waveform: EcgWaveform | null): LeadSamples[] {
  const leads = waveform?.leadsMv ?? Object.fromEntries(channels.map(({ name, samplesMv }) => [name, samplesMv]))
  return LEAD_NAMES.flatMap((name) => {
    const samplesMv = (leads as Partial<Record<LeadName, Float32Array>>)[name]
    return samplesMv ? [{ name, derived: waveform?.derivedLeads.includes(name) ?? false, samplesMv }] : []
  })
}
