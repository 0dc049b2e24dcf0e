import type { DicomDataset } from '../../../dicom/dataset.ts'
import type { DicomFile } from '../../../dicom/file.ts'
import { Tag } from '../../../dicom/tags.ts'
import { decimalAt, decimalsAt, doubleAt, textAt, unsignedAt } from '../../../dicom/values.ts'
import type { Vector } from '../../cine.ts'

/** What the header says about one frame: of its file, or of its functional groups in an enhanced object. */
export interface FrameFacts {
  /** Of the upper left pixel in patient axes. */
  position?: Vector | undefined
  /** Direction in which the column number grows, then the row number. */
  orientation?: { column: Vector; row: Vector } | undefined
  /** Distance of rows, distance of columns. */
  spacingMm?: readonly [number, number] | undefined
  thicknessMm?: number | undefined
  slope: number
  intercept: number
  /** Delay after the R wave. */
  triggerMs?: number | undefined
  /** Time of day. */
  acquiredMs?: number | undefined
  /** The number that the scanner gave the frame. */
  instance?: number | undefined
  nominalIntervalMs?: number | undefined
}

/** @returns facts of each of `frames` frames */
export function frameFacts(file: DicomFile, frames: number): FrameFacts[] {
  const { dataset, littleEndian } = file
  const perFrame = dataset.get(Tag.perFrameFunctionalGroups)?.items
  if (perFrame?.length === frames) {
    const shared = dataset.get(Tag.sharedFunctionalGroups)?.items[0] ?? new Map()
    return perFrame.map((groups, index) => enhancedFacts(groups, shared, index, littleEndian))
  }
  const own = classicFacts(dataset)
  if (frames === 1) return [own]
  const times = frameTimes(dataset, frames)
  return Array.from({ length: frames }, (_, frame) => ({
    ...own,
    triggerMs: undefined,
    acquiredMs: times?.[frame],
    instance: frame + 1,
  }))
}

/** Times of a classic multi-frame object, from its first frame on (PS3.3 C.7.6.5). */
export function frameTimes(dataset: DicomDataset, frames: number): number[] | undefined {
  const step = decimalAt(dataset, Tag.frameTime)
  if (step !== undefined && step > 0) return Array.from({ length: frames }, (_, frame) => frame * step)
  const steps = decimalsAt(dataset, Tag.frameTimeVector, frames)
  let time = 0
  return steps?.map((increment) => (time += increment))
}

function classicFacts(dataset: DicomDataset): FrameFacts {
  return {
    ...planeOf(dataset, dataset, dataset),
    slope: decimalAt(dataset, Tag.rescaleSlope) ?? 1,
    intercept: decimalAt(dataset, Tag.rescaleIntercept) ?? 0,
    triggerMs: decimalAt(dataset, Tag.triggerTime),
    acquiredMs: timeOfDayMs(textAt(dataset, Tag.acquisitionTime)),
    instance: decimalAt(dataset, Tag.instanceNumber),
    nominalIntervalMs: decimalAt(dataset, Tag.nominalInterval),
  }
}

function enhancedFacts(groups: DicomDataset, shared: DicomDataset, index: number, littleEndian: boolean): FrameFacts {
  const group = (tag: number): DicomDataset => groups.get(tag)?.items[0] ?? shared.get(tag)?.items[0] ?? new Map()
  const content = group(Tag.frameContent)
  const values = group(Tag.pixelValueTransformation)
  return {
    ...planeOf(group(Tag.planePosition), group(Tag.planeOrientation), group(Tag.pixelMeasures)),
    slope: decimalAt(values, Tag.rescaleSlope) ?? 1,
    intercept: decimalAt(values, Tag.rescaleIntercept) ?? 0,
    triggerMs: doubleAt(group(Tag.cardiacSynchronization), Tag.triggerDelay, littleEndian),
    acquiredMs: timeOfDayMs(textAt(content, Tag.frameAcquisitionDateTime)?.slice(8)),
    instance: unsignedAt(content, Tag.temporalPositionIndex, littleEndian) ?? index + 1,
  }
}

function planeOf(position: DicomDataset, orientation: DicomDataset, measures: DicomDataset) {
  const place = decimalsAt(position, Tag.imagePosition, 3)
  const cosines = decimalsAt(orientation, Tag.imageOrientation, 6)
  const spacing = decimalsAt(measures, Tag.pixelSpacing, 2)
  return {
    position: place as Vector | undefined,
    orientation: cosines && {
      column: cosines.slice(0, 3) as unknown as Vector,
      row: cosines.slice(3) as unknown as Vector,
    },
    spacingMm: spacing?.every((value) => value > 0) ? (spacing as unknown as readonly [number, number]) : undefined,
  }
}

/** HHMMSS.FFFFFF, or HH:MM:SS of files from before 1993, as ms of the day. */
function timeOfDayMs(text: string | undefined): number | undefined {
  const fields = /^(\d{2}):?(\d{2}):?(\d{2}(?:\.\d{1,6})?)/.exec(text ?? '')
  if (!fields) return undefined
  const seconds = (Number(fields[1]) * 60 + Number(fields[2])) * 60 + Number(fields[3])
  return Math.round(seconds * 1e6) / 1e3
}
