import { basename, join } from 'node:path'
import type { Provider, Sampler } from '../../src-preload/contract/screening.ts'
import type { ReadJobResult } from '../app/reading/read-job.ts'
import { cycleMsOf } from '../screening/cine/cycle.ts'
import { encodeGif } from '../screening/cine/gif.ts'
import { markCine } from '../screening/cine/mark.ts'
import { encodeNpy } from '../screening/cine/npy.ts'
import { cineSidecar } from '../screening/cine/sidecar.ts'
import type { Engine } from '../inference/engine.ts'
import { writeWhole } from '../app/write-whole.ts'

export interface CineSettings {
  out: string
  /** False where the cine is wanted for a report only. */
  write: boolean
  seed: number
  /** Undefined: the pack's default. */
  sampler: Sampler | undefined
}

export interface WrittenCine {
  /** The animated image, which carries the mark. */
  path: string
  /** The raw values, named `*.ai-generated.npy`; what they are stands in the JSON beside them. */
  npy: string
  frames: 50
  size: [96, 96]
  seed: number
  sampler: Sampler
}

export interface MadeCine {
  /** [50, 96, 96] in [0, 1], without the mark. */
  values: Float32Array
  seed: number
  sampler: Sampler
  provider: Provider
  cycleMs: number
  timingsMs: Record<string, number>
}

/** Generates one cine. @throws AppError `cine/cancelled`, `inference/…` */
export async function makeCine(
  engine: Engine,
  { summary, prepared }: ReadJobResult,
  settings: CineSettings,
  signal: AbortSignal,
): Promise<MadeCine> {
  const { seed } = settings
  const sampler = settings.sampler ?? engine.manifest.generator.defaultSampler
  const { ecg, amplitude } = prepared!
  const { cines, provider, timingsMs } = await engine.generateCine({ ecg, amplitude, seeds: [seed], sampler, signal })
  return { values: cines[0]!, seed, sampler, provider, cycleMs: cycleMsOf(summary.heartRateBpm), timingsMs }
}

/**
 * Writes a generated cine: marked animated image, raw values, and the JSON that says what they are.
 *
 * @throws AppError `files/not-written`
 */
export async function writeCine(
  engine: Engine,
  file: string,
  { sha256 }: ReadJobResult,
  { values, seed, sampler, provider, cycleMs }: MadeCine,
  out: string,
): Promise<WrittenCine> {
  const { generator } = engine.manifest
  const [path, npy, json] = ['gif', 'npy', 'json'].map((ending) =>
    join(out, `${outputStem(file, sha256)}.ai-generated.${ending}`),
  ) as [string, string, string]
  const sidecar = cineSidecar({
    inputSha256: sha256,
    pack: engine.identity,
    seed,
    sampler,
    provider,
    pixelSpacingMm: generator.pixelSpacingMm,
    cycleMs,
  })
  // The statement is there before the values that it speaks of.
  await writeWhole(json, `${JSON.stringify(sidecar, null, 2)}\n`)
  await writeWhole(path, encodeGif(markCine(values), cycleMs))
  await writeWhole(npy, encodeNpy(values))
  return { path, npy, frames: 50, size: [96, 96], seed, sampler }
}

/** The name of the input, and enough of its hash to keep namesakes of two folders apart. */
export function outputStem(path: string, sha256: string): string {
  return `${basename(path).replace(/\.[^.]*$/, '')}-${sha256.slice(0, 8)}`
}
