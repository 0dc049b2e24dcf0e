import { AppError } from '../../src-preload/contract/errors.ts'
import type { Cine } from './cine.ts'

/** Shape of a prepared cine, which is that of a generated one. */
export const PREPARED_FRAMES = 50
export const PREPARED_SIZE = 96

export interface Preparation {
  /** Centre of the 96 × 96 box, as column and row; may lie so that the box reaches beyond the image. */
  centre: { x: number; y: number }
  /** The frames of one heart beat, both inclusive, from 0. */
  first: number
  last: number
}

/** The whole cine around the middle of the image, as where nobody marked the heart. */
export function defaultPreparation({ rows, columns, frames }: Cine): Preparation {
  return { centre: { x: Math.floor(columns / 2), y: Math.floor(rows / 2) }, first: 0, last: frames - 1 }
}

/**
 * Brings a real cine into the shape of a generated one: 96 × 96 pixels around the centre, without changing their size,
 * black beyond the image; one beat resampled to 50 frames as a closed loop; darkest pixel 0, brightest 1.
 *
 * @returns [50, 96, 96] in [0, 1]
 * @throws AppError `cmr/bad-range`, `cmr/bad-box`, `cmr/flat`
 */
export function prepareCine(cine: Cine, { centre, first, last }: Preparation): Float32Array {
  if (!(Number.isInteger(first) && Number.isInteger(last) && first >= 0 && last > first && last < cine.frames)) {
    throw new AppError(
      'cmr/bad-range',
      `A beat needs two frames or more of the ${cine.frames}; got ${first + 1} to ${last + 1}.`,
    )
  }
  const left = centre.x - PREPARED_SIZE / 2
  const top = centre.y - PREPARED_SIZE / 2
  const outside = left >= cine.columns || top >= cine.rows || left + PREPARED_SIZE <= 0 || top + PREPARED_SIZE <= 0
  if (!Number.isInteger(left) || !Number.isInteger(top) || outside)
    throw new AppError('cmr/bad-box', 'The box lies outside of the image. Place it over the heart.')
  const inside = insideOf(cine, left, top)
  const phases = phasesOf(cine, first, last)
  const prepared = new Float32Array(PREPARED_FRAMES * PREPARED_SIZE * PREPARED_SIZE)
  let lowest = Infinity
  let highest = -Infinity
  eachTarget(phases, first, (frame, before, after, weight) => {
    const a = before * cine.rows * cine.columns
    const b = after * cine.rows * cine.columns
    for (let y = inside.top; y < inside.bottom; y++) {
      for (let x = inside.left; x < inside.right; x++) {
        const from = (top + y) * cine.columns + left + x
        const value = (1 - weight) * cine.values[a + from]! + weight * cine.values[b + from]!
        prepared[(frame * PREPARED_SIZE + y) * PREPARED_SIZE + x] = value
        if (value < lowest) lowest = value
        if (value > highest) highest = value
      }
    }
  })
  if (!(highest > lowest)) throw new AppError('cmr/flat', 'All pixels in the box are alike. Place it over the heart.')
  const range = highest - lowest
  for (let frame = 0; frame < PREPARED_FRAMES; frame++) {
    for (let y = inside.top; y < inside.bottom; y++) {
      const row = (frame * PREPARED_SIZE + y) * PREPARED_SIZE
      for (let x = inside.left; x < inside.right; x++) prepared[row + x] = (prepared[row + x]! - lowest) / range
    }
  }
  return prepared
}

/** Length of the beat that frames `first` to `last` make up, where the times are known. */
export function beatMs(frameTimesMs: readonly number[] | null, first: number, last: number): number | null {
  if (!frameTimesMs || last <= first) return null
  const span = frameTimesMs[last]! - frameTimesMs[first]!
  // The loop closes one mean step behind its last frame.
  return span > 0 ? (span * (last - first + 1)) / (last - first) : null
}

/** The part of the box that lies on the image. */
function insideOf(cine: Cine, left: number, top: number) {
  return {
    left: Math.max(0, -left),
    top: Math.max(0, -top),
    right: Math.min(PREPARED_SIZE, cine.columns - left),
    bottom: Math.min(PREPARED_SIZE, cine.rows - top),
  }
}

/** Place of each frame in the beat, 0 ≤ phase < 1, by the frame times or else in even steps. */
function phasesOf({ frameTimesMs }: Cine, first: number, last: number): number[] {
  const count = last - first + 1
  const cycle = beatMs(frameTimesMs, first, last)
  return Array.from({ length: count }, (_, index) =>
    cycle === null ? index / count : (frameTimesMs![first + index]! - frameTimesMs![first]!) / cycle,
  )
}

/** For each of the 50 frames, the two of the file that it lies between, and how far. The last runs on into the first. */
function eachTarget(
  phases: readonly number[],
  first: number,
  visit: (frame: number, before: number, after: number, weight: number) => void,
): void {
  let index = 0
  for (let frame = 0; frame < PREPARED_FRAMES; frame++) {
    const phase = frame / PREPARED_FRAMES
    // The small number keeps a frame that falls on one of the file's from being mixed with its neighbour.
    while (index + 1 < phases.length && phases[index + 1]! <= phase + 1e-9) index++
    const next = index + 1 < phases.length ? phases[index + 1]! : 1
    const weight = Math.max(0, (phase - phases[index]!) / (next - phases[index]!))
    visit(frame, first + index, first + ((index + 1) % phases.length), weight < 1e-9 ? 0 : weight)
  }
}
