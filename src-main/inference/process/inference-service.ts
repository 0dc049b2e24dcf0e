import { AppError, type ErrorReply } from '../../../src-preload/contract/errors.ts'
import type { GraphName } from '../../../src-preload/contract/manifest.ts'
import type { Provider } from '../../../src-preload/contract/screening.ts'
import { encodeBatch, type TaskEncoder } from '../encoder.ts'
import { occlude } from '../explain/occlude.ts'
import { project } from '../explain/project.ts'
import { generateCines, type GenerateHooks } from '../generator/generate.ts'
import { loadPack, type VerifiedPack } from '../pack/load-pack.ts'
import type { RunGraph } from '../tensor.ts'
import { examineProvider } from './examine.ts'
import { GraphSessions, type CreateLanes, type CreateSession } from './graph-sessions.ts'
import type { FromInference, InferenceRequest, ScreenAnswer, ToInference } from './messages.ts'
import { gpuCandidates, ProviderChooser, type Plan } from './providers.ts'
import { reasonOf } from './reason.ts'

export interface InferenceServiceOptions {
  post: (message: FromInference) => void
  createSession: CreateSession
  createLanes: CreateLanes
  supportedProviders: () => Provider[]
  runtimeVersion: string
}

interface Loaded {
  pack: VerifiedPack
  sessions: GraphSessions
  chooser: ProviderChooser
}

type Load = Extract<ToInference, { type: 'load' }>

/** Cancelled between two runs: the parent has already told the user. */
class Cancelled extends Error {}

/** A sign of life is sent no more often than this; the parent waits a minute for one. */
const ALIVE_EVERY_MS = 500

/**
 * What the inference process does, apart from being a process: one queue, one request at a time. Only the lanes of the
 * encoder pass from one batch to the next without a pause: the lane that first has nothing left to do begins the next.
 */
export class InferenceService {
  readonly #options: InferenceServiceOptions
  /** Requests that wait or run, each with whether it was cancelled. */
  readonly #requests = new Map<number, { cancelled: boolean }>()
  #queue: Promise<void> = Promise.resolve()
  #loaded: Loaded | undefined
  #aliveAtMs = -Infinity

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
      case 'occlude':
      case 'project':
        this.#requests.set(message.id, { cancelled: false })
        return this.#enqueue(() => this.#begin(message.id, message))
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
      this.#loaded = { pack, sessions, chooser: new ProviderChooser(pack.manifest.graphs, sessions, candidates, log) }
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

  /** Ends when the next request may begin. */
  #begin(id: number, request: InferenceRequest): Promise<void> {
    return new Promise((resolve) => void this.#answer(id, request, resolve).then(resolve))
  }

  #sayAlive(): void {
    const nowMs = performance.now()
    if (nowMs - this.#aliveAtMs < ALIVE_EVERY_MS) return
    this.#aliveAtMs = nowMs
    this.#options.post({ type: 'alive' })
  }

  async #answer(id: number, request: InferenceRequest, nextMayBegin: () => void): Promise<void> {
    const { post } = this.#options
    let provider: Provider = 'cpu'
    const between = (): void => {
      this.#sayAlive()
      if (this.#requests.get(id)!.cancelled) throw new Cancelled()
    }
    try {
      between()
      const plan = await this.#loaded!.chooser.plan(graphsOf(request))
      provider = plan.provider
      between()
      const hooks = { between, onStep: (step: number, of: number) => post({ type: 'step', id, step, of }) }
      post({ type: 'answer', id, answer: await this.#run(request, plan, hooks, nextMayBegin) })
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

  async #run(request: InferenceRequest, plan: Plan, hooks: GenerateHooks, nextMayBegin: () => void): Promise<Answer> {
    const { generator, graphs } = this.#loaded!.pack.manifest
    const { provider } = plan
    const run: RunGraph = (graph, inputs, outputs) => plan.session(graph).run(inputs, outputs)
    switch (request.type) {
      case 'screen':
        return this.#screen(request, plan, hooks.between, nextMayBegin)
      case 'generate':
        return { ...(await generateCines(run, request, generator, hooks)), provider }
      case 'occlude':
        return { ...(await occlude(await this.#manyEncoder(plan), request, generator.featureWidth, hooks)), provider }
      case 'project': {
        const width = graphs['cmr-encoder']!.outputs.find(({ name }) => name === 'tokens')!.shape[2] as number
        return { ...(await project(run, request, width, hooks.between)), provider }
      }
    }
  }

  /** The encoder for many ECGs one after the other. */
  async #manyEncoder(plan: Plan): Promise<TaskEncoder> {
    if (plan.provider !== 'cpu') return plan.session('encoder-task')
    return this.#loaded!.sessions.lanes('encoder-task', this.#options.createLanes)
  }

  async #screen(
    { ecgs }: ScreenRequest,
    plan: Plan,
    between: () => void,
    nextMayBegin: () => void,
  ): Promise<ScreenAnswer> {
    const encoder = ecgs.length > 1 ? await this.#manyEncoder(plan) : plan.session('encoder-task')
    const started = performance.now()
    // A session of one lane takes one run at a time.
    const lastBegun = encoder.lanes > 1 ? nextMayBegin : () => undefined
    const rows = await encodeBatch(encoder, ecgs, { between, lastBegun })
    return { rows, provider: plan.provider, ms: performance.now() - started }
  }
}

type ScreenRequest = Extract<InferenceRequest, { type: 'screen' }>
type Answer = Extract<FromInference, { type: 'answer' }>['answer']

function graphsOf(request: InferenceRequest): GraphName[] {
  switch (request.type) {
    case 'screen':
    case 'occlude':
      return ['encoder-task']
    case 'generate':
      return ['encoder-aligned', 'gen-step', `denoise-${request.sampler}`, 'vae-decoder']
    case 'project':
      return ['encoder-aligned', 'cmr-encoder']
  }
}

function toReply(error: unknown): ErrorReply {
  if (error instanceof AppError) return error.toReply()
  return {
    code: 'inference/failed',
    message: `The network could not be run: ${reasonOf(error)}. Try again; if it stays, get the model pack again.`,
  }
}
