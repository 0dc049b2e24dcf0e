import { basename, join } from 'node:path'
import type { Sampler } from '../../src-preload/contract/screening.ts'
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

/**
 * Generates one cine and writes it: marked animated image, raw values, and the JSON that says what they are.
 *
 * @throws AppError `files/not-written`, `cine/cancelled`, `inference/…`
 */
export async function writeCine(
  engine: Engine,
  file: string,
  { sha256, summary, prepared }: ReadJobResult,
  settings: CineSettings,
  signal: AbortSignal,
): Promise<{ cine: WrittenCine; timingsMs: Record<string, number> }> {
  const { seed, out } = settings
  const { generator } = engine.manifest
  const sampler = settings.sampler ?? generator.defaultSampler
  const { ecg, amplitude } = prepared!
  const { cines, provider, timingsMs } = await engine.generateCine({ ecg, amplitude, seeds: [seed], sampler, signal })
  const cycleMs = cycleMsOf(summary.heartRateBpm)
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
  await writeWhole(path, encodeGif(markCine(cines[0]!), cycleMs))
  await writeWhole(npy, encodeNpy(cines[0]!))
  return { cine: { path, npy, frames: 50, size: [96, 96], seed, sampler }, timingsMs }
}

/** The name of the input, and enough of its hash to keep namesakes of two folders apart. */
function outputStem(path: string, sha256: string): string {
  return `${basename(path).replace(/\.[^.]*$/, '')}-${sha256.slice(0, 8)}`
}
