import { deviceOf, patientOf, startTimeOf } from '../../dicom/description.ts'
import { readDicomFile } from '../../dicom/file.ts'
import { Tag } from '../../dicom/tags.ts'
import { characterSetOf, decimalAt, textAt, uidAt } from '../../dicom/values.ts'
import type { FilePatient } from '../../../src-preload/contract/ecg.ts'
import type { PixelBudget } from '../limits.ts'
import { decodeFrames, type DecodeFrame } from './dicom/decode-frames.ts'
import { frameFacts } from './dicom/frame-facts.ts'
import { imageHeader } from './dicom/image-header.ts'
import type { DicomImages } from './dicom/stacks.ts'

/**
 * The images of one DICOM file: a single frame, a classic multi-frame or an enhanced object.
 *
 * @throws AppError as `readDicomFile`, `imageHeader` and `decodeFrames`
 */
export async function readDicomImages(
  bytes: Uint8Array,
  name: string,
  decode: DecodeFrame,
  budget: PixelBudget,
): Promise<DicomImages> {
  const file = readDicomFile(bytes)
  const header = imageHeader(file)
  const { frames, encoding } = await decodeFrames(file, header, decode, budget)
  const facts = frameFacts(file, frames.length)
  const { dataset } = file
  const seriesNumber = decimalAt(dataset, Tag.seriesNumber)
  return {
    file: name,
    format: dataset.has(Tag.perFrameFunctionalGroups)
      ? 'dicom-enhanced'
      : frames.length > 1
        ? 'dicom-multiframe'
        : 'dicom',
    instance: uidAt(dataset, Tag.sopInstance),
    series: uidAt(dataset, Tag.seriesInstance) ?? name,
    rows: header.rows,
    columns: header.columns,
    encoding,
    frames: frames.map((values, index) => ({ values, facts: facts[index]! })),
    patient: definedOnly(patientOf(dataset)),
    seriesNumber: Number.isInteger(seriesNumber) ? seriesNumber : undefined,
    seriesDescription: textAt(dataset, Tag.seriesDescription, characterSetOf(dataset)),
    device: deviceOf(dataset),
    acquiredAt: startTimeOf(dataset),
    kind: `${textAt(dataset, Tag.imageType)?.split('\\')[2] ?? ''} ${textAt(dataset, Tag.echoNumbers) ?? ''}`,
    inverted: header.inverted,
    preambleIsProgram: file.preambleIsProgram,
  }
}

function definedOnly(patient: { [K in keyof FilePatient]?: FilePatient[K] | undefined }): FilePatient {
  return Object.fromEntries(Object.entries(patient).filter(([, value]) => value !== undefined)) as FilePatient
}
