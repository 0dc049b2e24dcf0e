import type { ChildHandle, SpawnChild } from '../../src-main/app/child-process.ts'
import { createEngine, type Engine, type EngineOptions } from '../../src-main/inference/engine.ts'
import type { FromInference, ToInference } from '../../src-main/inference/process/messages.ts'
import { makeKey, referenceManifest } from './pack-builder.ts'

export const manifest = referenceManifest()
export const { trusted: key } = makeKey()
export const identity = { id: manifest.id, version: manifest.version, trained: false, sha256: 'a'.repeat(64) }

/** What a fake process does on its n-th start with each message; `reply` sends, `die` ends it. */
export type Behaviour = (
  message: ToInference,
  child: { start: number; reply: (message: FromInference) => void; die: () => void },
) => void

export interface Fakes {
  spawn: SpawnChild
  received: ToInference[][]
  alive: () => number
}

export function fakes(behaviour: Behaviour): Fakes {
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
export const honest: Behaviour = (message, { reply, die }) => {
  switch (message.type) {
    case 'load':
      return reply({ type: 'loaded', manifest, identity, key, runtime: '0' })
    case 'screen': {
      const rows = message.ecgs.map(({ ecg }) => ({
        pheno: new Float32Array(82),
        dis: new Float32Array(4).fill(ecg[0]!),
        sub: new Float32Array(3),
        distance: new Float32Array(1),
      }))
      return reply({ type: 'answer', id: message.id, answer: { rows, provider: 'cpu', ms: 1 } })
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

export const open = (spawn: SpawnChild, options: Partial<EngineOptions> = {}): Promise<Engine> =>
  createEngine({ spawn, packDir: '/pack', stallMs: 200, cancelMs: 100, ...options })
export const input = (first: number) => ({
  ecg: new Float32Array(12 * 2250).fill(first),
  amplitude: new Float32Array(12),
})
export const cine = (seeds: number[], more: object = {}) => ({
  ...input(0),
  seeds,
  sampler: 'ddim25' as const,
  ...more,
})
export const providersOf = ({ received }: Fakes): string[] =>
  received.map(([load]) => (load?.type === 'load' ? load.provider : 'none'))
