import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InferenceSession } from 'onnxruntime-node'
import { forkChild } from '../../src-main/app/child-process.ts'
import { readRecording } from '../../src-main/ecg/read-recording.ts'
import { prepareScreening, type PreparedEcg } from '../../src-main/ecg/preprocessing/prepare-screening.ts'
import type { EcgWaveform } from '../../src-main/ecg/recording.ts'
import { toWaveform } from '../../src-main/ecg/waveform.ts'
import { createEngine, type Engine } from '../../src-main/inference/engine.ts'
import { physicalCores } from '../../src-main/inference/process/physical-cores.ts'

export const REPOSITORY = join(import.meta.dirname, '..', '..')
export const PACK = join(REPOSITORY, 'models', 'reference')
export const RECORDING = join(REPOSITORY, 'test', 'fixtures', 'ecg', 'HR06000.hea')

/** What every measurement shares: one real recording, our engine, and bare sessions over the same graph files. */
export interface Bench {
  engine: Engine
  waveform: EcgWaveform
  prepared: PreparedEcg
  /** A bare session with the settings of the engine; its threads wait as the runtime's own default has it where `spinning`. */
  rawSession(file: string, options?: { spinning: boolean }): Promise<InferenceSession>
  close(): Promise<void>
}

export async function openBench(): Promise<Bench> {
  const folder = join(RECORDING, '..')
  const waveform = toWaveform(
    readRecording(readFileSync(RECORDING), 'HR06000.hea', (name) => readFileSync(join(folder, name))),
  )
  const engine = await createEngine({ spawn: forkChild, packDir: PACK, provider: 'cpu' })
  const sessions = new Map<string, Promise<InferenceSession>>()
  return {
    engine,
    waveform,
    prepared: prepareScreening(waveform),
    rawSession(file, { spinning } = { spinning: false }) {
      const name = `${file} ${spinning}`
      let session = sessions.get(name)
      if (!session) {
        session = InferenceSession.create(readFileSync(join(PACK, file)), {
          executionProviders: ['cpu'],
          intraOpNumThreads: Math.min(physicalCores(), 8),
          executionMode: 'sequential',
          graphOptimizationLevel: 'all',
          extra: { session: { intra_op: { allow_spinning: spinning ? '1' : '0' } } },
        })
        sessions.set(name, session)
      }
      return session
    },
    close: () => engine.close(),
  }
}
