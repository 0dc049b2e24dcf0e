import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { DicomFile } from '../../../dicom/file.ts'
import { Tag } from '../../../dicom/tags.ts'
import { printable } from '../../../ecg/formats/text.ts'
import { takePixels, type PixelBudget } from '../../limits.ts'
import { requireSize } from './codestream.ts'
import { encapsulatedFrames } from './encapsulated.ts'
import type { ImageHeader } from './image-header.ts'
import { decodeRle } from './rle.ts'

/** What a decoder gives back: pixels of 8 bits (one byte) or more (two, little-endian). */
export interface DecodedFrame {
  rows: number
  columns: number
  components: number
  bitsPerSample: number
  bytes: Uint8Array
}

/** Decodes one compressed frame; handed in, as codecs are loaded from the disk. Rejects with any error. */
export type DecodeFrame = (codec: ImageCodec, frame: Uint8Array) => Promise<DecodedFrame>
export type ImageCodec = 'jpeg-2000' | 'jpeg-ls' | 'jpeg-lossless'

const RLE = '1.2.840.10008.1.2.5'
const JPEG = '1.2.840.10008.1.2.4.'
const codecs = new Map<string, { codec: ImageCodec; name: string }>([
  [`${JPEG}57`, { codec: 'jpeg-lossless', name: 'JPEG lossless' }],
  [`${JPEG}70`, { codec: 'jpeg-lossless', name: 'JPEG lossless' }],
  [`${JPEG}80`, { codec: 'jpeg-ls', name: 'JPEG-LS' }],
  [`${JPEG}81`, { codec: 'jpeg-ls', name: 'JPEG-LS (near-lossless)' }],
  [`${JPEG}90`, { codec: 'jpeg-2000', name: 'JPEG 2000' }],
  [`${JPEG}91`, { codec: 'jpeg-2000', name: 'JPEG 2000 (maybe lossy)' }],
])

/**
 * The stored pixels of every frame, as integers with their sign.
 *
 * @param budget  is reduced by the pixels of this file before anything is allocated
 * @throws AppError `format/unsupported` (coding), `format/truncated`, `format/malformed`, `format/too-large`
 */
export async function decodeFrames(
  file: DicomFile,
  header: ImageHeader,
  decode: DecodeFrame,
  budget: PixelBudget,
): Promise<{ frames: Float32Array[]; encoding: string }> {
  const { rows, columns, bytesPerPixel } = header
  const element = file.dataset.get(Tag.pixelData)!
  const count = takePixels(header, bytesPerPixel, budget)
  const pixels = rows * columns
  if (!element.fragments) {
    const expected = count * bytesPerPixel
    if (element.bytes.length < expected) {
      throw new AppError(
        'format/truncated',
        `The DICOM image declares ${expected} bytes of pixels and holds ${element.bytes.length}. Export the file again.`,
      )
    }
    const frames = Array.from({ length: header.frames }, (_, frame) =>
      stored(
        element.bytes.subarray(frame * pixels * bytesPerPixel, (frame + 1) * pixels * bytesPerPixel),
        header,
        file.littleEndian,
      ),
    )
    return { frames, encoding: 'uncompressed' }
  }
  const compressed = encapsulatedFrames(element.fragments, header.frames, extendedOffsets(file))
  const frames: Float32Array[] = []
  if (file.transferSyntax === RLE) {
    for (const frame of compressed) frames.push(stored(decodeRle(frame, pixels, bytesPerPixel), header, true))
    return { frames, encoding: 'RLE' }
  }
  const known = codecs.get(file.transferSyntax)
  if (!known) {
    throw new AppError(
      'format/unsupported',
      `The DICOM image is compressed as ${printable(file.transferSyntax)}, which is not read. Export it uncompressed or as JPEG 2000.`,
    )
  }
  for (const frame of compressed) {
    requireSize(frame, rows, columns)
    frames.push(await decodeOne(decode, known, frame, header))
  }
  return { frames, encoding: known.name }
}

async function decodeOne(
  decode: DecodeFrame,
  { codec, name }: { codec: ImageCodec; name: string },
  frame: Uint8Array,
  header: ImageHeader,
): Promise<Float32Array> {
  const { rows, columns } = header
  let decoded: DecodedFrame
  try {
    decoded = await decode(codec, frame)
  } catch (cause) {
    throw new AppError('format/malformed', `A ${name} frame can't be decoded. It may be damaged; export it again.`, {
      cause,
    })
  }
  const bytesPerPixel = decoded.bitsPerSample > 8 ? 2 : 1
  const fits = decoded.rows === rows && decoded.columns === columns && decoded.components === 1
  if (!fits || decoded.bytes.length < rows * columns * bytesPerPixel)
    throw new AppError('format/malformed', `A ${name} frame is of another size than its header. Export it again.`)
  // The stream states its own precision; the sign is the DICOM header's to say.
  const bits = Math.max(decoded.bitsPerSample, header.signed ? header.bitsStored : 1)
  const view = { ...header, bytesPerPixel, bitsStored: bits, highBit: bits - 1 } as const
  return stored(decoded.bytes.subarray(0, rows * columns * bytesPerPixel), view, true)
}

/** Of each pixel only the bits up to `highBit` count, with the sign in the highest of them. */
function stored(
  bytes: Uint8Array,
  { bytesPerPixel, bitsStored, highBit, signed }: ImageHeader,
  littleEndian: boolean,
): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const values = new Float32Array(bytes.length / bytesPerPixel)
  const left = 31 - highBit
  const right = 32 - bitsStored
  for (let index = 0; index < values.length; index++) {
    const raw = bytesPerPixel === 1 ? bytes[index]! : view.getUint16(2 * index, littleEndian)
    const bits = raw << left
    values[index] = signed ? bits >> right : bits >>> right
  }
  return values
}

/** 64-bit offsets; a file of less than 64 MiB has none that a double does not hold. */
function extendedOffsets({ dataset, littleEndian }: DicomFile): number[] | undefined {
  const bytes = dataset.get(Tag.extendedOffsetTable)?.bytes
  if (!bytes || bytes.length === 0) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) =>
    Number(view.getBigUint64(8 * index, littleEndian)),
  )
}
