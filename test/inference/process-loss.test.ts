import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { cine, fakes, honest, input, open, providersOf } from './fake-process.ts'

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
