import { describe, expect, it } from 'vitest'
import { generateCines, type GenerateRequest } from '../../../src-main/inference/generator/generate.ts'
import { decodingOrder } from '../../../src-main/inference/noise/decoding-order.ts'
import { philoxNormals } from '../../../src-main/inference/noise/normals.ts'
import type { NamedTensors, RunGraph } from '../../../src-main/inference/tensor.ts'
import { referenceManifest } from '../pack-builder.ts'

const { generator } = referenceManifest()
const { tokens, tokenDimensions: dims, featureWidth, schedule } = generator
const WIDTH = 128
const request = (change: Partial<GenerateRequest> = {}): GenerateRequest => ({
  ecg: new Float32Array(12 * 2250).fill(0.5),
  amplitude: new Float32Array(12),
  seeds: [3],
  sampler: 'ddim25',
  ...change,
})
const quiet = { onStep: () => undefined, between: () => undefined }

interface Call {
  graph: string
  inputs: NamedTensors
}

/** Networks with simple laws: z repeats the token's id, y is x_T plus the mean of its noise, the cine starts with tok. */
function fakeNetworks(fault?: (graph: string, outputs: NamedTensors) => NamedTensors): {
  run: RunGraph
  calls: Call[]
} {
  const calls: Call[] = []
  const run: RunGraph = async (graph, inputs) => {
    // What the loop holds is changed in place later: keep what it was.
    const kept = Object.fromEntries(
      Object.entries(inputs).map(([name, { data, shape }]) => [name, { data: data.slice(), shape }]),
    )
    calls.push({ graph, inputs: kept })
    const outputs = networks(graph, kept)
    return fault ? fault(graph, outputs) : outputs
  }
  return { run, calls }
}

function networks(graph: string, inputs: NamedTensors): NamedTensors {
  switch (graph) {
    case 'encoder-aligned':
      return { feat: { data: new Float32Array(featureWidth).fill(0.25), shape: [1, featureWidth] } }
    case 'gen-step': {
      const { data: ids, shape } = inputs['ids_pred']!
      const z = Float32Array.from({ length: ids.length * WIDTH }, (_, index) => ids[Math.floor(index / WIDTH)]!)
      return { z: { data: z, shape: [...shape, WIDTH] } }
    }
    case 'denoise-ddim25':
    case 'denoise-ddpm100': {
      const { data: start, shape } = inputs['x_T']!
      const { data: noise, shape: noiseShape } = inputs['noise']!
      const y = Float32Array.from(start, (value, index) => {
        let sum = 0
        for (let step = 0; step < noiseShape[0]!; step++) sum += noise[step * start.length + index]!
        return value + sum
      })
      return { y: { data: y, shape } }
    }
    default: {
      const cine = new Float32Array(50 * 96 * 96)
      for (const [index, value] of inputs['tok']!.data.entries()) cine[index] = 1 / (1 + Math.exp(-value))
      return { cine: { data: cine, shape: [1, 50, 96, 96] } }
    }
  }
}

describe('decoding', () => {
  it('predicts every token once, seeing exactly those that were decoded before', async () => {
    const { run, calls } = fakeNetworks()
    await generateCines(run, request(), generator, quiet)
    const decoded: number[] = []
    const steps = calls.filter(({ graph }) => graph === 'gen-step')
    for (const { inputs } of steps) {
      expect([...inputs['ids_vis']!.data].toSorted((a, b) => a - b)).toEqual(decoded.toSorted((a, b) => a - b))
      decoded.push(...inputs['ids_pred']!.data)
    }
    expect(steps).toHaveLength(schedule.length)
    expect(decoded.toSorted((a, b) => a - b)).toEqual(Array.from({ length: tokens }, (_, token) => token))
  })

  it('takes the tokens from the end of the seed’s order', async () => {
    const { run, calls } = fakeNetworks()
    await generateCines(run, request({ seeds: [77] }), generator, quiet)
    const first = calls.find(({ graph }) => graph === 'gen-step')!
    expect([...first.inputs['ids_pred']!.data]).toEqual([decodingOrder(77, tokens).at(-1)])
  })

  it('starts each token from the normals of its own place, whenever it is decoded', async () => {
    const { run } = fakeNetworks()
    const { cines } = await generateCines(run, request({ seeds: [9] }), generator, quiet)
    const start = philoxNormals(9, 1, tokens * dims)
    for (const [index, value] of start.entries()) expect(cines[0]![index]).toBeCloseTo(1 / (1 + Math.exp(-value)), 6)
  })

  it('hands step noise only to the sampler that reads it', async () => {
    for (const [sampler, steps] of [
      ['ddim25', 1],
      ['ddpm100', 100],
    ] as const) {
      const { run, calls } = fakeNetworks()
      await generateCines(run, request({ sampler }), generator, quiet)
      const noises = calls.filter(({ graph }) => graph === `denoise-${sampler}`).map(({ inputs }) => inputs['noise']!)
      expect(noises.every(({ shape }) => shape[0] === steps && shape[2] === dims)).toBe(true)
      expect(noises.some(({ data }) => data.some((value) => value !== 0))).toBe(sampler === 'ddpm100')
    }
  })

  it('gives several seeds together what each gives alone', async () => {
    for (const sampler of ['ddim25', 'ddpm100'] as const) {
      const together = await generateCines(fakeNetworks().run, request({ seeds: [1, 2, 3], sampler }), generator, quiet)
      for (const [index, seed] of [1, 2, 3].entries()) {
        const alone = await generateCines(fakeNetworks().run, request({ seeds: [seed], sampler }), generator, quiet)
        expect(together.cines[index]).toEqual(alone.cines[0])
      }
    }
  })

  it('reports each step and stops between two runs', async () => {
    const { run, calls } = fakeNetworks()
    const seen: number[] = []
    const onStep = (step: number, of: number): void => {
      expect(of).toBe(schedule.length)
      seen.push(step)
    }
    const between = (): void => {
      if (seen.length === 4) throw new Error('stop')
    }
    await expect(generateCines(run, request(), generator, { onStep, between })).rejects.toThrow('stop')
    expect(seen).toEqual([1, 2, 3, 4])
    expect(calls).toHaveLength(1 + 2 * 4 + 1)
  })
})

describe('an unusable output is refused', () => {
  const spoil = (graph: string, change: (data: Float32Array) => void) =>
    fakeNetworks((name, outputs) => {
      if (name === graph) for (const { data } of Object.values(outputs)) change(data as Float32Array)
      return outputs
    }).run

  it.each<[string, string, (data: Float32Array) => void]>([
    ['a feature that is no number', 'encoder-aligned', (data) => (data[5] = NaN)],
    ['an infinite condition', 'gen-step', (data) => (data[0] = Infinity)],
    ['a token that is no number', 'denoise-ddim25', (data) => (data[dims - 1] = NaN)],
    ['a pixel that is no number', 'vae-decoder', (data) => (data[data.length - 1] = NaN)],
    ['a pixel above 1', 'vae-decoder', (data) => (data[7] = 1.01)],
    ['a pixel below 0', 'vae-decoder', (data) => (data[7] = -0.01)],
    ['an empty image', 'vae-decoder', (data) => data.fill(0)],
  ])('%s', async (_, graph, change) => {
    await expect(generateCines(spoil(graph, change), request(), generator, quiet)).rejects.toMatchObject({
      code: 'inference/output-invalid',
    })
  })

  it('a cine of another shape', async () => {
    const { run } = fakeNetworks((graph, outputs) =>
      graph === 'vae-decoder' ? { cine: { data: new Float32Array(100), shape: [1, 1, 10, 10] } } : outputs,
    )
    await expect(generateCines(run, request(), generator, quiet)).rejects.toMatchObject({
      code: 'inference/output-invalid',
    })
  })
})
