import type { Sampler } from '../../../src-preload/contract/screening.ts'
import { philoxNormals } from '../noise/normals.ts'
import { START_STREAM, STEP_STREAM } from '../noise/streams.ts'
import type { Tensor } from '../tensor.ts'

/** Steps whose noise the sampler reads; ddim is deterministic after its start, and takes one row of zeros. */
const NOISE_STEPS: Readonly<Record<Sampler, number>> = { ddim25: 0, ddpm100: 100 }

/**
 * All noise of one seed. A token's values depend on its place in the cine, never on when or beside whom it is decoded.
 */
export interface SeedNoise {
  /** x_T, [tokens, dimensions]. */
  start: Float32Array
  /** [steps, tokens, dimensions]; empty where the sampler reads none. */
  steps: Float32Array
}

export function seedNoise(seed: number, sampler: Sampler, tokens: number, dimensions: number): SeedNoise {
  return {
    start: philoxNormals(seed, START_STREAM, tokens * dimensions),
    steps: philoxNormals(seed, STEP_STREAM, NOISE_STEPS[sampler] * tokens * dimensions),
  }
}

/**
 * Picks the noise of the tokens that are denoised together.
 *
 * @param picks which token of which seed each row is
 * @returns `x_T` [rows, dimensions] and `noise` [T, rows, dimensions]
 */
export function gatherNoise(
  noises: readonly SeedNoise[],
  picks: readonly { seed: number; token: number }[],
  sampler: Sampler,
  tokens: number,
  dimensions: number,
): { x_T: Tensor; noise: Tensor } {
  const rows = picks.length
  const start = new Float32Array(rows * dimensions)
  for (const [row, { seed, token }] of picks.entries()) {
    const from = token * dimensions
    start.set(noises[seed]!.start.subarray(from, from + dimensions), row * dimensions)
  }
  const steps = NOISE_STEPS[sampler]
  const noise = new Float32Array(Math.max(1, steps) * rows * dimensions)
  for (let step = 0; step < steps; step++) {
    for (const [row, { seed, token }] of picks.entries()) {
      const from = (step * tokens + token) * dimensions
      noise.set(noises[seed]!.steps.subarray(from, from + dimensions), (step * rows + row) * dimensions)
    }
  }
  return {
    x_T: { data: start, shape: [rows, dimensions] },
    noise: { data: noise, shape: [Math.max(1, steps), rows, dimensions] },
  }
}
