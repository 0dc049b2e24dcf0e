import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { ChildHandle, SpawnChild } from '../../src-main/app/child-process.ts'
import { createEngine, type Engine, type EngineOptions } from '../../src-main/inference/engine.ts'
import type { FromInference, ToInference } from '../../src-main/inference/process/messages.ts'
import { makeKey, referenceManifest } from './pack-builder.ts'

const manifest = referenceManifest()
const { trusted: key } = makeKey()
const identity = { id: manifest.id, version: manifest.version, trained: false, sha256: 'a'.repeat(64) }

/** What a fake process does on its n-th start with each message; `reply` sends, `die` ends it. */
type Behaviour = (
  message: ToInference,
  child: { start: number; reply: (message: FromInference) => void; die: () => void },
) => void

interface Fakes {
  spawn: SpawnChild
  received: ToInference[][]
  alive: () => number
}

function fakes(behaviour: Behaviour): Fakes {
  const received: ToInference[][] = []
  let alive = 0
  const spawn: SpawnChild = () => {
    const start = received.length
    const messages: ToInference[] = []
    received.push(messages)
    alive += 1
    let dead = false
    const listeners: { message: ((message: unknown) => void)[]; exit: ((code: number | null) => void)[] } = {
      message: [],
      exit: [],
    }
    const die = (): void => {
      if (dead) return
      dead = true
      alive -= 1
      setImmediate(() => listeners.exit.map((listener) => listener(null)))
    }
    const reply = (message: FromInference): void =>
      void setImmediate(() => !dead && listeners.message.map((listener) => listener(structuredClone(message))))
    const handle: ChildHandle = {
      pid: 1000 + start,
      post(message) {
        if (dead) return
        messages.push(message as ToInference)
        behaviour(message as ToInference, { start, reply, die })
      },
      onMessage: (listener) => void listeners.message.push(listener),
      onExit: (listener) => void listeners.exit.push(listener),
      kill: die,
    }
    return handle
  }
  return { spawn, received, alive: () => alive }
}

/** A process that does everything right: the dis logits of a row are its first sample, a cine is its seed. */
const honest: Behaviour = (message, { reply, die }) => {
  switch (message.type) {
    case 'load':
      return reply({ type: 'loaded', manifest, identity, key, runtime: '0' })
    case 'screen': {
      const count = message.amplitude.length / 12
      const dis = Float32Array.from({ length: 4 * count }, (_, i) => message.ecg[Math.floor(i / 4) * 12 * 2250]!)
      const answer = { count, pheno: new Float32Array(82 * count), dis, sub: new Float32Array(3 * count) }
      return reply({ type: 'answer', id: message.id, answer: { ...answer, provider: 'cpu', ms: 1 } })
    }
    case 'generate': {
      const { id, seeds } = message
      for (let step = 1; step <= 16; step++) reply({ type: 'step', id, step, of: 16 })
      const timingsMs = { encode: 0, noise: 0, predict: 0, denoise: 0, decode: 0, total: 0 }
      const cines = seeds.map((seed) => Float32Array.of(seed))
      return reply({ type: 'answer', id, answer: { cines, timingsMs, provider: 'cpu' } })
    }
    case 'close':
      return die()
  }
}

const open = (spawn: SpawnChild, options: Partial<EngineOptions> = {}): Promise<Engine> =>
  createEngine({ spawn, packDir: '/pack', stallMs: 200, cancelMs: 100, ...options })
const input = (first: number) => ({ ecg: new Float32Array(12 * 2250).fill(first), amplitude: new Float32Array(12) })
const cine = (seeds: number[], more: object = {}) => ({ ...input(0), seeds, sampler: 'ddim25' as const, ...more })
const providersOf = ({ received }: Fakes): string[] =>
  received.map(([load]) => (load?.type === 'load' ? load.provider : 'none'))

describe('an engine over a healthy process', () => {
  it('tells the pack and answers batches row by row', async () => {
    const engine = await open(fakes(honest).spawn)
    expect(engine).toMatchObject({ identity, key, runtimeVersion: '0' })
    const { rows } = await engine.screen([input(1), input(2), input(3)])
    expect(rows.map(({ dis }) => dis[0])).toEqual([1, 2, 3])
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

describe('a process that dies', () => {
  // Message 0 is the load; each later n dies on the n-th message, before or after it began to answer.
  it.each([0, 1, 2, 3, 4])(
    'on message %i is replaced on the CPU, and every request is answered with its own seed',
    async (n) => {
      for (const answersFirst of [false, true]) {
        let count = 0
        const fake = fakes((message, child) => {
          const isLast = child.start === 0 && count++ === n
          if (isLast && answersFirst) child.reply({ type: 'step', id: 1, step: 1, of: 16 })
          if (isLast) setImmediate(child.die)
          else honest(message, child)
        })
        const engine = await open(fake.spawn, { provider: 'webgpu' })
        const answers = await Promise.all([7, 8, 9, 10].map((seed) => engine.generateCine(cine([seed]))))
        expect(answers.map(({ cines }) => cines[0]![0])).toEqual([7, 8, 9, 10])
        expect(providersOf(fake)).toEqual(['webgpu', 'cpu'])
        const resent = fake.received[1]!.filter((message) => message.type === 'generate')
        for (const { seeds } of resent) expect([7, 8, 9, 10]).toContain(seeds[0])
        await engine.close()
      }
    },
  )

  it('twice on the same request: that request fails, the next is answered', async () => {
    const fake = fakes((message, child) =>
      message.type === 'generate' && message.seeds[0] === 666 ? child.die() : honest(message, child),
    )
    const engine = await open(fake.spawn)
    const bad = engine.generateCine(cine([666]))
    const good = engine.generateCine(cine([5]))
    await expect(bad).rejects.toMatchObject({ code: 'inference/failed' })
    expect((await good).cines[0]![0]).toBe(5)
    await engine.close()
  })

  it('three times within a minute is not started again, until the minute is over', async () => {
    let now = 0
    let healthy = false
    const fake = fakes((message, child) =>
      message.type === 'screen' && !healthy ? child.die() : honest(message, child),
    )
    const engine = await open(fake.spawn, { now: () => now })
    await expect(engine.screen([input(1)])).rejects.toMatchObject({ code: 'inference/failed' })
    await expect(engine.screen([input(1)])).rejects.toMatchObject({ code: 'inference/unavailable' })
    await expect(engine.screen([input(1)])).rejects.toMatchObject({ code: 'inference/unavailable' })
    expect(fake.received).toHaveLength(3)
    now = 61_000
    healthy = true
    expect((await engine.screen([input(4)])).rows[0]!.dis[0]).toBe(4)
    await engine.close()
  })

  it('at every start makes no engine', async () => {
    const fake = fakes((_, child) => child.die())
    await expect(open(fake.spawn)).rejects.toMatchObject({ code: 'inference/unavailable' })
    expect(fake.received).toHaveLength(3)
  })

  it('while nothing is asked of it is started again by the next request only', async () => {
    let die = (): void => undefined
    const fake = fakes((message, child) => {
      if (child.start === 0) die = child.die
      honest(message, child)
    })
    const engine = await open(fake.spawn)
    die()
    await wait(20)
    expect([fake.received.length, engine.processId()]).toEqual([1, undefined])
    expect((await engine.screen([input(8)])).rows[0]!.dis[0]).toBe(8)
    expect(fake.received).toHaveLength(2)
    await engine.close()
  })
})

describe('a process that hangs', () => {
  it('is ended and replaced on the CPU, and the same request is answered', async () => {
    const fake = fakes((message, child) => {
      if (message.type !== 'generate' || child.start > 0) honest(message, child)
    })
    const lines: string[] = []
    const engine = await open(fake.spawn, { log: (line) => lines.push(line) })
    expect((await engine.generateCine(cine([42]))).cines[0]![0]).toBe(42)
    expect(lines.join()).toContain('no sign of life')
    expect(fake.alive()).toBe(1)
    await engine.close()
  })

  it('but shows that it works is left alone', async () => {
    const fake = fakes((message, child) => {
      if (message.type !== 'generate') return honest(message, child)
      let beats = 0
      const beat = setInterval(() => {
        child.reply({ type: 'alive' })
        beats += 1
        if (beats < 5) return
        clearInterval(beat)
        honest(message, child)
      }, 100)
    })
    const engine = await open(fake.spawn)
    expect((await engine.generateCine(cine([1]))).cines[0]![0]).toBe(1)
    expect(fake.received).toHaveLength(1)
    await engine.close()
  })
})

describe('a lost GPU', () => {
  it('is given up for the CPU, without counting as a crash', async () => {
    const fake = fakes((message, child) =>
      message.type === 'generate' && child.start === 0
        ? child.reply({ type: 'provider-lost', provider: 'webgpu', reason: 'device lost' })
        : honest(message, child),
    )
    const lines: string[] = []
    const engine = await open(fake.spawn, { provider: 'webgpu', log: (line) => lines.push(line) })
    const answer = await engine.generateCine(cine([3]))
    expect([answer.provider, answer.cines[0]![0]]).toEqual(['cpu', 3])
    expect(providersOf(fake)).toEqual(['webgpu', 'cpu'])
    expect(lines).toEqual(['webgpu failed (device lost); the request is answered on the CPU'])
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
