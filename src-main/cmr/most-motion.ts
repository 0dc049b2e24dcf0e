import type { Cine } from './cine.ts'
import { PREPARED_SIZE } from './prepare.ts'

/** Boxes are tried every so many pixels. */
const STEP_PX = 4

/**
 * Centre of the 96 × 96 box in which most changes over the beat: the heart is what moves in a cine.
 *
 * Each pixel counts with its standard deviation over the frames. An image no larger than the box is taken as a whole.
 *
 * @returns column and row, whole numbers
 */
export function centreOfMotion(cine: Cine): { x: number; y: number } {
  const { rows, columns } = cine
  const sums = integralOf(spreads(cine), rows, columns)
  const best = { x: Math.floor(columns / 2), y: Math.floor(rows / 2), motion: -1 }
  for (const top of placesOf(rows)) {
    for (const left of placesOf(columns)) {
      const [right, bottom] = [Math.min(columns, left + PREPARED_SIZE), Math.min(rows, top + PREPARED_SIZE)]
      const at = (x: number, y: number): number => sums[y * (columns + 1) + x]!
      const [l, t] = [Math.max(0, left), Math.max(0, top)]
      const motion = at(right, bottom) - at(l, bottom) - at(right, t) + at(l, t)
      if (motion > best.motion) Object.assign(best, { x: left + PREPARED_SIZE / 2, y: top + PREPARED_SIZE / 2, motion })
    }
  }
  return { x: best.x, y: best.y }
}

/** First pixels of the boxes along one axis; the middle one alone where the image is not longer than a box. */
function placesOf(length: number): number[] {
  const room = length - PREPARED_SIZE
  if (room <= 0) return [Math.floor(room / 2)]
  return Array.from({ length: Math.floor(room / STEP_PX) + 1 }, (_, index) => index * STEP_PX)
}

/** Standard deviation of each pixel over the frames. */
function spreads({ frames, rows, columns, values }: Cine): Float64Array {
  const pixels = rows * columns
  const sum = new Float64Array(pixels)
  const squares = new Float64Array(pixels)
  for (let frame = 0, index = 0; frame < frames; frame++) {
    for (let pixel = 0; pixel < pixels; pixel++, index++) {
      const value = values[index]!
      sum[pixel]! += value
      squares[pixel]! += value * value
    }
  }
  return sum.map((total, pixel) => Math.sqrt(Math.max(0, squares[pixel]! / frames - (total / frames) ** 2)))
}

/** Sums of everything above and to the left, [rows + 1, columns + 1]. */
function integralOf(values: Float64Array, rows: number, columns: number): Float64Array {
  const sums = new Float64Array((rows + 1) * (columns + 1))
  for (let y = 0; y < rows; y++) {
    let row = 0
    for (let x = 0; x < columns; x++) {
      row += values[y * columns + x]!
      sums[(y + 1) * (columns + 1) + x + 1] = sums[y * (columns + 1) + x + 1]! + row
    }
  }
  return sums
}
