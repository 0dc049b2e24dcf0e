import { vi } from 'vitest'
import type { Channel, Input, Output, Reply } from '@/contract.ts'

export type Answers = { [C in Channel]?: (input: Input<C>) => Output<C> | Promise<Output<C>> }

export interface StubApi {
  calls: { channel: Channel; input: unknown }[]
  emit: (event: string, payload: unknown) => void
}

/** Puts a stand-in on `window.api` and gives every test a connection of its own. A thrown `{code, message}` is a refusal. */
export function stubApi(answers: Answers): StubApi {
  const calls: StubApi['calls'] = []
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  vi.stubGlobal('api', {
    async call(channel: Channel, input: never): Promise<Reply<unknown>> {
      calls.push({ channel, input })
      try {
        return { ok: true, value: await answers[channel]!(input) }
      } catch (error) {
        return { ok: false, error: error as { code: string; message: string } }
      }
    },
    on(event: string, listener: (payload: unknown) => void) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener))
      return () => void listeners.get(event)?.delete(listener)
    },
  })
  return {
    calls,
    emit: (event, payload) => {
      for (const listener of listeners.get(event) ?? []) listener(payload)
    },
  }
}
