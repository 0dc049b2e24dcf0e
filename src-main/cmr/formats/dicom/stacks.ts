import type { ErrorReply } from '../../../../src-preload/contract/errors.ts'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { FilePatient } from '../../../../src-preload/contract/ecg.ts'
import type { CineStack, Vector } from '../../cine.ts'
import type { FrameFacts } from './frame-facts.ts'
import { orderFrames } from './order.ts'

/** One file's images, decoded. */
export interface DicomImages {
  file: string
  format: 'dicom' | 'dicom-multiframe' | 'dicom-enhanced'
  /** Of the object; a file that was chosen twice counts once. */
  instance: string | undefined
  series: string
  rows: number
  columns: number
  encoding: string
  frames: readonly { values: Float32Array; facts: FrameFacts }[]
  patient: FilePatient
  seriesNumber: number | undefined
  seriesDescription: string | undefined
  device: string | undefined
  acquiredAt: string | undefined
  /** Magnitude, phase …, and the echo: images of one series that are no neighbours in time. */
  kind: string
  inverted: boolean
  preambleIsProgram: boolean
}

interface PlaneFrame {
  values: Float32Array
  facts: FrameFacts
  of: DicomImages
}

/**
 * Sorts images into planes (same patient, series, kind, size, orientation and place) and each plane's frames in time.
 *
 * @returns the cines, and why a plane is none
 */
export function stacksOf(images: readonly DicomImages[]): { stacks: CineStack[]; refusals: Refusal[] } {
  const planes = new Map<string, PlaneFrame[]>()
  const seen = new Set<string>()
  for (const image of images) {
    if (image.instance !== undefined && seen.has(image.instance)) continue
    if (image.instance !== undefined) seen.add(image.instance)
    for (const { values, facts } of image.frames) {
      const key = planeKey(image, facts)
      const plane = planes.get(key) ?? []
      plane.push({ values, facts, of: image })
      planes.set(key, plane)
    }
  }
  const stacks: CineStack[] = []
  const refusals: Refusal[] = []
  for (const plane of planes.values()) {
    try {
      stacks.push(stackOf(plane))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      refusals.push({ file: plane[0]!.of.file, error: error.toReply() })
    }
  }
  stacks.sort((a, b) => (a.seriesNumber ?? 0) - (b.seriesNumber ?? 0) || (a.sliceMm ?? 0) - (b.sliceMm ?? 0))
  return { stacks, refusals }
}

export interface Refusal {
  file: string
  error: ErrorReply
}

function stackOf(plane: readonly PlaneFrame[]): CineStack {
  const { of, facts } = plane[0]!
  if (plane.length < 2) {
    throw new AppError(
      'cmr/not-a-cine',
      `Only one image lies in this plane, so nothing moves. Choose all files of the cine series.`,
    )
  }
  const { frames, ...ordered } = orderFrames(plane, of.format !== 'dicom')
  const pixels = of.rows * of.columns
  const values = new Float32Array(frames.length * pixels)
  for (const [time, frame] of frames.entries()) {
    const { slope, intercept } = frame.facts
    const sign = of.inverted ? -1 : 1
    const target = values.subarray(time * pixels, (time + 1) * pixels)
    for (let index = 0; index < pixels; index++) target[index] = sign * (frame.values[index]! * slope + intercept)
  }
  const { spacingMm, orientation } = facts
  const { device, acquiredAt, seriesNumber, seriesDescription } = of
  const sliceMm = slicePosition(facts)
  return {
    format: of.format,
    size: { columns: of.columns, rows: of.rows, slices: 1, times: frames.length },
    values,
    spacingMm: spacingMm ? [spacingMm[1], spacingMm[0], 0] : null,
    axes: orientation ? { ...orientation, slice: cross(orientation.column, orientation.row) } : null,
    ...ordered,
    encoding: of.encoding,
    files: [...new Set(frames.map((frame) => frame.of.file))],
    patient: of.patient,
    ...(seriesNumber !== undefined && { seriesNumber }),
    ...(seriesDescription !== undefined && { seriesDescription }),
    ...(device !== undefined && { device }),
    ...(acquiredAt !== undefined && { acquiredAt }),
    ...(sliceMm !== undefined && { sliceMm }),
    warnings: [...ordered.warnings, ...warningsOf(of, spacingMm !== undefined)],
  }
}

function warningsOf({ preambleIsProgram, inverted }: DicomImages, spacingKnown: boolean) {
  return [
    ...(spacingKnown ? [] : [{ code: 'cmr/spacing-unknown', message: 'The file does not state the size of a pixel.' }]),
    ...(inverted
      ? [{ code: 'cmr/inverted', message: 'The file stores white as small numbers; the values were turned round.' }]
      : []),
    ...(preambleIsProgram
      ? [
          {
            code: 'dicom/preamble-program',
            message: 'The first bytes of the DICOM file look like a program. Ask where it came from.',
          },
        ]
      : []),
  ]
}

function planeKey(image: DicomImages, { orientation, position }: FrameFacts): string {
  const { series, kind, rows, columns, patient } = image
  const directions = orientation ? [...orientation.column, ...orientation.row].map((value) => value.toFixed(3)) : []
  const place = (position ?? []).map((value) => value.toFixed(1))
  return JSON.stringify([patient.id, patient.name, series, kind, rows, columns, directions, place])
}

function slicePosition({ position, orientation }: FrameFacts): number | undefined {
  if (!position || !orientation) return undefined
  const normal = cross(orientation.column, orientation.row)
  return Math.round(position.reduce((sum, value, axis) => sum + value * normal[axis]!, 0) * 1e3) / 1e3
}

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
