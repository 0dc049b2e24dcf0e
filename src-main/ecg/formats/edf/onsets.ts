import { AppError } from '../../../../src-preload/contract/errors.ts'
import type { EdfHeader } from './header.ts'

/**
 * Start of each data record in seconds: the first annotation of each record of the first annotations signal is its
 * time-keeping annotation, `+123.5\x14\x14` (EDF+ 2.2.4).
 *
 * @throws AppError `format/malformed` where a record has none
 */
export function recordOnsets(main: Uint8Array, header: EdfHeader, count: number): Float64Array {
  const signal = header.signals.find(({ isAnnotations }) => isAnnotations)
  return Float64Array.from({ length: count }, (_, record) => {
    const at = header.headerBytes + record * header.recordBytes + (signal?.byteOffset ?? 0)
    const length = signal ? Math.min(64, signal.samplesPerRecord * header.bytesPerSample) : 0
    const text = Buffer.from(main.subarray(at, at + length)).toString('latin1')
    const onset = /^([-+]\d{1,12}(?:\.\d{1,9})?)\x14/.exec(text)
    if (onset) return Number(onset[1])
    throw new AppError(
      'format/malformed',
      `The ${header.kind} file is marked as interrupted (${header.plus}), but data record ${record + 1} does not state its time. Export the recording without interruptions.`,
    )
  })
}
