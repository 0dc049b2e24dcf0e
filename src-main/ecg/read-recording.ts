import { MAX_FILE_BYTES } from '../../src-preload/contract/constants.ts'
import { AppError } from '../../src-preload/contract/errors.ts'
import { applyAnswer } from './formats/answer.ts'
import { checkedCompanions } from './formats/companions.ts'
import { describeUnknown, maySignalFile } from './formats/describe-unknown.ts'
import { ECG_FORMATS } from './formats/index.ts'
import type { Companion, EcgFormat, EcgRecording, GivenAnswer } from './recording.ts'

/**
 * Reads one ECG file of any known format, told by its content.
 *
 * @param main  all bytes of the file
 * @param name  its name, for the sentence of a refusal
 * @param companion  bytes of other files of the same folder or drop; asked only for plain names
 * @param answer  what the user says about the file in its stead
 * @throws AppError `format/empty`, `format/unknown`, `format/too-large`, or what the format's reader refuses
 */
export function readRecording(
  main: Uint8Array,
  name: string,
  companion: Companion,
  answer?: GivenAnswer,
): EcgRecording {
  const recording = formatOf(main, name).read(main, checkedCompanions(companion), answer)
  return answer ? applyAnswer(recording, answer) : recording
}

/**
 * Names of the files that belong to `main` (the signal files of a WFDB header), none for a file that stands alone.
 *
 * @throws AppError as `readRecording` does
 */
export function companionNames(main: Uint8Array, name: string): string[] {
  return formatOf(main, name).companions?.(main) ?? []
}

/** @throws AppError `format/empty`, `format/unknown`, `format/too-large` */
export function formatOf(main: Uint8Array, name: string): EcgFormat {
  if (main.length === 0) throw new AppError('format/empty', 'The file is empty. Copy or export it again.')
  if (main.length > MAX_FILE_BYTES) {
    throw new AppError(
      'format/too-large',
      `The file has ${main.length} bytes; at most ${MAX_FILE_BYTES} are read. Export a shorter part of the recording.`,
    )
  }
  const head = main.subarray(0, 65536)
  const format = ECG_FORMATS.find((candidate) => candidate.detect(head))
  if (format) return format
  const hint = maySignalFile(head, name)
    ? ' If it is the signal file of a WFDB record (.dat, .mat), open its header (.hea) instead, with this file beside it.'
    : ''
  throw new AppError(
    'format/unknown',
    `This is no ECG file that can be read: it looks like ${describeUnknown(head)}. ` +
      'Readable are WFDB, DICOM waveform, SCP-ECG, EDF and BDF, ISHNE, XML of HL7 aECG, GE, Philips and Schiller, ' +
      `MATLAB 5, JSON, NumPy with a JSON description, and CSV or text with named columns.${hint}`,
  )
}
