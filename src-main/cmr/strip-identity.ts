import type { Cine } from './cine.ts'

/** A cine as a study may hold it: pixels and neutral facts, nothing that came from a header's text. */
export interface NeutralCine {
  frames: number
  rows: number
  columns: number
  values: Float32Array
  spacingMm: { row: number; column: number } | null
  /** From the first frame on. */
  frameTimesMs: number[] | null
}

/**
 * Copies what a reader study needs, field by field: whatever else an object carries (names, dates, file names, bytes
 * behind a view) stays behind.
 */
export function stripIdentity({ frames, rows, columns, values, spacingMm, frameTimesMs }: Cine): NeutralCine {
  const start = frameTimesMs?.[0] ?? 0
  return {
    frames,
    rows,
    columns,
    // A copy: a view would carry along the buffer that it lies in.
    values: values.slice(),
    spacingMm: spacingMm && { row: spacingMm.row, column: spacingMm.column },
    frameTimesMs: frameTimesMs && frameTimesMs.map((time) => time - start),
  }
}
