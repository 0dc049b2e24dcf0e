/** Viridis at sixteen even steps: rises evenly in lightness, also for colour-blind eyes. */
const VIRIDIS = [
  '440154', '481a6c', '472f7d', '414487', '39568c', '31688e', '2a788e', '23888e',
  '1f988b', '22a884', '35b779', '54c568', '7ad151', 'a5db36', 'd2e21b', 'fde725',
] as const // prettier-ignore

type Colour = readonly [red: number, green: number, blue: number]

const ANCHORS = VIRIDIS.map((hex) => {
  const value = Number.parseInt(hex, 16)
  return [value >> 16, (value >> 8) & 255, value & 255] as const
})

/**
 * @param share 0 to 1
 * @see Smith NJ & van der Walt S, A better default colormap for Matplotlib, SciPy 2015
 */
export function viridis(share: number): Colour {
  const place = Math.min(1, Math.max(0, share)) * (ANCHORS.length - 1)
  const index = Math.min(ANCHORS.length - 2, Math.floor(place))
  const [from, to] = [ANCHORS[index]!, ANCHORS[index + 1]!]
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(from[channel] + (place - index) * (to[channel] - from[channel]))
  return [mix(0), mix(1), mix(2)]
}

/** 256 levels as the pixels of an ImageData: alpha, blue, green, red from the highest byte. */
export const VIRIDIS_PIXELS = Uint32Array.from({ length: 256 }, (_, level) => {
  const [red, green, blue] = viridis(level / 255)
  return pixel(red, green, blue)
})

export function pixel(red: number, green: number, blue: number): number {
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0
}

/** What a legend shows: a gradient from the lowest to the highest colour. */
export const VIRIDIS_GRADIENT = `linear-gradient(to right, ${VIRIDIS.map((hex) => `#${hex}`).join(', ')})`
