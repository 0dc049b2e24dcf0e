import { AppError, type ErrorReply } from '../../../src-preload/contract/errors.ts'
import type { GraphName } from '../../../src-preload/contract/manifest.ts'
import type { Provider } from '../../../src-preload/contract/screening.ts'
import { encodeBatch } from '../encoder.ts'
import { generateCines } from '../generator/generate.ts'
import { loadPack, type VerifiedPack } from '../pack/load-pack.ts'
import type { RunGraph } from '../tensor.ts'
import { examineProvider } from './examine.ts'
import { GraphSessions, type CreateSession } from './graph-sessions.ts'
import type { FromInference, GenerateAnswer, InferenceRequest, ScreenAnswer, ToInference } from './messages.ts'
import { gpuCandidates, ProviderChooser } from './providers.ts'
import { reasonOf } from './reason.ts'

export interface InferenceServiceOptions {
  post: (message: FromInference) => void
  createSession: CreateSession
  supportedProviders: () => Provider[]
  runtimeVersion: string
}

interface Loaded {
  pack: VerifiedPack
  chooser: ProviderChooser
}

type Load = Extract<ToInference, { type: 'load' }>

/** Cancelled between two runs: the parent has already told the user. */
class Cancelled extends Error {}

/** What the inference process does, apart from being a process: one queue, one request at a time. */
export class InferenceService {
  readonly #options: InferenceServiceOptions
  /** Requests that wait or run, each with whether it was cancelled. */
  readonly #requests = new Map<number, { cancelled: boolean }>()
  #queue: Promise<void> = Promise.resolve()
  #loaded: Loaded | undefined

  constructor(options: InferenceServiceOptions) {
    this.#options = options
  }

  receive(message: Exclude<ToInference, { type: 'close' }>): void {
    switch (message.type) {
      case 'cancel': {
        const request = this.#requests.get(message.id)
        if (request) request.cancelled = true
        return
      }
      case 'load':
        return this.#enqueue(() => this.#load(message))
      case 'examine':
        return this.#enqueue(async () => {
          this.#options.post({ type: 'examined', report: await examineProvider(message, this.#options) })
        })
      case 'screen':
      case 'generate':
        this.#requests.set(message.id, { cancelled: false })
        return this.#enqueue(() => this.#answer(message.id, message))
    }
  }

  #enqueue(job: () => Promise<void>): void {
    this.#queue = this.#queue.then(job)
  }

  async #load({ packDir, trustedKeys, provider }: Load): Promise<void> {
    const { post, createSession, supportedProviders, runtimeVersion } = this.#options
    const log = (line: string): void => post({ type: 'log', line })
    try {
      const pack = await loadPack(packDir, { trustedKeys })
      const candidates = gpuCandidates(provider, pack.manifest.profile, supportedProviders())
      const alive = (): void => post({ type: 'alive' })
      const sessions = new GraphSessions(pack, createSession, { alive, keepBytes: candidates.length > 0 })
      this.#loaded = { pack, chooser: new ProviderChooser(pack.manifest.graphs, sessions, candidates, log) }
      const { manifest, identity, key } = pack
      post({ type: 'loaded', manifest, identity, key, runtime: runtimeVersion })
    } catch (error) {
      post({ type: 'refused', error: toReply(error) })
      return
    }
    // Whoever starts an engine is about to screen: the encoder gets ready while the parent still reads the ECG. A
    // failure is met again, and reported, by the first request.
    this.#enqueue(async () => void (await this.#loaded!.chooser.plan(['encoder-task']).catch(() => undefined)))
  }

  async #answer(id: number, request: InferenceRequest): Promise<void> {
    const { post } = this.#options
    let provider: Provider = 'cpu'
    const between = (): void => {
      post({ type: 'alive' })
      if (this.#requests.get(id)!.cancelled) throw new Cancelled()
    }
    try {
      between()
      const { pack, chooser } = this.#loaded!
      const plan = await chooser.plan(graphsOf(request))
      provider = plan.provider
      between()
      const run: RunGraph = (graph, inputs, outputs) => plan.session(graph).run(inputs, outputs)
      const answer = await compute(run, request, pack, provider, {
        between,
        onStep: (step, of) => post({ type: 'step', id, step, of }),
      })
      post({ type: 'answer', id, answer })
    } catch (error) {
      if (error instanceof Cancelled) {
        post({ type: 'failed', id, error: { code: 'inference/cancelled', message: 'Cancelled.' } })
      } else if (provider !== 'cpu') {
        post({ type: 'provider-lost', provider, reason: reasonOf(error) })
      } else {
        post({ type: 'failed', id, error: toReply(error) })
      }
    } finally {
      this.#requests.delete(id)
    }
  }
}

function graphsOf(request: InferenceRequest): GraphName[] {
  if (request.type === 'screen') return ['encoder-task']
  return ['encoder-aligned', 'gen-step', `denoise-${request.sampler}`, 'vae-decoder']
}

async function compute(
  run: RunGraph,
  request: InferenceRequest,
  pack: VerifiedPack,
  provider: Provider,
  hooks: { between: () => void; onStep: (step: number, of: number) => void },
): Promise<ScreenAnswer | GenerateAnswer> {
  if (request.type === 'generate') {
    return { ...(await generateCines(run, request, pack.manifest.generator, hooks)), provider }
  }
  const started = performance.now()
  const batch = await encodeBatch(run, request.ecg, request.amplitude, hooks.between)
  return { ...batch, provider, ms: performance.now() - started }
}

function toReply(error: unknown): ErrorReply {
  if (error instanceof AppError) return error.toReply()
  return {
    code: 'inference/failed',
    message: `The network could not be run: ${reasonOf(error)}. Try again; if it stays, get the model pack again.`,
  }
}
