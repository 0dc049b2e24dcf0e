import type { ModelManifest } from '../../../src-preload/contract/manifest.ts'
import type { Provider, ProviderChoice } from '../../../src-preload/contract/screening.ts'
import { InferenceService } from '../../../src-main/inference/process/inference-service.ts'
import type { GraphSession } from '../../../src-main/inference/process/onnx-runtime.ts'
import type { FromInference, ToInference } from '../../../src-main/inference/process/messages.ts'
import type { NamedTensors, Tensor } from '../../../src-main/inference/tensor.ts'
import { buildPack, makeKey, referenceManifest, writePack, type PackFiles } from '../pack-builder.ts'

export const key = makeKey()
export const manifest = referenceManifest()

/** A golden case that any graph of `constantOutputs` fulfils: tiny inputs, every output 0.5. */
export const golden = (): Buffer => {
  const graphs = Object.entries(manifest.graphs).map(([name, { outputs }]) => {
    const expected = outputs.map(({ name: output }) => [output, { shape: [2], stride: 1, values: [0.5, 0.25] }])
    return [name, [{ inputs: {}, outputs: Object.fromEntries(expected), tolerance: { cpu: 1e-4, gpu: 1e-2 } }]]
  })
  return Buffer.from(JSON.stringify({ graphs: Object.fromEntries(graphs) }))
}

type Fault = (provider: Provider, graphBytes: Uint8Array, outputs: Record<string, Tensor>) => void

export interface Harness {
  created: Provider[]
  messages: FromInference[]
  ask(...messages: ToInference[]): Promise<FromInference[]>
}

/** The service over networks that give the golden values on golden inputs and 0.5, 0.25, 0.25 … else. */
export function harness(options: { fault?: Fault; unavailable?: Provider[] } = {}): Harness {
  const created: Provider[] = []
  const messages: FromInference[] = []
  let wake = (): void => undefined
  const open = (graphBytes: Uint8Array, provider: Provider, lanes: number): GraphSession => ({
    lanes,
    async run(inputs, wanted) {
      const outputs = outputsOf(
        inputs,
        wanted ?? ['feat', 'pheno', 'dis', 'sub', 'distance', 'z', 'y', 'cine', 'tokens', 'proj', 'tok_proj'],
      )
      options.fault?.(provider, graphBytes, outputs)
      return outputs
    },
    release: async () => undefined,
  })
  const service = new InferenceService({
    post: (message) => {
      messages.push(message)
      wake()
    },
    createLanes: async (graphBytes) => open(graphBytes, 'cpu', 2),
    supportedProviders: () => ['cpu', 'webgpu'],
    runtimeVersion: 'none',
    async createSession(graphBytes, provider) {
      if (options.unavailable?.includes(provider)) throw new Error(`no ${provider} adapter`)
      created.push(provider)
      return open(graphBytes, provider, 1)
    },
  })
  return {
    created,
    messages,
    async ask(...requests) {
      for (const request of requests) service.receive(request as Exclude<ToInference, { type: 'close' }>)
      const expected = requests.filter(({ type }) => type !== 'cancel').length
      const answers = (): FromInference[] =>
        messages.filter(({ type }) =>
          ['loaded', 'refused', 'answer', 'failed', 'provider-lost', 'examined'].includes(type),
        )
      while (answers().length < expected) await new Promise<void>((resolve) => (wake = resolve))
      return answers()
    },
  }
}

const widths: Record<string, number> = { pheno: 82, dis: 4, sub: 3 }

function outputsOf(inputs: NamedTensors, wanted: readonly string[]): Record<string, Tensor> {
  const rows = inputs['ecg']?.shape[0]
  return Object.fromEntries(
    wanted.map((name) => {
      const shape = rows === undefined ? [2] : name === 'distance' ? [rows] : [rows, widths[name] ?? 2]
      const data = new Float32Array(shape.reduce((a, b) => a * b)).fill(0.25)
      data[0] = 0.5
      return [name, { data, shape }]
    }),
  )
}

export const packDir = (change?: (manifest: ModelManifest) => unknown, files?: (files: PackFiles) => void): string => {
  const pack = buildPack({ key, replace: { 'golden.json': golden() }, ...(change && { change }) })
  files?.(pack)
  return writePack(pack)
}
export const load = (dir: string, provider: ProviderChoice = 'cpu'): ToInference => ({
  type: 'load',
  packDir: dir,
  trustedKeys: [key.trusted],
  provider,
})
export const screen = (id: number, count = 1): ToInference => ({
  type: 'screen',
  id,
  ecgs: Array.from({ length: count }, () => ({ ecg: new Float32Array(12 * 2250), amplitude: new Float32Array(12) })),
})
