import { pixel, viridis } from './colour-map.ts'

/** How strongly a map covers the image. Within it the burned-in mark keeps a contrast of 4.5 to 1 under any colour. */
const COVER = 0.5
/** What a colour keeps of itself over black, so that dark places are coloured too. */
const OVER_BLACK = 0.25

/** Grey levels through a table of what is shown for each. @param target as many pixels of an ImageData */
export function paintGrey(target: Uint32Array, grey: Uint8Array, table: Uint8Array): void {
  for (let index = 0; index < grey.length; index++) target[index] = 0xff000000 | (table[grey[index]!]! * 0x010101)
}

/** Levels as the colours of a map. @param colours 256 pixels */
export function paintLevels(target: Uint32Array, levels: Uint8Array, colours: Uint32Array): void {
  for (let index = 0; index < levels.length; index++) target[index] = colours[levels[index]!]!
}

/** A map laid over grey levels: what is bright stays brighter than what is dark, so that image and mark stay readable. */
export function paintOverlay(target: Uint32Array, grey: Uint8Array, levels: Uint8Array): void {
  for (let index = 0; index < grey.length; index++) target[index] = overlaid(grey[index]!, levels[index]!)
}

const OVERLAID = new Uint32Array(256 * 256)

/** The pixel of a grey level under a level of the map; looked up, since it is asked for 14 million times a second. */
export function overlaid(grey: number, level: number): number {
  if (OVERLAID[0] === 0) fillOverlaid()
  return OVERLAID[256 * level + grey]!
}

function fillOverlaid(): void {
  for (let level = 0; level < 256; level++) {
    const colour = viridis(level / 255)
    for (let grey = 0; grey < 256; grey++) {
      const strength = COVER * (OVER_BLACK + (1 - OVER_BLACK) * (grey / 255))
      const mix = (channel: number): number => Math.round((1 - COVER) * grey + strength * channel)
      OVERLAID[256 * level + grey] = pixel(mix(colour[0]), mix(colour[1]), mix(colour[2]))
    }
  }
}

/**
 * A small square map as levels for each pixel of an image, linear between the middles of its places.
 *
 * @param values [grid, grid]
 * @param low    value of level 0
 * @param high   value of level 255
 */
export function enlargeMap(values: Float32Array, grid: number, side: number, low: number, high: number): Uint8Array {
  const levels = new Uint8Array(side * side)
  const places = Array.from({ length: side }, (_, index) => {
    const place = Math.min(grid - 1, Math.max(0, ((index + 0.5) * grid) / side - 0.5))
    const from = Math.min(grid - 2, Math.floor(place))
    return { from, share: place - from }
  })
  for (const [y, row] of places.entries()) {
    for (const [x, column] of places.entries()) {
      const at = (down: number, right: number): number => values[(row.from + down) * grid + column.from + right]!
      const upper = at(0, 0) + column.share * (at(0, 1) - at(0, 0))
      const lower = at(1, 0) + column.share * (at(1, 1) - at(1, 0))
      const value = upper + row.share * (lower - upper)
      levels[y * side + x] = Math.round(255 * Math.min(1, Math.max(0, (value - low) / (high - low || 1))))
    }
  }
  return levels
}
