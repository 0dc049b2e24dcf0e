/** For each enlarged pixel, the four small ones that it is made of and their weights. */
export interface CubicTaps {
  sources: Int32Array
  weights: Float64Array
}

/**
 * The taps that enlarge a line of `size` pixels by a whole factor with the Catmull–Rom cubic: pixel centres aligned,
 * edges repeated.
 *
 * @see Keys RG, IEEE Trans ASSP 1981;29:1153–1160 (a = −½)
 */
export function cubicTaps(size: number, factor: number): CubicTaps {
  const large = size * factor
  const sources = new Int32Array(4 * large)
  const weights = new Float64Array(4 * large)
  for (let index = 0; index < large; index++) {
    const position = (index + 0.5) / factor - 0.5
    const base = Math.floor(position)
    const t = position - base
    weights[4 * index] = ((-t + 2) * t - 1) * t * 0.5
    weights[4 * index + 1] = ((3 * t - 5) * t * t + 2) * 0.5
    weights[4 * index + 2] = ((-3 * t + 4) * t + 1) * t * 0.5
    weights[4 * index + 3] = (t - 1) * t * t * 0.5
    for (let tap = 0; tap < 4; tap++) {
      sources[4 * index + tap] = Math.min(size - 1, Math.max(0, base - 1 + tap))
    }
  }
  return { sources, weights }
}

/**
 * Enlarges one square frame to 8-bit grey.
 *
 * @param frame  [size, size] in [0, 1]
 * @param target [large, large]; rounds, and clamps what the cubic overshoots at sharp edges
 */
export function upscale(frame: Float32Array, { sources, weights }: CubicTaps, target: Uint8ClampedArray): void {
  const size = Math.sqrt(frame.length)
  const large = Math.sqrt(target.length)
  const wide = new Float32Array(size * large)
  for (let x = 0; x < large; x++) {
    const tap = 4 * x
    const [w0, w1, w2, w3] = [weights[tap]!, weights[tap + 1]!, weights[tap + 2]!, weights[tap + 3]!]
    const [s0, s1, s2, s3] = [sources[tap]!, sources[tap + 1]!, sources[tap + 2]!, sources[tap + 3]!]
    for (let y = 0; y < size; y++) {
      const row = y * size
      const sum = w0 * frame[row + s0]! + w1 * frame[row + s1]! + w2 * frame[row + s2]! + w3 * frame[row + s3]!
      wide[y * large + x] = 255 * sum
    }
  }
  for (let y = 0; y < large; y++) {
    const tap = 4 * y
    const [w0, w1, w2, w3] = [weights[tap]!, weights[tap + 1]!, weights[tap + 2]!, weights[tap + 3]!]
    const r0 = sources[tap]! * large
    const r1 = sources[tap + 1]! * large
    const r2 = sources[tap + 2]! * large
    const r3 = sources[tap + 3]! * large
    const row = y * large
    for (let x = 0; x < large; x++) {
      target[row + x] = w0 * wide[r0 + x]! + w1 * wide[r1 + x]! + w2 * wide[r2 + x]! + w3 * wide[r3 + x]!
    }
  }
}
