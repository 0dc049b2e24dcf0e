import { AppError } from '../../../src-preload/contract/errors.ts'

/** Little-endian numbers and text of a file, where a read beyond its end is a refusal and no exception of the engine. */
export interface BinaryView {
  length: number
  u8(at: number): number
  u16(at: number): number
  i16(at: number): number
  u32(at: number): number
  i32(at: number): number
  /** @param length  bytes; the view shares them with the file */
  bytes(at: number, length: number): Uint8Array
  /** Windows-1252 text up to the first zero byte, without blanks at its ends. */
  text(at: number, length: number): string
}

/**
 * @param what  names the part of the file in the sentence of a refusal, e.g. “the SCP-ECG section 6”
 * @throws (on reads) AppError `format/truncated`
 */
export function binaryView(bytes: Uint8Array, what: string): BinaryView {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const within = (at: number, length: number): number => {
    if (at >= 0 && length >= 0 && at + length <= bytes.length) return at
    throw new AppError(
      'format/truncated',
      `${what} ends after ${bytes.length} bytes where more are declared. The file is cut off or damaged; copy or export it again.`,
    )
  }
  const slice = (at: number, length: number): Uint8Array => bytes.subarray(within(at, length), at + length)
  return {
    length: bytes.length,
    u8: (at) => view.getUint8(within(at, 1)),
    u16: (at) => view.getUint16(within(at, 2), true),
    i16: (at) => view.getInt16(within(at, 2), true),
    u32: (at) => view.getUint32(within(at, 4), true),
    i32: (at) => view.getInt32(within(at, 4), true),
    bytes: slice,
    text: (at, length) => {
      const field = slice(at, length)
      const end = field.indexOf(0)
      return new TextDecoder('windows-1252').decode(end < 0 ? field : field.subarray(0, end)).trim()
    },
  }
}
