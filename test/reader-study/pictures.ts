import {
  CINE_FRAMES,
  CINE_HEIGHT,
  CINE_IMAGE_ROWS,
  CINE_WIDTH,
  neutralCine,
} from '../../src-main/reader-study/cases/prepare-item.ts'
import { studyBanner } from '../../src-main/app/studies/banner.ts'
import { Philox } from '../../src-main/statistics/random.ts'

const IMAGE = CINE_WIDTH * CINE_IMAGE_ROWS
const NOISE = 4096

/**
 * A beating ring with noise as a scanner or a network might give it, through the one preparation of a study. Real and
 * generated ones differ in what the preparation is there to take away: unit, offset, and the whole numbers of a scanner.
 */
export function preparedHeart(kind: 'real' | 'generated', seed: number): Uint8Array {
  const random = new Philox(seed, kind === 'real' ? 21 : 22)
  const [scale, offset] = kind === 'real' ? [180, 40] : [1, 0]
  const radius = 18 + 8 * random.uniform()
  const wall = 5 + 3 * random.uniform()
  const [x0, y0] = [44 + 8 * random.uniform(), 44 + 8 * random.uniform()]
  const noise = Float32Array.from({ length: NOISE }, () => 0.12 * (random.uniform() - 0.5))
  const cine = new Float32Array(CINE_FRAMES * IMAGE)
  for (let frame = 0; frame < CINE_FRAMES; frame++) {
    const inner = radius * (1 - 0.25 * Math.sin((Math.PI * frame) / (CINE_FRAMES - 1)))
    // A different stretch of the noise in every frame, so that none repeats the one before.
    const shift = Math.floor(random.uniform() * NOISE)
    for (let at = 0; at < IMAGE; at++) {
      const distance = Math.hypot((at % CINE_WIDTH) - x0, Math.floor(at / CINE_WIDTH) - y0)
      const beyondBlood = part(distance - inner)
      const beyondWall = part(distance - inner - wall)
      const tissue = 0.9 + (0.25 - 0.9) * beyondBlood + (0.25 - 0.003 * distance) * beyondWall
      const value = offset + scale * (tissue + noise[(at * 7 + shift) % NOISE]!)
      cine[frame * IMAGE + at] = kind === 'real' ? Math.round(value) : value
    }
  }
  return neutralCine(cine, studyBanner())
}

/** Share of a pixel that lies beyond an edge, as a scanner sees it: over three pixels. */
const part = (distance: number): number => Math.max(0, Math.min(1, distance / 3 + 0.5))

/** The smallest leaks, one a group of probes, as a careless step of a preparation would leave them. */
export const LEAKS: Readonly<Record<string, (cine: Uint8Array) => void>> = {
  banner(cine) {
    cine[IMAGE + 5]! ^= 1
  },
  'border-mean': (cine) =>
    eachPixel((column, row, at) => {
      if (edge(column, row) < 1) cine[at] = 0
    }),
  'corner-mean': (cine) =>
    eachPixel((column, row, at) => {
      if (column < 4 && row < 4) cine[at] = 0
    }),
  'empty-levels': (cine) =>
    eachPixel((_, __, at) => {
      if (cine[at]! > 128) cine[at]! &= 0xfe
    }),
  'fine-rows': (cine) =>
    eachPixel((column, _, at) => {
      if (column > 0) cine[at] = (cine[at]! + cine[at - 1]!) >> 1
    }),
  repeated(cine) {
    const frame = CINE_WIDTH * CINE_HEIGHT
    cine.copyWithin(frame, 0, frame)
  },
}

const edge = (column: number, row: number): number =>
  Math.min(column, row, CINE_WIDTH - 1 - column, CINE_IMAGE_ROWS - 1 - row)

function eachPixel(visit: (column: number, row: number, at: number) => void): void {
  for (let frame = 0; frame < CINE_FRAMES; frame++)
    for (let row = 0; row < CINE_IMAGE_ROWS; row++)
      for (let column = 0; column < CINE_WIDTH; column++)
        visit(column, row, frame * CINE_WIDTH * CINE_HEIGHT + row * CINE_WIDTH + column)
}
