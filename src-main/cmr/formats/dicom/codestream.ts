import { AppError } from '../../../../src-preload/contract/errors.ts'

/** What a compressed frame says of itself. */
export interface CodestreamSize {
  rows: number
  columns: number
  components: number
}

/**
 * Size in the main header of a JPEG 2000 codestream, or in the frame header of a JPEG or JPEG-LS stream: read before a
 * decoder allocates by it.
 *
 * @returns undefined where no such header is found
 * @see ISO/IEC 15444-1 A.5.1 (SIZ); ISO/IEC 10918-1 B.2.2 (SOF); ISO/IEC 14495-1 C.2.2
 */
export function codestreamSize(frame: Uint8Array): CodestreamSize | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length)
  if (frame.length < 48) return undefined
  if (view.getUint32(0) === 0xff4fff51) {
    return {
      columns: view.getUint32(8) - view.getUint32(16),
      rows: view.getUint32(12) - view.getUint32(20),
      components: view.getUint16(40),
    }
  }
  return view.getUint16(0) === 0xffd8 ? jpegSize(view) : undefined
}

function jpegSize(view: DataView): CodestreamSize | undefined {
  for (let at = 2; at + 10 <= view.byteLength;) {
    const marker = view.getUint16(at)
    // All start-of-frame markers: C0 to CF but for DHT, JPG and DAC; F7 of JPEG-LS.
    const startsFrame =
      (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) || marker === 0xfff7
    if (startsFrame) {
      return { rows: view.getUint16(at + 5), columns: view.getUint16(at + 7), components: view.getUint8(at + 9) }
    }
    if (marker < 0xff01 || marker === 0xffda) return undefined
    at += marker === 0xffff ? 1 : 2 + view.getUint16(at + 2)
  }
  return undefined
}

/** @throws AppError `format/malformed` where the stream is not of the size that the DICOM header declares */
export function requireSize(frame: Uint8Array, rows: number, columns: number): void {
  const size = codestreamSize(frame)
  if (size && size.rows === rows && size.columns === columns && size.components === 1) return
  throw new AppError(
    'format/malformed',
    size
      ? `A compressed frame is ${size.columns} × ${size.rows} with ${size.components} components where the DICOM header says ${columns} × ${rows}. Export the file again.`
      : 'A compressed frame of the DICOM file has no readable header. Export the file again.',
  )
}
