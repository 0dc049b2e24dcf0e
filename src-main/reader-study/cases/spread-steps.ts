import { createHash } from 'node:crypto'
import { Philox } from '../../statistics/random.ts'

/** Differences below this share of the range are rounding, not the depth that a cine was stored with. */
const ROUNDING = 1e-5

/**
 * Takes the depth away that a cine was stored with: every pixel goes to a place within its own step, drawn evenly. A
 * scanner stores whole numbers, a network gives fractions; stretched to 8 bit, the first would leave grey levels empty
 * and the second none, which tells them apart whatever they show. Frames that were mixed of two have steps of their own.
 *
 * @param cine     frames of `frameSize` pixels in any unit; not changed
 * @returns the same pixels, none moved by more than half a step; the same cine gives the same result
 */
export function spreadSteps(cine: Float32Array, frameSize: number): Float32Array {
  const out = Float32Array.from(cine)
  const bytes = new Uint8Array(cine.buffer, cine.byteOffset, cine.byteLength)
  const random = new Philox(createHash('sha256').update(bytes).digest().readUInt32LE())
  for (let from = 0; from < out.length; from += frameSize) {
    const frame = out.subarray(from, from + frameSize)
    const step = stepOf(frame)
    for (let at = 0; step > 0 && at < frameSize; at++) frame[at]! += step * (random.uniform() - 0.5)
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
