import { describe, expect, it } from 'vitest'
import {
  CINE_FRAMES,
  CINE_HEIGHT,
  CINE_IMAGE_ROWS,
  CINE_WIDTH,
  neutralCine,
} from '../../src-main/reader-study/cases/prepare-item.ts'
import { Philox } from '../../src-main/statistics/random.ts'

const IMAGE = CINE_WIDTH * CINE_IMAGE_ROWS
const PIXELS = CINE_FRAMES * IMAGE
const banner = new Uint8Array(CINE_WIDTH * (CINE_HEIGHT - CINE_IMAGE_ROWS)).fill(77)
const random = new Philox(3)
/** A bright disc before a background that is as noisy as a scanner's, or as quiet as a network's. */
const cineWith = (noise: number): Float32Array =>
  Float32Array.from({ length: PIXELS }, (_, at) => {
    const inside = Math.hypot((at % CINE_WIDTH) - 48, (Math.floor(at / CINE_WIDTH) % CINE_IMAGE_ROWS) - 48) < 20
    return (inside ? 0.8 : 0.05) + noise * (random.uniform() - 0.5)
  })

/** How many pixels of the picture, without the banner, have each grey level. */
function levelsOf(cine: Uint8Array): Float64Array {
  const counts = new Float64Array(256)
  for (let frame = 0; frame < CINE_FRAMES; frame++)
    for (let at = 0; at < IMAGE; at++) counts[cine[frame * CINE_WIDTH * CINE_HEIGHT + at]!]! += 1
  return counts
}

describe('a cine in the form of the study', () => {
  it.each([0.2, 0.01, 0.001])('is black and white in one pixel of a hundred each, with noise of %f', (noise) => {
    const counts = levelsOf(neutralCine(cineWith(noise), banner))
    expect(counts[0]! / PIXELS).toBeCloseTo(0.01, 4)
    expect(counts[255]! / PIXELS).toBeCloseTo(0.01, 4)
  })

  it('keeps the order of greys, over the whole range', () => {
    const ramp = Float32Array.from({ length: PIXELS }, (_, at) => at % IMAGE)
    const row = neutralCine(ramp, banner).subarray(0, IMAGE)
    const meanOf = (part: Uint8Array): number => part.reduce((sum, grey) => sum + grey, 0) / part.length
    const means = Array.from({ length: CINE_IMAGE_ROWS }, (_, at) =>
      meanOf(row.subarray(at * CINE_WIDTH, (at + 1) * CINE_WIDTH)),
    )
    for (const [at, mean] of means.entries()) expect(mean).toBeGreaterThan(at > 0 ? means[at - 1]! : -1)
    expect([Math.round(means[0]!), Math.round(means.at(-1)!)]).toEqual([
      expect.closeTo(0, -0.5),
      expect.closeTo(255, -0.5),
    ])
  })

  it('has the banner below every frame, and is dark where nothing is to be seen', () => {
    const cine = neutralCine(new Float32Array(PIXELS).fill(4), banner)
    expect(cine.subarray(IMAGE, CINE_WIDTH * CINE_HEIGHT)).toEqual(banner)
    expect([...levelsOf(cine)].findLastIndex((count) => count > 0)).toBeLessThan(2)
  })
})
