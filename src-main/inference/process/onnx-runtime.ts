import { env, InferenceSession, Tensor as OrtTensor, listSupportedBackends } from 'onnxruntime-node'
import type { Provider } from '../../../src-preload/contract/screening.ts'
import type { NamedTensors, Tensor } from '../tensor.ts'
import { physicalCores } from './physical-cores.ts'

// What the runtime throws is reported by us in a sentence; its own lines on stderr would only repeat it in another style.
env.logLevel = 'fatal'

export const RUNTIME_VERSION: string = env.versions.node ?? 'unknown'

/** One graph made ready on one provider. */
export interface GraphSession {
  /** How many runs may be under way at once. */
  readonly lanes: number
  run(inputs: NamedTensors, outputs?: readonly string[]): Promise<NamedTensors>
  release(): Promise<void>
}

/** Providers that this build of the runtime has on this platform; whether a device is there shows only at creation. */
export function supportedProviders(): Provider[] {
  const names = listSupportedBackends().map(({ name }) => name)
  return (['cpu', 'webgpu', 'dml', 'cuda', 'coreml'] as const).filter((name) => names.includes(name))
}

/** Threads that one run may use: as many as compute, and no more than pay. */
export const computingThreads = (): number => Math.min(physicalCores(), 8)

/**
 * Creates a session from bytes that were verified; the runtime never gets a path.
 *
 * Both this and `run` block the thread for as long as they take.
 *
 * @param threads  that share each run
 * @throws Error of the runtime, e.g. where the provider finds no device
 */
export async function createSession(
  bytes: Uint8Array,
  provider: Provider,
  threads: number = computingThreads(),
): Promise<GraphSession> {
  const session = await InferenceSession.create(bytes, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    enableMemPattern: true,
    logSeverityLevel: 4,
    // Threads that wait by spinning would take the cores from preprocessing, which runs beside a batch.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  return {
    lanes: 1,
    async run(inputs, outputs = session.outputNames) {
      const feeds = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, toOrt(tensor)]))
      const results = await session.run(feeds, outputs)
      return Object.fromEntries(outputs.map((name) => [name, fromOrt(results[name]!)]))
    },
    release: () => session.release(),
  }
}

function toOrt({ data, shape }: Tensor): OrtTensor {
  return data instanceof Int32Array ? new OrtTensor('int32', data, shape) : new OrtTensor('float32', data, shape)
}

function fromOrt({ data, dims }: OrtTensor): Tensor {
  if (data instanceof Float32Array || data instanceof Int32Array) return { data, shape: dims }
  throw new TypeError('a graph gave an output that is neither float32 nor int32')
}
