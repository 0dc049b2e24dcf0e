import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forkChild } from '../../src-main/app/child-process.ts'
import { createEngine, type Engine, type EngineOptions } from '../../src-main/inference/engine.ts'
import { flatten } from '../../src-main/inference/explain/occlude.ts'
import { philoxNormals } from '../../src-main/inference/noise/normals.ts'
import { REFERENCE_PACK } from './pack-builder.ts'

const start = (options: Partial<EngineOptions> = {}): Promise<Engine> =>
  createEngine({ spawn: forkChild, packDir: REFERENCE_PACK, ...options })
const ecgOf = (seed: number) => ({
  ecg: philoxNormals(seed, 50, 12 * 2250).map((value) => Math.max(-1, Math.min(1, 0.3 * value))),
  amplitude: philoxNormals(seed, 51, 12).map((value) => 0.3 * value),
})
const bits = (values: Float32Array): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength)

describe('the reference pack in a process of its own', () => {
  let engine: Engine
  let other: Engine
  beforeAll(async () => {
    ;[engine, other] = await Promise.all([start(), start()])
  })
  afterAll(async () => {
    await Promise.all([engine.close(), other.close()])
  })

  it('screens: four logits, three logits, 82 phenotypes, all finite', async () => {
    const { rows, provider, ms } = await engine.screen([ecgOf(1)])
    expect([rows[0]!.dis.length, rows[0]!.sub.length, rows[0]!.pheno.length]).toEqual([4, 3, 82])
    expect([...rows[0]!.pheno, ...rows[0]!.dis, ...rows[0]!.sub].every(Number.isFinite)).toBe(true)
    expect(provider).toBe('cpu')
    expect(ms).toBeGreaterThan(0)
  })

  it('gives an ECG in a batch the same bits as alone', async () => {
    const batch = Array.from({ length: 11 }, (_, seed) => ecgOf(seed))
    const { rows } = await engine.screen(batch)
    for (const index of [0, 7, 8, 10]) {
      const { rows: alone } = await other.screen([batch[index]!])
      expect(bits(rows[index]!.pheno).equals(bits(alone[0]!.pheno))).toBe(true)
      expect(bits(rows[index]!.dis).equals(bits(alone[0]!.dis))).toBe(true)
    }
  })

  it.each(['ddim25', 'ddpm100'] as const)(
    'gives the same seed the same cine, bit by bit, in another process, again, and beside other seeds (%s)',
    async (sampler) => {
      const one = await engine.generateCine({ ...ecgOf(2), seeds: [5], sampler })
      const again = await engine.generateCine({ ...ecgOf(2), seeds: [5], sampler })
      const elsewhere = await other.generateCine({ ...ecgOf(2), seeds: [9, 5], sampler })
      expect(one.cines[0]).toHaveLength(50 * 96 * 96)
      expect(bits(again.cines[0]!).equals(bits(one.cines[0]!))).toBe(true)
      expect(bits(elsewhere.cines[1]!).equals(bits(one.cines[0]!))).toBe(true)
      expect(bits(elsewhere.cines[0]!).equals(bits(one.cines[0]!))).toBe(false)
    },
  )

  it('moves the cine with the feature, and not at all where the feature is not moved', async () => {
    const width = engine.manifest.generator.featureWidth
    const shifts = new Float32Array(2 * width).fill(2, width)
    const one = await engine.generateCine({ ...ecgOf(2), seeds: [5], sampler: 'ddim25' })
    const moved = await engine.generateCine({ ...ecgOf(2), seeds: [5, 5], sampler: 'ddim25', shifts })
    expect(bits(moved.cines[0]!).equals(bits(one.cines[0]!))).toBe(true)
    expect(bits(moved.cines[1]!).equals(bits(one.cines[0]!))).toBe(false)
    const short = shifts.subarray(1)
    await expect(engine.generateCine({ ...ecgOf(2), seeds: [5, 5], sampler: 'ddim25', shifts: short })).rejects.toThrow(
      'width of the feature',
    )
  })

  it('says without a stretch what it says of the ECG in which that stretch is flat', async () => {
    const windows = 3
    const steps: number[] = []
    const found = await engine.occlude({ ...ecgOf(3), windows, onStep: (step) => steps.push(step) })
    const flat = flatten(ecgOf(3).ecg, windows, 20)
    const { rows } = await engine.screen([ecgOf(3), { ...ecgOf(3), ecg: flat }])
    expect(found.count).toBe(37)
    expect(steps).toHaveLength(37)
    expect(bits(found.dis.slice(0, 4)).equals(bits(rows[0]!.dis))).toBe(true)
    expect(bits(found.dis.slice(21 * 4, 22 * 4)).equals(bits(rows[1]!.dis))).toBe(true)
    expect(bits(found.pheno.slice(21 * 82, 22 * 82)).equals(bits(rows[1]!.pheno))).toBe(true)
  })

  it('lays ECGs and a cine into one space, as vectors of unit length', async () => {
    const { cines } = await engine.generateCine({ ...ecgOf(2), seeds: [5], sampler: 'ddim25' })
    const { ecgs, cine, places, tokens } = await engine.project([ecgOf(2), ecgOf(3)], cines[0]!)
    for (const vector of [...ecgs, cine, places.subarray(256 * 77, 256 * 78)]) {
      expect(Math.hypot(...vector)).toBeCloseTo(1, 3)
    }
    expect(tokens.length % 144).toBe(0)
    expect(bits(ecgs[0]!).equals(bits(ecgs[1]!))).toBe(false)
  })

  it('stops an explanation between runs', async () => {
    const cancel = new AbortController()
    let last = 0
    const onStep = (step: number): void => {
      last = step
      if (step === 4) cancel.abort()
    }
    const running = engine.occlude({ ...ecgOf(1), windows: 15, signal: cancel.signal, onStep })
    await expect(running).rejects.toMatchObject({ code: 'explanations/cancelled' })
    expect(last).toBeLessThan(20)
  })

  it('depends on the ECG and keeps within [0, 1]', async () => {
    const [a, b] = await Promise.all(
      [3, 4].map((seed) => engine.generateCine({ ...ecgOf(seed), seeds: [1], sampler: 'ddim25' })),
    )
    expect(bits(a!.cines[0]!).equals(bits(b!.cines[0]!))).toBe(false)
    expect(a!.cines[0]!.every((value) => value >= 0 && value <= 1)).toBe(true)
  })

  it('stops a generation between steps and is ready for the next request', async () => {
    const cancel = new AbortController()
    const steps: number[] = []
    const running = engine.generateCine({
      ...ecgOf(1),
      seeds: [1],
      sampler: 'ddpm100',
      signal: cancel.signal,
      onStep: (step) => steps.push(step) === 2 && cancel.abort(),
    })
    const pid = engine.processId()
    await expect(running).rejects.toMatchObject({ code: 'cine/cancelled' })
    expect(steps.length).toBeLessThan(16)
    expect((await engine.screen([ecgOf(1)])).rows).toHaveLength(1)
    expect(engine.processId()).toBe(pid)
  })

  it('killed in the middle of a generation gives the same cine all the same', async () => {
    const expected = await engine.generateCine({ ...ecgOf(6), seeds: [77], sampler: 'ddim25' })
    const pid = engine.processId()!
    let killed = false
    const interrupted = await engine.generateCine({
      ...ecgOf(6),
      seeds: [77],
      sampler: 'ddim25',
      onStep: (step) => {
        if (step === 5 && !killed) killed = process.kill(pid, 'SIGKILL')
      },
    })
    expect(killed).toBe(true)
    expect(engine.processId()).not.toBe(pid)
    expect(bits(interrupted.cines[0]!).equals(bits(expected.cines[0]!))).toBe(true)
  })
})

describe('providers', () => {
  it('the CPU agrees with every golden output of the pack, and the doctor tells so', async () => {
    const engine = await start()
    const reports = await engine.examineProviders()
    const cpu = reports.find(({ provider }) => provider === 'cpu')!
    expect(cpu).toMatchObject({ available: true, parity: { ok: true } })
    expect(cpu.screeningMs).toBeGreaterThan(0)
    for (const { message } of reports) expect(message).not.toBe('')
    await engine.close()
  }, 120_000)

  it('one that the runtime does not have here is answered by the CPU, with the reason in the log', async () => {
    const lines: string[] = []
    const engine = await start({
      provider: process.platform === 'win32' ? 'coreml' : 'dml',
      log: (line) => lines.push(line),
    })
    expect((await engine.screen([ecgOf(1)])).provider).toBe('cpu')
    expect(lines.join('\n')).toMatch(/(dml|coreml) is not used/)
    await engine.close()
  })
})
