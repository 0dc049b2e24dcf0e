import { refuse, requireNumbers, type Values } from '../checks.ts'

/** One grey image, row after row. */
export interface GreyImage {
  rows: number
  columns: number
  /** `rows × columns` values. */
  pixels: Values
}

/** @throws AppError `statistics/empty`, `ragged`, `not-finite`. */
export function requireAlike(a: GreyImage, b: GreyImage): void {
  for (const image of [a, b]) {
    requireNumbers(image.pixels, 'the image')
    if (image.pixels.length !== image.rows * image.columns) {
      refuse('ragged', `an image of ${image.rows} × ${image.columns} has ${image.pixels.length} pixels`)
    }
  }
  if (a.rows !== b.rows || a.columns !== b.columns) {
    refuse('ragged', `the images are ${a.rows} × ${a.columns} and ${b.rows} × ${b.columns}; they must have one size`)
  }
}

/** A grey image from rows of numbers. @throws AppError `statistics/empty`, `ragged`. */
export function imageFromRows(rows: readonly Values[]): GreyImage {
  const columns = rows[0]?.length ?? 0
  if (columns === 0) refuse('empty', 'the image holds no pixels')
  const pixels = new Float64Array(rows.length * columns)
  for (const [y, row] of rows.entries()) {
    if (row.length !== columns) refuse('ragged', `row ${y} has ${row.length} pixels, the first row ${columns}`)
    pixels.set(Float64Array.from(row), y * columns)
  }
  return { rows: rows.length, columns, pixels }
}

/** @throws AppError `statistics/bad-parameter` unless the range is a positive number. */
export function requireDataRange(dataRange: number): void {
  if (!(dataRange > 0 && Number.isFinite(dataRange))) {
    refuse('bad-parameter', `the data range ${dataRange} is not a positive number; give 255 for 8-bit images`)
  }
}
