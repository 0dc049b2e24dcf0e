import type { ModelManifest } from '../../../src-preload/contract/manifest.ts'
import type { Sampler } from '../../../src-preload/contract/screening.ts'
import { takeOutput } from '../check-output.ts'
import { decodingOrder } from '../noise/decoding-order.ts'
import type { NamedTensors, RunGraph } from '../tensor.ts'
import { gatherNoise, seedNoise } from './sampler-noise.ts'

export interface GenerateRequest {
  /** [12, 2250], preprocessed, in [−1, 1]. */
  ecg: Float32Array
  /** [12] */
  amplitude: Float32Array
  /** Unsigned 32-bit; one cine each, decoded together. */
  seeds: readonly number[]
  sampler: Sampler
  /** Added to the ECG's feature, one row per seed, [seeds, featureWidth]; nothing where absent. */
  shifts?: Float32Array | undefined
}

export interface GeneratedCines {
  /** One [50, 96, 96] in [0, 1] per seed. */
  cines: Float32Array[]
  /** By part, in ms; `total` includes what lies between. */
  timingsMs: Record<'encode' | 'noise' | 'predict' | 'denoise' | 'decode' | 'total', number>
}

export interface GenerateHooks {
  /** After each decoding step, from 1. */
  onStep(step: number, of: number): void
  /** Called between runs; may throw to stop. */
  between(): void
}

const CINE_SHAPE = [1, 50, 96, 96] as const

/**
 * Masked autoregressive generation: the order of the tokens is a permutation; each step predicts the next few from all
 * that are decoded, samples them by diffusion, and keeps them.
 *
 * @throws AppError `inference/output-invalid`
 * @see docs/model-pack.md, "Decoding"; Li T et al., NeurIPS 2024
 */
export async function generateCines(
  run: RunGraph,
  request: GenerateRequest,
  generator: ModelManifest['generator'],
  hooks: GenerateHooks,
): Promise<GeneratedCines> {
  const { seeds, sampler } = request
  const { tokens, tokenDimensions, featureWidth, schedule, temperature } = generator
  const timingsMs = { encode: 0, noise: 0, predict: 0, denoise: 0, decode: 0, total: 0 }
  const started = performance.now()
  const timed = async (part: keyof typeof timingsMs, ...args: Parameters<RunGraph>): Promise<NamedTensors> => {
    const start = performance.now()
    const outputs = await run(...args)
    timingsMs[part] += performance.now() - start
    hooks.between()
    return outputs
  }

  const encoded = await timed(
    'encode',
    'encoder-aligned',
    { ecg: { data: request.ecg, shape: [1, 12, 2250] }, amplitude: { data: request.amplitude, shape: [1, 12] } },
    ['feat'],
  )
  const feature = takeOutput(encoded, 'feat', [1, featureWidth])
  const feat = { data: repeat(feature, seeds.length), shape: [seeds.length, featureWidth] }
  if (request.shifts) for (const [index, shift] of request.shifts.entries()) feat.data[index]! += shift

  const noiseStart = performance.now()
  const orders = seeds.map((seed) => decodingOrder(seed, tokens))
  const noises = seeds.map((seed) => seedNoise(seed, sampler, tokens, tokenDimensions))
  timingsMs.noise = performance.now() - noiseStart

  const tok = {
    data: new Float32Array(seeds.length * tokens * tokenDimensions),
    shape: [seeds.length, tokens, tokenDimensions],
  }
  for (const [index, { visible, predicted }] of schedule.entries()) {
    const masked = tokens - visible
    const visibleIds = orders.map((order) => order.subarray(masked))
    const predictedIds = orders.map((order) => order.subarray(masked - predicted, masked))
    const condition = await timed('predict', 'gen-step', {
      tok,
      ids_vis: { data: joined(visibleIds), shape: [seeds.length, visible] },
      ids_pred: { data: joined(predictedIds), shape: [seeds.length, predicted] },
      feat,
    })
    const picks = predictedIds.flatMap((ids, seed) => [...ids].map((token) => ({ seed, token })))
    const z = condition['z']
    const width = z?.shape[2] ?? 0
    const y = await timed('denoise', `denoise-${sampler}`, {
      z: { data: takeOutput(condition, 'z', [seeds.length, predicted, width]), shape: [picks.length, width] },
      ...gatherNoise(noises, picks, sampler, tokens, tokenDimensions),
      tau: { data: Float32Array.of(temperature), shape: [] },
    })
    const values = takeOutput(y, 'y', [picks.length, tokenDimensions])
    for (const [row, { seed, token }] of picks.entries()) {
      const value = values.subarray(row * tokenDimensions, (row + 1) * tokenDimensions)
      tok.data.set(value, (seed * tokens + token) * tokenDimensions)
    }
    hooks.onStep(index + 1, schedule.length)
  }

  // One cine at a time: the decoder holds 70 MB per cine, and a cancel is seen between two.
  const cines: Float32Array[] = []
  const tokenCount = tokens * tokenDimensions
  for (const index of seeds.keys()) {
    const own = tok.data.subarray(index * tokenCount, (index + 1) * tokenCount)
    const decoded = await timed('decode', 'vae-decoder', { tok: { data: own, shape: [1, tokens, tokenDimensions] } })
    cines.push(takeOutput(decoded, 'cine', CINE_SHAPE, { minimum: 0, maximum: 1, varies: true }))
  }
  timingsMs.total = performance.now() - started
  return { cines, timingsMs }
}

function repeat(row: Float32Array, count: number): Float32Array {
  const rows = new Float32Array(row.length * count)
  for (let index = 0; index < count; index++) rows.set(row, index * row.length)
  return rows
}

function joined(rows: readonly Int32Array[]): Int32Array {
  const length = rows[0]?.length ?? 0
  const all = new Int32Array(length * rows.length)
  for (const [index, row] of rows.entries()) all.set(row, index * length)
  return all
}
