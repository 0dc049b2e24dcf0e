import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { openAnswerMemory } from '../../../src-main/app/reading/answer-memory.ts'
import { examineFile } from '../../../src-main/app/reading/examine-file.ts'
import { runReadJob } from '../../../src-main/app/reading/read-job.ts'
import type { Services } from '../../../src-main/app/services.ts'
import { readCines } from '../../../src-main/cmr/read-cines.ts'
import { referenceManifest } from '../../inference/pack-builder.ts'

/** Reads as the watched children do, in this process. */
const attempt = async <T>(run: () => T) => {
  try {
    return { ok: true as const, value: await run() }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ok: false as const, error: error.toReply() }
  }
}
/** Files are read for good, in this process; the network behind the engine is made up. */
export function servicesIn(folder: string) {
  const beside = (name: string): Uint8Array | undefined => {
    const path = join(folder, name)
    return existsSync(path) ? readFileSync(path) : undefined
  }
  const generated: number[] = []
  const cineOf = (seed: number): Float32Array =>
    Float32Array.from({ length: 50 * 96 * 96 }, (_, index) => ((index * 31 + seed) % 97) / 97)
  const services = {
    answers: openAnswerMemory(''),
    openReader: () => ({
      read: (main: never, _: never, wants: never) => attempt(() => runReadJob(main, beside, wants)),
      examine: (main: never) => attempt(() => examineFile(main, beside)),
      close: () => undefined,
    }),
    readCines: (files: never) => attempt(() => readCines(files, () => Promise.reject(new Error('none is compressed')))),
    engine: async () => ({
      manifest: { ...referenceManifest(), trained: true },
      key: { purpose: 'release' },
      identity: { sha256: 'a'.repeat(64) },
      screen: async (ecgs: unknown[]) => ({
        rows: ecgs.map(() => ({
          pheno: new Float32Array(82),
          dis: Float32Array.of(0, 0, 2, 0),
          sub: new Float32Array(3),
          distance: Float32Array.of(0.5),
        })),
      }),
      generateCine: async ({ seeds }: { seeds: number[] }) => {
        generated.push(seeds[0]!)
        return { cines: seeds.map(cineOf) }
      },
    }),
  } as unknown as Partial<Services>
  return { beside, cineOf, generated, services }
}
