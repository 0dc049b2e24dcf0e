import type { FilePatient, LeadName, Warning } from '../../src-preload/contract/ecg.ts'
import type { DeviceInterpretation } from '../../src-preload/contract/measurements.ts'
import type { Answered, ReadingAnswer } from '../../src-preload/contract/reading.ts'

/** One signal as the file has it. */
export interface EcgChannel {
  /** Canonical lead name where it is one of the twelve (`avr` → `aVR`), else the file's own name. */
  name: string
  samplesMv: Float32Array
  /** mV of one stored step, where the file stores steps: what an answer about units corrects. */
  stepMv?: number | undefined
}

/**
 * What a format reader returns: any number of channels of equal length and rate, in mV. No resampling, no filter, no
 * derived lead: those are later steps.
 */
export interface EcgRecording {
  /** Format id, e.g. `wfdb`, `dicom`, `muse-xml`, `delimited-text`. */
  format: string
  rateHz: number
  channels: readonly EcgChannel[]
  /** Where millivolts came from, as a sentence: "gain 1000 adu/mV in the header". */
  units: string
  /** Where the rate came from, as a sentence: "in the WFDB header". */
  rateSource: string
  /** Where it came from which channel is which lead, as a sentence: "signal names in the WFDB header". */
  leadSource: string
  /** What the user answered in the file's stead. */
  answered: readonly Answered[]
  device?: string
  patient?: FilePatient
  /** Local ISO time without zone unless the file gives one. */
  startTime?: string
  /** Heart rate that the device itself measured, in beats per minute. */
  measuredHeartRateBpm?: number
  /** What else the device measured, and its statements. */
  interpretation?: DeviceInterpretation
  warnings: readonly Warning[]
}

/** The twelve leads that everything behind the reader works on. */
export interface EcgWaveform {
  rateHz: number
  /** Canonical order; all of one length; mV. */
  leadsMv: Readonly<Record<LeadName, Float32Array>>
  derivedLeads: readonly LeadName[]
  /** Channels of the file that are none of the twelve. */
  extraChannels: readonly string[]
}

/** Bytes of a companion file of the same folder or drop, by its bare name. */
export type Companion = (name: string) => Uint8Array | undefined

/** What the user said about a file that does not say it, or says it wrong. */
export interface GivenAnswer extends ReadingAnswer {
  /** True where it was given for an earlier file of the same header. */
  remembered?: boolean
}

/** A file format is one file under `formats/` that exports one of these. */
export interface EcgFormat {
  id: string
  /** By content, never by extension. `head` is the first 64 KiB at most; must not throw. */
  detect(head: Uint8Array): boolean
  /**
   * What of `answer` a reader does not heed itself (see `answered`) is applied to what it returns.
   *
   * @throws AppError with a `format/…` or `ecg/…` code that says what was found and what to do
   */
  read(main: Uint8Array, companion: Companion, answer?: GivenAnswer): EcgRecording
  /** Names of the files that belong to `main`, where the format has such. @throws AppError as `read` does */
  companions?(main: Uint8Array): string[]
}
