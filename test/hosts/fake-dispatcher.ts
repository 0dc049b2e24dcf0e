import type { EventName, Reply } from '../../src-preload/contract/index.ts'
import type { Dispatcher } from '../../src-main/app/dispatch.ts'

export interface FakeDispatcher extends Dispatcher {
  readonly calls: { channel: string; raw: unknown }[]
  emit(event: EventName, payload: unknown): void
}

/** Records calls, answers each with `{ channel, echo: input }`, and lets a test emit events. */
export function fakeDispatcher(
  answer: (channel: string, raw: unknown) => Promise<Reply<unknown>> | Reply<unknown> = (channel, raw) => ({
    ok: true,
    value: { channel, echo: raw },
  }),
): FakeDispatcher {
  const listeners = new Set<(event: EventName, payload: unknown) => void>()
  const calls: { channel: string; raw: unknown }[] = []
  return {
    calls,
    async call(channel, raw) {
      calls.push({ channel, raw })
      return answer(channel, raw)
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    emit(event, payload) {
      for (const listener of listeners) listener(event, payload)
    },
  }
}
