import type { GraphName, ModelManifest } from '../../../src-preload/contract/manifest.ts'
import type { Provider, ProviderChoice } from '../../../src-preload/contract/screening.ts'
import type { GraphSessions } from './graph-sessions.ts'
import type { GraphSession } from './onnx-runtime.ts'
import { reasonOf } from './reason.ts'

/**
 * GPU providers to try, best first. A pack of profile S is so small that starting GPU kernels takes longer than
 * computing on the CPU, so `auto` means the CPU there.
 */
export function gpuCandidates(
  choice: ProviderChoice,
  profile: ModelManifest['profile'],
  supported: readonly Provider[],
) {
  if (choice === 'cpu') return []
  if (choice !== 'auto') return [choice]
  if (profile === 'S') return []
  return (['cuda', 'webgpu', 'dml', 'coreml'] as const).filter((provider) => supported.includes(provider))
}

/** The sessions that one request runs on: all of them on one provider, which is then the result's provider. */
export interface Plan {
  provider: Provider
  session(graph: GraphName): GraphSession
}

/**
 * Chooses the provider of each request. A GPU provider that failed once, or whose numbers differ from the pack's golden
 * outputs, is not tried again in this process.
 */
export class ProviderChooser {
  readonly #graphs: ModelManifest['graphs']
  readonly #sessions: GraphSessions
  readonly #candidates: Provider[]
  readonly #log: (line: string) => void

  constructor(
    graphs: ModelManifest['graphs'],
    sessions: GraphSessions,
    candidates: readonly Provider[],
    log: (line: string) => void,
  ) {
    this.#graphs = graphs
    this.#sessions = sessions
    this.#candidates = [...candidates]
    this.#log = log
  }

  /** @throws AppError `pack/parity-failed` where not even the CPU gives the pack's numbers */
  async plan(graphs: readonly GraphName[]): Promise<Plan> {
    for (const provider of [...this.#candidates]) {
      const portable = graphs.map((graph) => this.#portableTwin(graph))
      const missing = graphs.find((_, index) => portable[index] === undefined)
      if (missing) {
        this.#log(`${missing} has no form that runs on ${provider}; this request runs on the CPU`)
        continue
      }
      try {
        return await this.#open(graphs, portable as GraphName[], provider)
      } catch (error) {
        this.#candidates.splice(this.#candidates.indexOf(provider), 1)
        this.#log(`${provider} is not used: ${reasonOf(error)}`)
      }
    }
    return this.#open(graphs, graphs, 'cpu')
  }

  async #open(names: readonly GraphName[], forms: readonly GraphName[], provider: Provider): Promise<Plan> {
    const sessions = new Map<GraphName, GraphSession>()
    for (const [index, name] of names.entries()) sessions.set(name, await this.#sessions.get(forms[index]!, provider))
    return { provider, session: (graph) => sessions.get(graph)! }
  }

  #portableTwin(graph: GraphName): GraphName | undefined {
    if (this.#graphs[graph]?.portable) return graph
    return graph === 'denoise-ddim25' && this.#graphs['denoise-ddim25-portable']?.portable
      ? 'denoise-ddim25-portable'
      : undefined
  }
}
