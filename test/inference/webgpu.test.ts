import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src-main/inference/engine.ts'
import { philoxNormals } from '../../src-main/inference/noise/normals.ts'
import { forkWith } from './fork-with-environment.ts'
import { model, operation, weights } from './onnx-builder.ts'
import { buildPack, makeKey, referenceManifest, writePack } from './pack-builder.ts'

/** Chromium's software GPU: the real WebGPU path of the runtime on a computer without a GPU. */
const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json'
const gpuEnvironment = { VK_DRIVER_FILES: DRIVER, LD_LIBRARY_PATH: dirname(DRIVER) }
const noEnvironment = { VK_DRIVER_FILES: '/nowhere.json' }

const OUTPUTS = { feat: 128, pheno: 82, dis: 4, sub: 3 }
const matrixOf = (width: number): Float32Array => philoxNormals(width, 60, 12 * width)

/** A task encoder that is one matrix product of the amplitudes per output: small enough for a software GPU. */
function encoder(): Uint8Array {
  const { inputs, outputs } = referenceManifest().graphs['encoder-task']!
  return model({
    inputs,
    outputs,
    initializers: [
      ...Object.entries(OUTPUTS).map(([name, width]) => weights(`w_${name}`, [12, width], matrixOf(width))),
      weights('w_distance', [12], new Float32Array(12)),
    ],
    nodes: [...Object.keys(OUTPUTS), 'distance'].map((name) => operation('MatMul', ['amplitude', `w_${name}`], [name])),
  })
}

/** The same products, in float64. */
function expected(amplitude: Float32Array): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(OUTPUTS).map(([name, width]) => {
      const matrix = matrixOf(width)
      const column = (j: number): number => amplitude.reduce((sum, value, i) => sum + value * matrix[i * width + j]!, 0)
      return [name, Array.from({ length: width }, (_, j) => column(j))]
    }),
  )
}

const amplitude = philoxNormals(7, 101, 12)

function golden(error: number): Uint8Array {
  const outputs = Object.entries(expected(amplitude)).map(([name, values]) => [
    name,
    { shape: [1, values.length], stride: 1, values: values.map((value) => value + error) },
  ])
  const philox = (stream: number) => ({ seed: 7, stream, scale: 1 })
  const inputs = {
    ecg: { dtype: 'float32', shape: [1, 12, 2250], philox: philox(100) },
    amplitude: { dtype: 'float32', shape: [1, 12], philox: philox(101) },
  }
  // The CPU is let pass here, so that a difference shows the GPU's own check.
  const tolerance = { cpu: 1, gpu: 1e-3 }
  const graphs = { 'encoder-task': [{ inputs, outputs: Object.fromEntries(outputs), tolerance }] }
  return Buffer.from(JSON.stringify({ graphs }))
}

const key = makeKey()

async function withEngine(
  { error = 0, environment = gpuEnvironment }: { error?: number; environment?: NodeJS.ProcessEnv },
  use: (engine: Engine, lines: string[]) => Promise<void>,
): Promise<void> {
  const lines: string[] = []
  const replace = { 'encoder-task.onnx': encoder(), 'golden.json': golden(error) }
  const engine = await createEngine({
    spawn: forkWith(environment),
    packDir: writePack(buildPack({ key, replace })),
    trustedKeys: [key.trusted],
    provider: 'webgpu',
    log: (line) => lines.push(line),
  })
  try {
    await use(engine, lines)
  } finally {
    await engine.close()
  }
}

const input = { ecg: new Float32Array(12 * 2250), amplitude }

describe('WebGPU', () => {
  it.skipIf(!existsSync(DRIVER))(
    'is used once its numbers matched the golden outputs on this computer',
    () =>
      withEngine({}, async (engine, lines) => {
        const { rows, provider } = await engine.screen([input])
        expect([provider, lines]).toEqual(['webgpu', []])
        for (const [index, value] of expected(amplitude)['dis']!.entries()) {
          expect(rows[0]!.dis[index]).toBeCloseTo(value, 3)
        }
      }),
    120_000,
  )

  it.skipIf(!existsSync(DRIVER))(
    'is not used where its numbers differ from the golden outputs: the CPU answers, with the reason',
    () =>
      withEngine({ error: 0.01 }, async (engine, lines) => {
        expect((await engine.screen([input])).provider).toBe('cpu')
        expect(lines.join()).toMatch(/webgpu is not used: On webgpu the graph encoder-task gives other numbers/)
      }),
    120_000,
  )

  it.skipIf(process.platform !== 'linux')('without a driver is not used: the CPU answers, with the reason', () =>
    withEngine({ environment: noEnvironment }, async (engine, lines) => {
      expect((await engine.screen([input])).provider).toBe('cpu')
      expect(lines.join()).toMatch(/webgpu is not used: /)
    }),
  )
})
