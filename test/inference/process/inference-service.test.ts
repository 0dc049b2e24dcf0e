import { describe, expect, it } from 'vitest'
import type { ToInference } from '../../../src-main/inference/process/messages.ts'
import type { Tensor } from '../../../src-main/inference/tensor.ts'
import { bytes, model, node, tensor, text } from '../onnx-builder.ts'
import { buildPack, writePack } from '../pack-builder.ts'
import { golden, harness, key, load, manifest, packDir, screen, type Harness } from './service-harness.ts'

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
    expect(answer).toMatchObject({ type: 'answer', id: 1, answer: { rows: { length: 19 }, provider: 'cpu' } })
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
