import { AppError } from '../../../../src-preload/contract/errors.ts'

const HEADER_BYTES = 64
const MAX_SEGMENTS = 15

/**
 * Decodes one frame of RLE Lossless: each byte of a pixel is a segment of its own, the most significant first.
 *
 * @param pixels         rows × columns
 * @param bytesPerPixel  1 or 2
 * @returns little-endian pixels
 * @throws AppError `format/malformed`, `format/truncated`
 * @see PS3.5 annex G
 */
export function decodeRle(frame: Uint8Array, pixels: number, bytesPerPixel: number): Uint8Array {
  if (frame.length < HEADER_BYTES) throw malformed('its header is cut off')
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length)
  const segments = view.getUint32(0, true)
  if (segments !== bytesPerPixel || segments > MAX_SEGMENTS)
    throw malformed(`it has ${segments} segments where ${bytesPerPixel} are due`)
  const decoded = new Uint8Array(pixels * bytesPerPixel)
  for (let segment = 0; segment < segments; segment++) {
    const start = view.getUint32(4 + 4 * segment, true)
    const end = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : frame.length
    if (start < HEADER_BYTES || start > end || end > frame.length) throw malformed('a segment lies outside of it')
    unpack(frame.subarray(start, end), decoded, segments - 1 - segment, bytesPerPixel)
  }
  return decoded
}

/** PackBits; what a segment holds beyond the pixels of the frame is padding. */
function unpack(segment: Uint8Array, target: Uint8Array, offset: number, stride: number): void {
  let at = 0
  let to = offset
  while (to < target.length) {
    const control = segment[at++]
    if (control === undefined) throw cut()
    if (control === 128) continue
    const literal = control < 128
    const count = literal ? control + 1 : 257 - control
    if (at + (literal ? count : 1) > segment.length) throw cut()
    for (let index = 0; index < count && to < target.length; index++, to += stride) {
      target[to] = segment[literal ? at + index : at]!
    }
    at += literal ? count : 1
  }
}

const malformed = (problem: string): AppError =>
  new AppError(
    'format/malformed',
    `A run-length coded frame of the DICOM file is damaged: ${problem}. Export it again.`,
  )
const cut = (): AppError =>
  new AppError('format/truncated', 'A run-length coded frame of the DICOM file ends too early. Export the file again.')
