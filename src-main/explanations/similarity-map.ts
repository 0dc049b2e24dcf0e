import type { SanityCheck } from '../../src-preload/contract/explanations.ts'
import type { Projections } from '../inference/explain/project.ts'
import { ssim } from '../statistics/images/ssim.ts'
import { RANDOM_LAYERS, randomDirection, rankCorrelation, sanityCheck } from './sanity-check.ts'

const GRID = 12
const PLACES = GRID * GRID

/**
 * Cosine of an ECG and each place of a cine in the space that both share, and the same of the controls: the ECG with its
 * leads shuffled, and random matrices in place of the last layer of both networks.
 *
 * A random last layer on either side makes the cosine of a place that of its token with a random direction, so that the
 * direction is drawn once. Maps are compared without their sign: one in negative shows the same.
 *
 * @param projections of the ECG as it is, then of the shuffled one
 */
export function similarityMap({ ecgs, cine, places, tokens }: Projections): {
  grid: number
  cosines: Float32Array
  whole: number
  checks: SanityCheck[]
} {
  const [own, shuffled] = [ecgs[0]!, ecgs[1]!]
  const cosines = alongDirection(places, own)
  const random = Array.from({ length: RANDOM_LAYERS }, (_, index) =>
    alongDirection(tokens, randomDirection(index, tokens.length / PLACES)),
  )
  const compare = (control: SanityCheck['control'], maps: readonly Float32Array[]): SanityCheck =>
    sanityCheck(
      control,
      maps.map((map) => rankCorrelation(cosines, map)),
      maps.map((map) => likeness(cosines, map)),
    )
  return {
    grid: GRID,
    cosines,
    whole: dot(own, cine),
    checks: [compare('shuffled-leads', [alongDirection(places, shuffled)]), compare('random-layer', random)],
  }
}

/** Cosine of each row with a direction, [144]. */
function alongDirection(rows: Float32Array, direction: Float32Array): Float32Array {
  const width = direction.length
  const length = Math.sqrt(dot(direction, direction))
  return Float32Array.from({ length: PLACES }, (_, place) => {
    const row = rows.subarray(place * width, (place + 1) * width)
    return dot(row, direction) / (length * Math.sqrt(dot(row, row)) || 1)
  })
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!
  return sum
}

/** Structural similarity of two maps as they are drawn, each over its own range; of the two signs the nearer. */
function likeness(a: Float32Array, b: Float32Array): number {
  const drawn = overOwnRange(a)
  const other = overOwnRange(b)
  const negative = other.map((value) => 1 - value)
  return Math.max(...[other, negative].map((map) => ssim(image(drawn), image(map), OPTIONS).mean))
}

/** Wang's window of 11 would look at four places of twelve. */
const OPTIONS = { window: { shape: 'uniform', size: 5 }, covariance: 'sample', dataRange: 1 } as const
const image = (pixels: Float32Array) => ({ rows: GRID, columns: GRID, pixels })

function overOwnRange(map: Float32Array): Float32Array {
  const [low, high] = [Math.min(...map), Math.max(...map)]
  return map.map((value) => (value - low) / (high - low || 1))
}
