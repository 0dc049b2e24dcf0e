import { AppError } from '../../../src-preload/contract/errors.ts'
import type { GraphName } from '../../../src-preload/contract/manifest.ts'
import type { Provider } from '../../../src-preload/contract/screening.ts'
import { goldenInputs, largestDifference, parseGolden, type Golden, type GoldenCase } from '../pack/golden.ts'
import type { VerifiedPack } from '../pack/load-pack.ts'
import type { GraphSession } from './onnx-runtime.ts'

export type CreateSession = (bytes: Uint8Array, provider: Provider) => Promise<GraphSession>
/** A session on the CPU that takes several runs at once, see `createLanes`. */
export type CreateLanes = (bytes: Uint8Array) => Promise<GraphSession>

/** How far a graph on a provider is from what the pack's maker saw. */
export interface Parity {
  ok: boolean
  largest: number
}

/**
 * The sessions of one pack, each created once, on first use, and trusted only after golden cases agreed.
 *
 * On the CPU the first case (batch 1) of a graph is replayed in every process before its first use: it costs one run,
 * which warms the session, and a processor or a runtime that computes otherwise is found before a number is shown. On a
 * GPU provider all cases of the graph must agree.
 */
export class GraphSessions {
  readonly #pack: VerifiedPack
  readonly #create: CreateSession
  /** Called between native calls, so that the parent knows that the process is not stuck. */
  readonly #alive: () => void
  readonly #open = new Map<string, Promise<GraphSession>>()
  #golden: Golden | undefined
  /** Without a GPU to fall back from, a graph's bytes are not needed again once its session exists. */
  readonly #keepBytes: boolean

  constructor(pack: VerifiedPack, create: CreateSession, options: { alive: () => void; keepBytes: boolean }) {
    this.#pack = pack
    this.#create = create
    this.#alive = options.alive
    this.#keepBytes = options.keepBytes
  }

  /**
   * The session of a graph, created and checked on first use.
   *
   * @throws AppError `pack/parity-failed`; errors of the runtime, e.g. where the provider finds no device
   */
  get(graph: GraphName, provider: Provider): Promise<GraphSession> {
    return this.#once(`${graph} on ${provider}`, () => this.#openChecked(graph, provider, this.#create))
  }

  /**
   * A session of a graph on the CPU for several runs at once, made with `create` and checked on first use.
   *
   * @throws AppError `pack/parity-failed`
   */
  lanes(graph: GraphName, create: CreateLanes): Promise<GraphSession> {
    return this.#once(`${graph} on lanes`, () => this.#openChecked(graph, 'cpu', create))
  }

  #once(name: string, open: () => Promise<GraphSession>): Promise<GraphSession> {
    let session = this.#open.get(name)
    if (!session) {
      session = open()
      this.#open.set(name, session)
      // A failed creation may be tried again; the failure itself goes to whoever asked.
      session.catch(() => this.#open.delete(name))
    }
    return session
  }

  /** Replays golden cases of a graph and gives the largest difference. */
  async replay(graph: GraphName, provider: Provider, session: GraphSession, cases = Infinity): Promise<Parity> {
    const parity: Parity = { ok: true, largest: 0 }
    for (const golden of this.#casesOf(graph).slice(0, cases)) {
      const outputs = await session.run(goldenInputs(golden))
      this.#alive()
      const difference = largestDifference(golden, outputs)
      parity.largest = Math.max(parity.largest, difference)
      if (difference > golden.tolerance[provider === 'cpu' ? 'cpu' : 'gpu']) parity.ok = false
    }
    return parity
  }

  /** Creates a session without a check, for the caller to release. */
  async openUnchecked(graph: GraphName, provider: Provider, create = this.#create): Promise<GraphSession> {
    const { file } = this.#pack.manifest.graphs[graph]!
    const bytes = this.#pack.files.get(file)
    if (!bytes) throw new Error(`the bytes of ${file} are gone although its session was not created`)
    const session = await create(bytes, provider)
    this.#alive()
    return session
  }

  async #openChecked(graph: GraphName, provider: Provider, create: CreateSession): Promise<GraphSession> {
    const session = await this.openUnchecked(graph, provider, create)
    const cases = provider === 'cpu' ? 1 : Infinity
    // As many at once as there are lanes, so that each of them is checked and warm.
    const replays = Array.from({ length: session.lanes }, () => this.replay(graph, provider, session, cases))
    const parities = await Promise.all(replays)
    if (!parities.every(({ ok }) => ok)) {
      await session.release()
      throw parityFailed(graph, provider, Math.max(...parities.map(({ largest }) => largest)))
    }
    // The encoder may be needed a second time, on lanes.
    if (!this.#keepBytes && graph !== 'encoder-task') this.#pack.files.delete(this.#pack.manifest.graphs[graph]!.file)
    return session
  }

  #casesOf(graph: GraphName): GoldenCase[] {
    this.#golden ??= parseGolden(this.#pack.files.get('golden.json')!)
    const cases = this.#golden.graphs[graph]
    if (!cases) {
      throw new AppError(
        'pack/golden-invalid',
        `golden.json of the model pack has no case for ${graph}, so the graph can't be checked here. Get a complete pack.`,
      )
    }
    return cases
  }
}

function parityFailed(graph: GraphName, provider: Provider, largest: number): AppError {
  const found = `the graph ${graph} gives other numbers on this computer than its maker saw (largest difference ${largest.toPrecision(2)})`
  return new AppError(
    'pack/parity-failed',
    provider === 'cpu'
      ? `The model pack is not used: ${found}. Get the pack again, or report this with the output of "cardionets doctor".`
      : `On ${provider} ${found}.`,
  )
}
