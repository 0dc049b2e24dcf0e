import { createHash } from 'node:crypto'
import type { EcgSummary, LeadName } from '../../../src-preload/contract/ecg.ts'
import { AppError, type ErrorReply } from '../../../src-preload/contract/errors.ts'
import { prepareScreening, type PreparedEcg } from '../../ecg/preprocessing/prepare-screening.ts'
import { readRecording } from '../../ecg/read-recording.ts'
import type { Companion, EcgChannel, EcgRecording, EcgWaveform } from '../../ecg/recording.ts'
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
}

/** What the reading child hands back for one file. Every field is plain data that a structured clone carries. */
export interface ReadJobResult {
  /** SHA-256 of the file itself, as `sha256sum` prints it. */
  sha256: string
  /** SHA-256 over the file and its companions: the same for the same recording only. */
  contentSha256: string
  summary: EcgSummary
  channels?: readonly EcgChannel[]
  leads?: { rateHz: number; derived: readonly LeadName[]; samplesMv: Partial<Record<LeadName, Float32Array>> }
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
  const recording = readRecording(main.bytes, main.name, (name) => {
    const bytes = companion(name)
    if (bytes && !used.has(name)) content.update(used.add(name) && bytes)
    return bytes
  })
  const { waveform, refusal: leadRefusal } = attempt(() => toWaveform(recording))
  const prepared = wants.screening && waveform ? prepare(waveform, recording) : { prepared: null, refusal: null }
  return {
    sha256: createHash('sha256').update(main.bytes).digest('hex'),
    contentSha256: content.digest('hex'),
    // A recording without all twelve leads can be read and shown; only a screening refuses it.
    summary: describeRecording(recording, waveform?.derivedLeads ?? [], leadRefusal ? [leadRefusal] : []),
    ...(wants.channels && { channels: recording.channels }),
    ...(wants.leads && { leads: standardLeads(recording, waveform) }),
    prepared: prepared.prepared,
    refusal: wants.screening ? (leadRefusal ?? prepared.refusal) : null,
  }
}

function prepare(waveform: EcgWaveform, recording: EcgRecording) {
  try {
    return { prepared: prepareScreening(waveform, recording), refusal: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { prepared: null, refusal: error.toReply() }
  }
}

function attempt(run: () => EcgWaveform): { waveform: EcgWaveform | null; refusal: ErrorReply | null } {
  try {
    return { waveform: run(), refusal: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { waveform: null, refusal: error.toReply() }
  }
}
