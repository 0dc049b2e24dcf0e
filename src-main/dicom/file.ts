import { inflateRawSync } from 'node:zlib'
import { AppError } from '../../src-preload/contract/errors.ts'
import { printable } from '../ecg/formats/text.ts'
import { parseDataset, type DicomDataset, type DicomEncoding } from './dataset.ts'
import { Tag } from './tags.ts'
import { uidAt } from './values.ts'

export interface DicomFile {
  dataset: DicomDataset
  littleEndian: boolean
  /** UID; that of the plain encoding where the file has no meta information. */
  transferSyntax: string
  sopClass: string | undefined
  /** True where the 128 bytes before the magic word begin like a program (CVE-2019-11687). */
  preambleIsProgram: boolean
}

/** Inflated bytes at most, and times the deflated ones; the ratio counts past 1 MiB. */
const MAX_INFLATED = 64 * 2 ** 20
const MAX_RATIO = 200
const RATIO_FREE = 2 ** 20

/** Offset of the first element: behind preamble and magic word, or 0 where a writer left them out. */
export function dicomStart(head: Uint8Array): number | undefined {
  if (ascii(head, 128, 4) === 'DICM') return 132
  const group = (head[0] ?? 0) | ((head[1] ?? 0) << 8)
  const element = (head[2] ?? 0) | ((head[3] ?? 0) << 8)
  if (group === 2 && element <= 0x0010 && ascii(head, 4, 2) === 'UL') return 0
  if (group !== 8 || element > 0x0018) return undefined
  const explicit = ['UL', 'CS', 'UI', 'DA', 'TM'].includes(ascii(head, 4, 2))
  return explicit || (head[6] === 0 && head[7] === 0 && (head[4] ?? 0) + (head[5] ?? 0) * 256 <= 256) || undefined
    ? 0
    : undefined
}

/**
 * The dataset of a DICOM file in any transfer syntax whose elements are plain or deflated.
 *
 * @see PS3.10 section 7 (file meta information), PS3.5 annex A (transfer syntaxes)
 * @throws AppError `format/unsupported`, `format/too-large` (inflated size), and as `parseDataset`
 */
export function readDicomFile(bytes: Uint8Array): DicomFile {
  const start = dicomStart(bytes.subarray(0, 256)) ?? 0
  const hasMeta = start === 132 || bytes[0] === 2
  const meta = hasMeta ? parseDataset(bytes, start, EXPLICIT_LITTLE, 2) : { dataset: new Map(), end: 0 }
  const uid = uidAt(meta.dataset, Tag.transferSyntax)
  if (hasMeta && uid === undefined) {
    throw new AppError('format/malformed', 'The DICOM file does not state its transfer syntax. Export it again.')
  }
  const encoding = uid === undefined ? sniffedEncoding(bytes) : encodingOf(uid)
  const body = uid === DEFLATED ? inflate(bytes.subarray(meta.end)) : bytes
  const { dataset } = parseDataset(body, uid === DEFLATED ? 0 : meta.end, encoding)
  return {
    dataset,
    littleEndian: encoding.littleEndian,
    transferSyntax: uid ?? (encoding.explicitVr ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2'),
    sopClass: uidAt(dataset, Tag.sopClass) ?? uidAt(meta.dataset, Tag.mediaStorageSopClass),
    preambleIsProgram: start === 132 && beginsLikeProgram(bytes),
  }
}

const EXPLICIT_LITTLE: DicomEncoding = { explicitVr: true, littleEndian: true }
const IMPLICIT_LITTLE: DicomEncoding = { explicitVr: false, littleEndian: true }
const DEFLATED = '1.2.840.10008.1.2.1.99'

function encodingOf(transferSyntax: string): DicomEncoding {
  if (transferSyntax === '1.2.840.10008.1.2') return IMPLICIT_LITTLE
  if (transferSyntax === '1.2.840.10008.1.2.1' || transferSyntax === DEFLATED) return EXPLICIT_LITTLE
  if (transferSyntax === '1.2.840.10008.1.2.2') return { explicitVr: true, littleEndian: false }
  // Compressed images: their elements are explicit, only their pixels are not.
  if (transferSyntax.startsWith('1.2.840.10008.1.2.4.') || transferSyntax === '1.2.840.10008.1.2.5')
    return EXPLICIT_LITTLE
  throw new AppError(
    'format/unsupported',
    `The DICOM file has the transfer syntax ${printable(transferSyntax)}, which is not read. Export it as Explicit VR Little Endian.`,
  )
}

function sniffedEncoding(bytes: Uint8Array): DicomEncoding {
  return /^[A-Z]{2}$/.test(ascii(bytes, 4, 2)) ? EXPLICIT_LITTLE : IMPLICIT_LITTLE
}

function inflate(deflated: Uint8Array): Uint8Array {
  const limit = Math.min(MAX_INFLATED, Math.max(RATIO_FREE, deflated.length * MAX_RATIO))
  try {
    return inflateRawSync(deflated, { maxOutputLength: limit })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new AppError(
        'format/too-large',
        `The compressed DICOM file unpacks to more than ${limit} bytes, more than an honest ECG does. Export it uncompressed.`,
        { cause },
      )
    }
    throw new AppError(
      'format/truncated',
      'The compressed part of the DICOM file is cut off or damaged. Export it again.',
      { cause },
    )
  }
}

function beginsLikeProgram(bytes: Uint8Array): boolean {
  const magic = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  return (
    magic.startsWith('4d5a') || ['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'].includes(magic)
  )
}

const ascii = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))
