import { resolve } from 'node:path'
import { AppError } from '../../src-preload/contract/errors.ts'
import type { ProviderReport } from '../../src-preload/contract/index.ts'
import type { ModelManifest } from '../../src-preload/contract/manifest.ts'
import type { PackIdentity, Provider, ProviderChoice } from '../../src-preload/contract/screening.ts'
import type { SpawnChild } from '../app/child-process.ts'
import type { EncoderInput } from '../ecg/preprocessing/encoder-input.ts'
import { allFinite } from '../ecg/quality/moments.ts'
import { AMPLITUDE_LENGTH, ECG_LENGTH, type ScreeningOutputs } from './encoder.ts'
import { examineProviders } from './examine-providers.ts'
import type { OcclusionRequest } from './explain/occlude.ts'
import type { GeneratedCines, GenerateRequest } from './generator/generate.ts'
import { InferenceConnection } from './inference-connection.ts'
import type { TrustedKey } from './pack/keys.ts'
import type { GenerateAnswer, OccludeAnswer, ProjectAnswer, ScreenAnswer } from './process/messages.ts'

export interface Engine {
  readonly manifest: ModelManifest
  readonly identity: PackIdentity
  /** The key that signed the pack. */
  readonly key: TrustedKey
  /** Version of onnxruntime. */
  readonly runtimeVersion: string
  /** The running inference process, for who measures memory; undefined while it is down. */
  processId(): number | undefined
  /**
   * Screens a batch; one row per ECG, in order. `ms` is the time in the networks.
   *
   * @throws AppError `inference/…`, `pack/parity-failed`, `screening/cancelled`
   */
  screen(
    batch: readonly EncoderInput[],
    options?: { signal?: AbortSignal },
  ): Promise<{ rows: ScreeningOutputs[]; provider: Provider; ms: number }>
  /**
   * Generates one cine per seed, unmarked; it leaves the main process only through `markCine`.
   *
   * @throws AppError `inference/…`, `pack/parity-failed`, `cine/cancelled`
   */
  generateCine(
    request: GenerateRequest & { signal?: AbortSignal; onStep?: (step: number, of: number) => void },
  ): Promise<GeneratedCines & { provider: Provider }>
  /**
   * What the task encoder says of one ECG, and of it without each stretch of each lead.
   *
   * @throws AppError `inference/…`, `pack/parity-failed`, `explanations/cancelled`
   */
  occlude(
    request: OcclusionRequest & { signal?: AbortSignal; onStep?: (step: number, of: number) => void },
  ): Promise<OccludeAnswer>
  /**
   * ECGs and one cine in the space that both share.
   *
   * @throws AppError `inference/…`, `pack/parity-failed`, `pack/graph-missing` where the pack has no cmr-encoder
   */
  project(ecgs: readonly EncoderInput[], cine: Float32Array): Promise<ProjectAnswer>
  /** Tries every provider of this platform in a process of its own, against all golden outputs of the pack. */
  examineProviders(): Promise<ProviderReport[]>
  close(): Promise<void>
}

export interface EngineOptions {
  spawn: SpawnChild
  packDir: string
  /** Keys trusted besides the pinned ones. */
  trustedKeys?: readonly TrustedKey[]
  provider?: ProviderChoice
  log?: (line: string) => void
  stallMs?: number
  cancelMs?: number
  now?: () => number
}

const MAX_SEEDS = 16

/**
 * Starts the inference process and waits until it has verified the pack.
 *
 * The engine lives until `close`: a process that dies or hangs is started again on the CPU and answers the same request
 * from the same seed; three deaths within a minute end that with `inference/unavailable`.
 *
 * @throws AppError `pack/…` where the pack is refused, `inference/unavailable` where no process lives
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { spawn, trustedKeys = [], provider = 'auto', log = () => undefined } = options
  // The process has a working folder of its own.
  const packDir = resolve(options.packDir)
  const connection = new InferenceConnection({
    spawn,
    packDir,
    trustedKeys,
    provider,
    log,
    stallMs: options.stallMs ?? 60_000,
    cancelMs: options.cancelMs ?? 900,
    now: options.now ?? (() => performance.now()),
  })
  const { manifest, identity, key, runtime } = await connection.loaded
  return {
    manifest,
    identity,
    key,
    runtimeVersion: runtime,
    processId: () => connection.pid,
    async screen(batch, { signal } = {}) {
      if (batch.length === 0) throw new RangeError('a batch needs at least one ECG')
      const request = { type: 'screen' as const, ecgs: batch.map(checkedInput) }
      return (await connection.send(request, { signal, cancelCode: 'screening/cancelled' })) as ScreenAnswer
    },
    async generateCine({ ecg, amplitude, seeds, sampler, shifts, signal, onStep }) {
      checkInput({ ecg, amplitude })
      checkSeeds(seeds)
      if (
        shifts &&
        (shifts.length !== seeds.length * manifest.generator.featureWidth || !shifts.every(Number.isFinite))
      )
        throw new RangeError('each seed needs a shift of the width of the feature, of finite numbers')
      if (!manifest.generator.samplers.includes(sampler)) {
        throw new AppError(
          'inference/sampler-unknown',
          `The model pack has no sampler ${sampler}; choose one of ${manifest.generator.samplers.join(', ')}.`,
        )
      }
      const request = { type: 'generate' as const, ecg, amplitude, seeds, sampler, shifts }
      return (await connection.send(request, { signal, onStep, cancelCode: 'cine/cancelled' })) as GenerateAnswer
    },
    async occlude({ ecg, amplitude, windows, signal, onStep }) {
      checkInput({ ecg, amplitude })
      const request = { type: 'occlude' as const, ecg, amplitude, windows }
      return (await connection.send(request, { signal, onStep, cancelCode: 'explanations/cancelled' })) as OccludeAnswer
    },
    async project(ecgs, cine) {
      if (!manifest.graphs['cmr-encoder']) {
        throw new AppError(
          'pack/graph-missing',
          'The model pack has no cmr-encoder, so an ECG and a cine cannot be compared. Use a pack that has one.',
        )
      }
      const request = { type: 'project' as const, ecgs: ecgs.map(checkedInput), cine }
      return (await connection.send(request, { cancelCode: 'explanations/cancelled' })) as ProjectAnswer
    },
    examineProviders: () => examineProviders(spawn, packDir, trustedKeys),
    close: () => connection.close(),
  }
}

/** What crosses to the inference process, and nothing else of a recording. */
function checkedInput(input: EncoderInput): EncoderInput {
  checkInput(input)
  return { ecg: input.ecg, amplitude: input.amplitude }
}

function checkInput({ ecg, amplitude }: EncoderInput): void {
  if (ecg.length !== ECG_LENGTH || amplitude.length !== AMPLITUDE_LENGTH) {
    throw new RangeError(`an encoder input has ${ECG_LENGTH} and 12 values, not ${ecg.length} and ${amplitude.length}`)
  }
  if (!allFinite(ecg) || !allFinite(amplitude)) {
    throw new RangeError('an encoder input holds a value that is no number')
  }
}

function checkSeeds(seeds: readonly number[]): void {
  const valid = seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff)
  if (!valid || seeds.length === 0 || seeds.length > MAX_SEEDS) {
    throw new RangeError(`1 to ${MAX_SEEDS} unsigned 32-bit seeds are needed`)
  }
}
