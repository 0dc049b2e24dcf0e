import type { CinePhases } from '../../src-preload/contract/cine.ts'
import { PREPARED_FRAMES, PREPARED_SIZE } from './prepare.ts'

const PIXELS = PREPARED_SIZE * PREPARED_SIZE
/** The heart lies in the middle of a prepared cine; bright fat and vessels lie at its edges. */
const RADIUS = 40
/** Share of the blood pool that must be lost at least, and where in the cycle: systole ends 20 to 60 % after the R wave. */
const LEAST_CHANGE = 0.04
const EARLIEST = 0.2
const LATEST = 0.6
/** Half-width of the circular mean over frames. */
const SMOOTHING = 2

/**
 * End-diastole and end-systole of a cine that begins at the R wave.
 *
 * End-diastole is the first frame, as in every cine that is triggered by the R wave. Its blood pool is what is brighter
 * than Otsu's threshold of all frames within the middle of the image. Of these pixels, the share that is blood still in
 * each frame is the curve: ventricles give pixels up as they contract, and atria grow outside. End-systole is the
 * curve's smallest value.
 *
 * It is a mark on the time axis and nothing else: no volume, no area and no ejection fraction follows from it.
 *
 * @param cine [50, 96, 96] in [0, 1]
 * @returns    no end-systole where the curve falls by less than 4 %, or is smallest outside 20 to 60 % of the cycle
 * @see Otsu N, IEEE Trans SMC 1979;9:62–66
 */
export function findPhases(cine: Float32Array): CinePhases {
  const inside = middleOfImage()
  const threshold = otsuThreshold(cine, inside)
  const pool = inside.filter((pixel) => cine[pixel]! > threshold)
  if (pool.length === 0) return { endDiastole: 0, endSystole: null, reason: 'no-blood-pool', curve: null }
  const shares = Array.from({ length: PREPARED_FRAMES }, (_, frame) => {
    let count = 0
    for (const pixel of pool) if (cine[frame * PIXELS + pixel]! > threshold) count++
    return count / pool.length
  })
  const curve = smoothCircular(shares)
  const smallest = Math.min(...curve)
  const endSystole = curve.indexOf(smallest)
  const place = endSystole / PREPARED_FRAMES
  if (curve[0]! - smallest < LEAST_CHANGE) return notFound('small-change')
  if (place < EARLIEST || place > LATEST) return notFound('not-in-systole')
  return { endDiastole: 0, endSystole, reason: null, curve }
}

const notFound = (reason: NonNullable<CinePhases['reason']>): CinePhases => ({
  endDiastole: 0,
  endSystole: null,
  reason,
  curve: null,
})

/** Pixels of one frame within the radius of the middle. */
function middleOfImage(): Int32Array {
  const middle = (PREPARED_SIZE - 1) / 2
  const pixels = Int32Array.from({ length: PIXELS }, (_, pixel) => pixel)
  return pixels.filter((pixel) => {
    const [x, y] = [pixel % PREPARED_SIZE, Math.floor(pixel / PREPARED_SIZE)]
    return Math.hypot(x - middle, y - middle) <= RADIUS
  })
}

const LEVELS = 256

/** The grey value that parts the pixels of all frames into two classes of the largest variance between them. */
function otsuThreshold(cine: Float32Array, inside: Int32Array): number {
  const counts = new Float64Array(LEVELS)
  for (let frame = 0; frame < PREPARED_FRAMES; frame++) {
    for (const pixel of inside) {
      const level = Math.floor(cine[frame * PIXELS + pixel]! * (LEVELS - 1))
      counts[Math.min(LEVELS - 1, Math.max(0, level))]! += 1
    }
  }
  const total = inside.length * PREPARED_FRAMES
  const sum = counts.reduce((all, count, level) => all + count * level, 0)
  let [below, sumBelow, best, threshold] = [0, 0, -1, 0]
  for (let level = 0; level < LEVELS - 1; level++) {
    below += counts[level]!
    sumBelow += counts[level]! * level
    const above = total - below
    if (below === 0 || above === 0) continue
    const between = below * above * (sumBelow / below - (sum - sumBelow) / above) ** 2
    if (between > best) [best, threshold] = [between, level]
  }
  return (threshold + 1) / (LEVELS - 1)
}

function smoothCircular(values: readonly number[]): number[] {
  const width = 2 * SMOOTHING + 1
  return values.map((_, index) => {
    let total = 0
    for (let offset = -SMOOTHING; offset <= SMOOTHING; offset++) total += values.at((index + offset) % values.length)!
    return total / width
  })
}
