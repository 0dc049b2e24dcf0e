import { describe, expect, it } from 'vitest'
import type { ModelManifest } from '../../../src-preload/contract/manifest.ts'
import type { Provider, ProviderChoice } from '../../../src-preload/contract/screening.ts'
import { parseGolden } from '../../../src-main/inference/pack/golden.ts'
import { InferenceService } from '../../../src-main/inference/process/inference-service.ts'
import type { FromInference, ToInference } from '../../../src-main/inference/process/messages.ts'
import type { NamedTensors, Tensor } from '../../../src-main/inference/tensor.ts'
import { bytes, model, node, tensor, text } from '../onnx-builder.ts'
import { buildPack, makeKey, referenceManifest, writePack, type PackFiles } from '../pack-builder.ts'

const key = makeKey()
const manifest = referenceManifest()

/** A golden case that any graph of `constantOutputs` fulfils: tiny inputs, every output 0.5. */
const golden = (): Buffer => {
  const graphs = Object.entries(manifest.graphs).map(([name, { outputs }]) => {
    const expected = outputs.map(({ name: output }) => [output, { shape: [2], stride: 1, values: [0.5, 0.25] }])
    return [name, [{ inputs: {}, outputs: Object.fromEntries(expected), tolerance: { cpu: 1e-4, gpu: 1e-2 } }]]
  })
  return Buffer.from(JSON.stringify({ graphs: Object.fromEntries(graphs) }))
}

type Fault = (provider: Provider, graphBytes: Uint8Array, outputs: Record<string, Tensor>) => void

interface Harness {
  created: Provider[]
  messages: FromInference[]
  ask(...messages: ToInference[]): Promise<FromInference[]>
}

/** The service over networks that give the golden values on golden inputs and 0.5, 0.25, 0.25 … else. */
function harness(options: { fault?: Fault; unavailable?: Provider[] } = {}): Harness {
  const created: Provider[] = []
  const messages: FromInference[] = []
  let wake = (): void => undefined
  const service = new InferenceService({
    post: (message) => {
      messages.push(message)
      wake()
    },
    supportedProviders: () => ['cpu', 'webgpu'],
    runtimeVersion: 'none',
    async createSession(graphBytes, provider) {
      if (options.unavailable?.includes(provider)) throw new Error(`no ${provider} adapter`)
      created.push(provider)
      return {
        async run(inputs, wanted) {
          const outputs = outputsOf(
            inputs,
            wanted ?? ['feat', 'pheno', 'dis', 'sub', 'z', 'y', 'cine', 'tokens', 'proj', 'tok_proj'],
          )
          options.fault?.(provider, graphBytes, outputs)
          return outputs
        },
        release: async () => undefined,
      }
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
      const shape = rows === undefined ? [2] : [rows, widths[name] ?? 2]
      const data = new Float32Array(shape.reduce((a, b) => a * b)).fill(0.25)
      data[0] = 0.5
      return [name, { data, shape }]
    }),
  )
}

const packDir = (change?: (manifest: ModelManifest) => unknown, files?: (files: PackFiles) => void): string => {
  const pack = buildPack({ key, replace: { 'golden.json': golden() }, ...(change && { change }) })
  files?.(pack)
  return writePack(pack)
}
const load = (dir: string, provider: ProviderChoice = 'cpu'): ToInference => ({
  type: 'load',
  packDir: dir,
  trustedKeys: [key.trusted],
  provider,
})
const screen = (id: number, count = 1): ToInference => ({
  type: 'screen',
  id,
  ecg: new Float32Array(count * 12 * 2250),
  amplitude: new Float32Array(count * 12),
})

describe('a refused pack', () => {
  const { inputs, outputs } = manifest.graphs['vae-decoder']!
  const graph = (parts: Parameters<typeof model>[0]): Uint8Array => model({ inputs, outputs, ...parts })
  const hostile: [string, Uint8Array][] = [
    ['external data', graph({ initializers: [tensor({ extra: bytes(13, text(1, 'location')) })] })],
    ['a foreign operator', graph({ nodes: [node('Run', text(7, 'com.evil'))] })],
    ['a length that lies', graph({}).slice(0, -1)],
    ['another shape', model({ inputs, outputs: [] })],
  ]

  it.each(hostile)('with %s never reaches the runtime', async (_, file) => {
    const service = harness()
    const dir = writePack(buildPack({ key, replace: { 'golden.json': golden(), 'vae-decoder.onnx': file } }))
    expect(await service.ask(load(dir))).toMatchObject([
      { type: 'refused', error: { code: expect.stringMatching(/^pack\//) } },
    ])
    expect(service.created).toEqual([])
  })

  it('with a changed byte or a wrong signature never reaches the runtime', async () => {
    for (const name of ['encoder-task.onnx', 'golden.json', 'manifest.json', 'manifest.sig']) {
      const service = harness()
      const dir = packDir(undefined, (files) => {
        const content = Buffer.from(files.get(name)!)
        content[10]! ^= 1
        files.set(name, content)
      })
      expect((await service.ask(load(dir)))[0]!.type).toBe('refused')
      expect(service.created).toEqual([])
    }
  })
})

describe('the CPU', () => {
  it('answers a batch in order', async () => {
    const service = harness()
    const [, answer] = await service.ask(load(packDir()), screen(1, 19))
    expect(answer).toMatchObject({ type: 'answer', id: 1, answer: { count: 19, provider: 'cpu' } })
  })

  it('is checked once per graph before its first use, and its session is made once', async () => {
    const service = harness()
    await service.ask(load(packDir()), screen(1), screen(2), screen(3))
    expect(service.created).toEqual(['cpu'])
  })

  it('that computes other numbers than the pack’s maker is not used', async () => {
    const service = harness({ fault: (_, __, outputs) => (outputs['dis']!.data[1]! += 0.01) })
    const [, answer] = await service.ask(load(packDir()), screen(1))
    expect(answer).toMatchObject({ type: 'failed', error: { code: 'pack/parity-failed' } })
  })

  it('that gives a value that is no number shows nothing', async () => {
    const service = harness({
      fault: (_, __, outputs) => outputs['pheno']!.data.length === 82 && (outputs['pheno']!.data[40] = NaN),
    })
    const [, answer] = await service.ask(load(packDir()), screen(1))
    expect(answer).toMatchObject({ type: 'failed', error: { code: 'inference/output-invalid' } })
  })

  it('refuses a pack without a golden case for a graph it runs', async () => {
    const service = harness()
    const dir = writePack(buildPack({ key, replace: { 'golden.json': Buffer.from('{"graphs":{}}') } }))
    expect((await service.ask(load(dir), screen(1)))[1]).toMatchObject({ error: { code: 'pack/golden-invalid' } })
  })
})

describe('a GPU provider', () => {
  const logs = ({ messages }: Harness): string => messages.flatMap((m) => (m.type === 'log' ? [m.line] : [])).join('\n')

  it('is used once its numbers matched', async () => {
    const service = harness()
    expect((await service.ask(load(packDir(), 'webgpu'), screen(1)))[1]).toMatchObject({
      answer: { provider: 'webgpu' },
    })
    expect(service.created).toEqual(['webgpu'])
  })

  it('is not tried by itself for a pack of profile S', async () => {
    const service = harness()
    expect((await service.ask(load(packDir(), 'auto'), screen(1)))[1]).toMatchObject({ answer: { provider: 'cpu' } })
    expect(service.created).toEqual(['cpu'])
  })

  it('is tried by itself for a larger pack', async () => {
    const service = harness()
    const dir = packDir((changed) => void (changed.profile = 'M'))
    expect((await service.ask(load(dir, 'auto'), screen(1)))[1]).toMatchObject({ answer: { provider: 'webgpu' } })
  })

  it('without an adapter falls back to the CPU and says why, once', async () => {
    const service = harness({ unavailable: ['webgpu'] })
    const answers = await service.ask(load(packDir(), 'webgpu'), screen(1), screen(2))
    expect(answers.slice(1)).toMatchObject([{ answer: { provider: 'cpu' } }, { answer: { provider: 'cpu' } }])
    expect(logs(service)).toBe('webgpu is not used: no webgpu adapter')
  })

  it('whose numbers differ by more than the pack allows falls back to the CPU', async () => {
    const service = harness({
      fault: (provider, _, outputs) => provider === 'webgpu' && (outputs['dis']!.data[1]! += 0.02),
    })
    expect((await service.ask(load(packDir(), 'webgpu'), screen(1)))[1]).toMatchObject({ answer: { provider: 'cpu' } })
    expect(logs(service)).toContain('other numbers')
  })

  it('may differ by as much as the pack allows', async () => {
    const service = harness({
      fault: (provider, _, outputs) => provider === 'webgpu' && (outputs['dis']!.data[1]! += 0.005),
    })
    expect((await service.ask(load(packDir(), 'webgpu'), screen(1)))[1]).toMatchObject({
      answer: { provider: 'webgpu' },
    })
  })

  it('does not run a graph that is not portable: the whole request goes to the CPU', async () => {
    const service = harness()
    const dir = packDir((changed) => void (changed.graphs['encoder-task']!.portable = false))
    expect((await service.ask(load(dir, 'webgpu'), screen(1)))[1]).toMatchObject({ answer: { provider: 'cpu' } })
    expect(logs(service)).toContain('encoder-task has no form that runs on webgpu')
  })

  it.each<[string, (outputs: Record<string, Tensor>) => void]>([
    ['throws', () => { throw new Error('device lost') }], // prettier-ignore
    ['gives a value that is no number', (outputs) => (outputs['pheno']!.data[0] = NaN)],
    ['leaves its buffer empty', (outputs) => outputs['pheno']!.data.fill(0)],
  ])('that %s in a run is reported as lost, and nothing of it is an answer', async (_, fault) => {
    const service = harness({
      fault: (provider, __, outputs) => provider === 'webgpu' && outputs['pheno']?.data.length === 82 && fault(outputs),
    })
    const answers = await service.ask(load(packDir(), 'webgpu'), screen(1))
    expect(answers[1]).toMatchObject({ type: 'provider-lost', provider: 'webgpu' })
    expect(answers).toHaveLength(2)
  })
})

describe('cancelling', () => {
  it('a request that waits means that it never runs', async () => {
    const service = harness()
    const answers = await service.ask(load(packDir()), screen(1), screen(2), { type: 'cancel', id: 2 })
    expect(answers).toMatchObject([{ type: 'loaded' }, { type: 'answer', id: 1 }, { type: 'failed', id: 2 }])
  })

  it('a request that is unknown or answered changes nothing', async () => {
    const service = harness()
    const answers = await service.ask(load(packDir()), { type: 'cancel', id: 1 }, screen(1))
    expect(answers[1]).toMatchObject({ type: 'answer', id: 1 })
  })
})

describe('examining a provider', () => {
  it('tells the largest difference and the time of a screening', async () => {
    const service = harness()
    const [examined] = await service.ask({ ...load(packDir()), type: 'examine', provider: 'cpu' } as ToInference)
    expect(examined).toMatchObject({
      report: { provider: 'cpu', available: true, parity: { ok: true, maxAbsoluteError: 0 } },
    })
  })

  it('tells that there is no adapter', async () => {
    const service = harness({ unavailable: ['webgpu'] })
    const [examined] = await service.ask({ ...load(packDir()), type: 'examine', provider: 'webgpu' } as ToInference)
    expect(examined).toMatchObject({
      report: { available: false, parity: null, message: 'Not usable here: no webgpu adapter.' },
    })
  })

  it('tells why a pack is refused', async () => {
    const [examined] = await harness().ask({ ...load('/nowhere'), type: 'examine', provider: 'cpu' } as ToInference)
    expect(examined).toMatchObject({ report: { available: false, message: expect.stringContaining('no model pack') } })
  })
})

describe('golden.json', () => {
  it.each([
    ['no JSON', '{'],
    ['an unknown graph', '{"graphs":{"x":[]}}'],
    [
      'fewer values than the shape says',
      '{"graphs":{"vae-decoder":[{"inputs":{"tok":{"dtype":"float32","shape":[2],"values":[1]}},"outputs":{"y":{"shape":[1],"stride":1,"values":[1]}},"tolerance":{"cpu":1,"gpu":1}}]}}',
    ],
    ['an output of no values', '{"graphs":{"vae-decoder":[{"inputs":{},"outputs":{},"tolerance":{"cpu":1,"gpu":1}}]}}'],
    [
      'a shape of 2^48 elements',
      '{"graphs":{"vae-decoder":[{"inputs":{"tok":{"dtype":"float32","shape":[16777216,16777216],"philox":{"seed":1,"stream":1,"scale":1}}},"outputs":{"y":{"shape":[1],"stride":1,"values":[1]}},"tolerance":{"cpu":1,"gpu":1}}]}}',
    ],
  ])('is refused with %s', (_, content) => {
    expect(() => parseGolden(Buffer.from(content))).toThrow(expect.objectContaining({ code: 'pack/golden-invalid' }))
  })
})
