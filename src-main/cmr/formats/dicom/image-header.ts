import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { DicomFile } from '../../../dicom/file.ts'
import { Tag } from '../../../dicom/tags.ts'
import { decimalAt, textAt, unsignedAt } from '../../../dicom/values.ts'
import { printable } from '../../../ecg/formats/text.ts'

/** The image pixel module of a grey image (PS3.3 C.7.6.3). */
export interface ImageHeader {
  rows: number
  columns: number
  frames: number
  /** 1 or 2 bytes a pixel. */
  bytesPerPixel: 1 | 2
  bitsStored: number
  highBit: number
  signed: boolean
  /** True where the smallest value is white. */
  inverted: boolean
}

/** @throws AppError `format/no-image`, `format/unsupported`, `format/malformed` */
export function imageHeader({ dataset, littleEndian, sopClass }: DicomFile): ImageHeader {
  const number = (tag: number): number => unsignedAt(dataset, tag, littleEndian) ?? 0
  if (!dataset.has(Tag.pixelData)) {
    throw new AppError(
      'format/no-image',
      `The DICOM file holds no image (class ${printable(sopClass ?? 'unknown')}). Choose the files of the cine series.`,
    )
  }
  const photometric = textAt(dataset, Tag.photometric) ?? 'MONOCHROME2'
  if (number(Tag.samplesPerPixel) > 1 || !photometric.startsWith('MONOCHROME')) {
    throw new AppError(
      'format/unsupported',
      `The DICOM image is in colour (${printable(photometric, 20)}); a cine MR is grey. Choose the original series.`,
    )
  }
  const allocated = number(Tag.imageBitsAllocated)
  if (allocated !== 8 && allocated !== 16) {
    throw new AppError(
      'format/unsupported',
      `The DICOM image stores ${allocated} bits a pixel; 8 and 16 are read. Export it again.`,
    )
  }
  const bitsStored = number(Tag.imageBitsStored) || allocated
  const highBit = dataset.has(Tag.highBit) ? number(Tag.highBit) : bitsStored - 1
  if (bitsStored > allocated || highBit >= allocated || highBit < bitsStored - 1) {
    throw new AppError(
      'format/malformed',
      `The DICOM image keeps ${bitsStored} bits up to bit ${highBit} of ${allocated}, which is not possible. Export it again.`,
    )
  }
  return {
    rows: number(Tag.rows),
    columns: number(Tag.columns),
    frames: decimalAt(dataset, Tag.numberOfFrames) ?? 1,
    bytesPerPixel: allocated === 8 ? 1 : 2,
    bitsStored,
    highBit,
    signed: number(Tag.pixelRepresentation) === 1,
    inverted: photometric === 'MONOCHROME1',
  }
}
