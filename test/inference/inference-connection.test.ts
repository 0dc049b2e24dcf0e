import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src-main/inference/engine.ts'
import type { ToInference } from '../../src-main/inference/process/messages.ts'
import {
  cine,
  fakes,
  honest,
  identity,
  input,
  key,
  manifest,
  open,
  providersOf,
  type Behaviour,
} from './fake-process.ts'

describe('an engine over a healthy process', () => {
  it('tells the pack and answers batches row by row', async () => {
    const engine = await open(fakes(honest).spawn)
    expect(engine).toMatchObject({ identity, key, runtimeVersion: '0' })
    const { rows } = await engine.screen([input(1), input(2), input(3)])
    expect(rows.map(({ dis }) => dis[0])).toEqual([1, 2, 3])
    await engine.close()
  })

  it('hands on what the encoders take, and nothing else of a recording', async () => {
    const fake = fakes(honest)
    const engine = await open(fake.spawn)
    const recording = { ...input(1), window: { startS: 0, durationS: 10 }, marks: ['noisy'] }
    await engine.screen([recording])
    const sent = fake.received[0]!.find(({ type }) => type === 'screen')
    expect(sent).toMatchObject({ ecgs: [input(1)] })
    expect(Object.keys((sent as Extract<ToInference, { type: 'screen' }>).ecgs[0]!)).toEqual(['ecg', 'amplitude'])
    await engine.close()
  })

  it('answers many requests at once, each with its own', async () => {
    const engine = await open(fakes(honest).spawn)
    const answers = await Promise.all([1, 2, 3, 4].map((value) => engine.screen([input(value)])))
    expect(answers.map(({ rows }) => rows[0]!.dis[0])).toEqual([1, 2, 3, 4])
    await engine.close()
  })

  it('tells every decoding step', async () => {
    const engine = await open(fakes(honest).spawn)
    const steps: number[] = []
    await engine.generateCine(cine([5], { onStep: (step: number) => steps.push(step) }))
    expect(steps).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
    await engine.close()
  })

  it('leaves no process behind when it is closed', async () => {
    const fake = fakes(honest)
    const engine = await open(fake.spawn)
    await engine.close()
    expect(fake.alive()).toBe(0)
    await expect(engine.screen([input(1)])).rejects.toMatchObject({ code: 'inference/closed' })
  })

  it('is closed by force when its process does not listen', async () => {
    const fake = fakes((message, child) => message.type !== 'close' && honest(message, child))
    const engine = await open(fake.spawn)
    await engine.close()
    expect(fake.alive()).toBe(0)
  })

  it.each<[string, (engine: Engine) => Promise<unknown>]>([
    [
      'an ECG of another length',
      (engine) => engine.screen([{ ecg: new Float32Array(5), amplitude: new Float32Array(12) }]),
    ],
    ['an ECG with a value that is no number', (engine) => engine.screen([input(NaN)])],
    ['an empty batch', (engine) => engine.screen([])],
    ['no seed', (engine) => engine.generateCine(cine([]))],
    ['a seed above 32 bits', (engine) => engine.generateCine(cine([2 ** 32]))],
    ['17 seeds', (engine) => engine.generateCine(cine(Array.from({ length: 17 }, (_, seed) => seed)))],
  ])('refuses %s before the process sees it', async (_, ask) => {
    const fake = fakes(honest)
    const engine = await open(fake.spawn)
    await expect(ask(engine)).rejects.toThrow(RangeError)
    expect(fake.received[0]!.map(({ type }) => type)).toEqual(['load'])
    await engine.close()
  })
})

describe('a pack', () => {
  it('that the process refuses makes no engine, and leaves no process', async () => {
    const fake = fakes((_, child) =>
      child.reply({ type: 'refused', error: { code: 'pack/hash-mismatch', message: 'x' } }),
    )
    await expect(open(fake.spawn)).rejects.toMatchObject({ code: 'pack/hash-mismatch', message: 'x' })
    expect(fake.alive()).toBe(0)
  })

  it('that was replaced on disk while the engine ran is not mixed with the first', async () => {
    const fake = fakes((message, child) => {
      if (message.type === 'screen') child.die()
      else if (child.start === 0) honest(message, child)
      else
        child.reply({ type: 'loaded', manifest, identity: { ...identity, sha256: 'b'.repeat(64) }, key, runtime: '0' })
    })
    const engine = await open(fake.spawn)
    await expect(engine.screen([input(1)])).rejects.toMatchObject({ code: 'pack/changed' })
    expect(fake.alive()).toBe(0)
  })
})

describe('cancelling', () => {
  /** Works on a cine until it is cancelled. */
  const patient: Behaviour = (message, child) => {
    if (message.type === 'cancel') {
      child.reply({ type: 'failed', id: message.id, error: { code: 'inference/cancelled', message: '' } })
    } else if (message.type !== 'generate' || message.seeds[0] !== 0) honest(message, child)
  }

  it('is answered at once, and the process goes on', async () => {
    const fake = fakes(patient)
    const engine = await open(fake.spawn)
    const cancel = new AbortController()
    const running = engine.generateCine(cine([0], { signal: cancel.signal }))
    const next = engine.generateCine(cine([6]))
    await wait(20)
    cancel.abort()
    await expect(running).rejects.toMatchObject({ code: 'cine/cancelled' })
    expect((await next).cines[0]![0]).toBe(6)
    await wait(150)
    expect(fake.received).toHaveLength(1)
    await engine.close()
  })

  it('a request before it was sent sends nothing', async () => {
    const fake = fakes(honest)
    const engine = await open(fake.spawn)
    await expect(engine.generateCine(cine([0], { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'cine/cancelled',
    })
    expect(fake.received[0]).toHaveLength(1)
    await engine.close()
  })

  it('a process that does not let go ends it, and what waited is answered by the next', async () => {
    const fake = fakes((message, child) => {
      if (child.start > 0 || message.type === 'load') honest(message, child)
    })
    const engine = await open(fake.spawn, { provider: 'webgpu', stallMs: 60_000 })
    const cancel = new AbortController()
    const running = engine.generateCine(cine([0], { signal: cancel.signal }))
    const next = engine.generateCine(cine([6]))
    cancel.abort()
    await expect(running).rejects.toMatchObject({ code: 'cine/cancelled' })
    expect((await next).cines[0]![0]).toBe(6)
    expect(providersOf(fake)).toEqual(['webgpu', 'webgpu'])
    await engine.close()
  })
})
