import type { FilePatient } from '../../../src-preload/contract/ecg.ts'
import type { EcgChannel } from '../recording.ts'

/** What is written: channels of equal length and rate in mV, and what is known beside them. */
export interface WritableRecording {
  rateHz: number
  channels: readonly EcgChannel[]
  patient?: FilePatient | undefined
  /** Local ISO time, as a reader gives it. */
  startTime?: string | undefined
  device?: string | undefined
}

export interface WrittenFile {
  name: string
  bytes: Uint8Array
}

/** A file format is one file under `writers/` that exports one of these. */
export interface EcgWriter {
  id: 'wfdb' | 'dicom' | 'aecg' | 'csv' | 'npy'
  /** Channels that the format has no place for; they are left out and named. */
  leftOut(recording: WritableRecording): string[]
  /**
   * The files of one recording, the one to be opened first. The same input gives the same bytes.
   *
   * @param stem  their name without ending
   * @throws AppError `convert/…` where the format cannot hold the recording
   */
  write(recording: WritableRecording, stem: string): WrittenFile[]
}
