import { createHash } from 'node:crypto'
import { Philox } from '../../statistics/random.ts'

/** Differences below this share of the range are rounding, not the depth that a cine was stored with. */
const ROUNDING = 1e-5

/**
 * Takes the depth away that a cine was stored with. A scanner stores whole numbers, a network gives fractions; stretched
 * to 8 bit, the first would leave grey levels empty and the second none, which tells them apart whatever they show. So
 * every pixel goes to a place within its own step, drawn evenly. That is noise, and by itself a mark of the coarser
 * cine: every frame gets as much more as makes it equal to one that was stored in steps of `commonStep`.
 *
 * @param cine        frames of `frameSize` pixels in any unit; not changed
 * @param commonStep  in the same unit; a frame stored in coarser steps gets nothing more
 * @returns the same pixels; the same cine gives the same result
 */
export function spreadSteps(cine: Float32Array, frameSize: number, commonStep: number): Float32Array {
  const out = Float32Array.from(cine)
  const bytes = new Uint8Array(cine.buffer, cine.byteOffset, cine.byteLength)
  const random = new Philox(createHash('sha256').update(bytes).digest().readUInt32LE())
  for (let from = 0; from < out.length; from += frameSize) {
    // Frames that were mixed of two have steps of their own.
    const frame = out.subarray(from, from + frameSize)
    const step = stepOf(frame)
    // Rounded to a step and drawn evenly within it, a value strays by the sum of two even draws: so does this.
    const missing = Math.sqrt(Math.max(0, commonStep ** 2 - step ** 2))
    for (let at = 0; at < frameSize; at++) {
      if (step > 0) frame[at]! += step * (random.uniform() - 0.5)
      if (missing > 0) frame[at]! += missing * (random.uniform() - random.uniform())
    }
  }
  return out
}

/** The smallest difference between two values of a frame, 0 where the frame is even or knows no steps. */
function stepOf(frame: Float32Array): number {
  const sorted = Float32Array.from(frame).sort()
  const range = sorted.at(-1)! - sorted[0]!
  let step = range
  for (let at = 1; at < sorted.length; at++) {
    const gap = sorted[at]! - sorted[at - 1]!
    if (gap > ROUNDING * range && gap < step) step = gap
  }
  return step < range ? step : 0
}
