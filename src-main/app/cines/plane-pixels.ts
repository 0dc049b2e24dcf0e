import type { CinePlane } from '../../../src-preload/contract/cmr.ts'
import type { Cine } from '../../cmr/cine.ts'

const WHITE = 65535

/** A plane for the window: 16 bits between its darkest and its brightest value, so that contrast can be set there. */
export function planePixels({ frames, rows, columns, values, spacingMm, frameTimesMs }: Cine): CinePlane {
  let minimum = Infinity
  let maximum = -Infinity
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
  }
  const scale = maximum > minimum ? WHITE / (maximum - minimum) : 0
  const pixels = new Uint16Array(values.length)
  for (let index = 0; index < pixels.length; index++) pixels[index] = Math.round((values[index]! - minimum) * scale)
  return { frames, rows, columns, pixels, minimum, maximum, spacingMm, frameTimesMs: frameTimesMs && [...frameTimesMs] }
}
