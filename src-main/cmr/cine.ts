import type { FilePatient, Warning } from '../../src-preload/contract/ecg.ts'

export type Vector = readonly [number, number, number]

/** What decided the order of the frames. */
export type FrameOrder = 'trigger-time' | 'instance-number' | 'acquisition-time' | 'as-stored'

/** Where the times of the frames came from. */
export type FrameTimes =
  | 'trigger-time'
  | 'acquisition-time'
  | 'frame-time'
  | 'nominal-interval'
  /** NIfTI's fourth spacing: some converters write the repetition time there. */
  | 'fourth-spacing'
  | 'none'

/**
 * Images as a file or series has them: a grid of columns × rows × slices × times. A cine of one plane has one slice.
 * Nothing is cropped, turned or scaled.
 */
export interface CineStack {
  format: 'dicom' | 'dicom-multiframe' | 'dicom-enhanced' | 'nifti-1' | 'nifti-2'
  size: CineSize
  /** Columns run fastest, then rows, slices, times; with the file's own slope and intercept applied. */
  values: Float32Array
  /** Distance of neighbours along columns, rows and slices. */
  spacingMm: Vector | null
  /** Unit vectors along which the column, row and slice number grows, in DICOM's patient axes (left, posterior, head). */
  axes: { column: Vector; row: Vector; slice: Vector } | null
  /** From the first frame on; one for each time. */
  frameTimesMs: readonly number[] | null
  order: FrameOrder
  frameTimes: FrameTimes
  /** How the pixels were stored, e.g. “JPEG 2000”. */
  encoding: string
  files: readonly string[]
  /** What the headers say about the patient. */
  patient: FilePatient
  seriesNumber?: number
  seriesDescription?: string
  device?: string
  /** Local ISO time without zone unless the file gives one. */
  acquiredAt?: string
  /** Position along the normal of the plane. */
  sliceMm?: number
  warnings: readonly Warning[]
}

export interface CineSize {
  columns: number
  rows: number
  slices: number
  times: number
}

/** One plane over time, as it is shown: first row on top. */
export interface Cine {
  frames: number
  rows: number
  columns: number
  /** Frame-major, row-major. */
  values: Float32Array
  /** Distance of neighbouring rows and columns. */
  spacingMm: { row: number; column: number } | null
  frameTimesMs: readonly number[] | null
}
