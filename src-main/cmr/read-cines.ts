import { AppError } from '../../src-preload/contract/errors.ts'
import { dicomStart } from '../dicom/file.ts'
import { describeUnknown } from '../ecg/formats/describe-unknown.ts'
import type { CineStack } from './cine.ts'
import { readDicomImages } from './formats/dicom.ts'
import type { DecodeFrame } from './formats/dicom/decode-frames.ts'
import { stacksOf, type DicomImages, type Refusal } from './formats/dicom/stacks.ts'
import { looksLikeNifti, readNifti } from './formats/nifti.ts'
import { pixelBudget } from './limits.ts'

export interface CineReading {
  stacks: CineStack[]
  /** Files that hold no cine, and planes of which no cine can be made (by the name of their first file). */
  refusals: Refusal[]
}

/**
 * Reads every cine in the files of one choice, told by content: DICOM series, multi-frame and enhanced DICOM, NIfTI.
 *
 * @param decode  decodes compressed frames
 * @returns never throws for a bad file: it is refused, and the others go on
 */
export async function readCines(
  files: readonly { name: string; bytes: Uint8Array }[],
  decode: DecodeFrame,
): Promise<CineReading> {
  const budget = pixelBudget()
  const images: DicomImages[] = []
  const stacks: CineStack[] = []
  const refusals: Refusal[] = []
  for (const { name, bytes } of files) {
    try {
      if (looksLikeNifti(bytes)) stacks.push(readNifti(bytes, name, budget))
      else if (dicomStart(bytes.subarray(0, 256)) !== undefined)
        images.push(await readDicomImages(bytes, name, decode, budget))
      else throw unknown(bytes)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      refusals.push({ file: name, error: error.toReply() })
    }
  }
  const sorted = stacksOf(images)
  return { stacks: [...sorted.stacks, ...stacks], refusals: [...refusals, ...sorted.refusals] }
}

function unknown(bytes: Uint8Array): AppError {
  if (bytes.length === 0) return new AppError('format/empty', 'The file is empty. Copy or export it again.')
  return new AppError(
    'format/unknown',
    `This is no cine that can be read: it looks like ${describeUnknown(bytes.subarray(0, 65536))}. Readable are DICOM images and NIfTI.`,
  )
}
