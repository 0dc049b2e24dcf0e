import { once } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { connectWebApi, type ConnectionState, type WebApi } from '../../src-preload/web-api.ts'
import { decodeMessage, encodeMessage, type CallMessage } from '../../src-preload/wire.ts'

/** A host that records calls and answers only when the test says so. */
class ScriptedHost {
  readonly calls: CallMessage[] = []
  readonly sockets = new Set<WebSocket>()
  readonly server: WebSocketServer

  constructor() {
    this.server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    this.server.on('connection', (socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
      socket.on('message', (data) => this.calls.push(decodeMessage(new Uint8Array(data as Buffer)) as CallMessage))
    })
  }

  get port(): number {
    return (this.server.address() as { port: number }).port
  }

  send(message: Parameters<typeof encodeMessage>[0]): void {
    for (const socket of this.sockets) socket.send(encodeMessage(message))
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.terminate()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

let host: ScriptedHost
afterEach(async () => {
  vi.useRealTimers()
  await host.close()
})

async function connected(): Promise<{ api: WebApi; states: ConnectionState[] }> {
  host = new ScriptedHost()
  await once(host.server, 'listening')
  const api = await connectWebApi(`ws://127.0.0.1:${host.port}/api`)
  const states: ConnectionState[] = []
  api.onConnection((state) => states.push(state))
  return { api, states }
}

describe('calls', () => {
  it('get the reply with their own number, in whatever order replies come', async () => {
    const { api } = await connected()
    const first = api.call('app:describe', undefined)
    const second = api.call('access:describe', undefined)
    await vi.waitFor(() => expect(host.calls).toHaveLength(2))
    host.send({ id: host.calls[1]!.id, reply: { ok: true, value: 'second' } })
    host.send({ id: host.calls[0]!.id, reply: { ok: true, value: 'first' } })
    expect(await Promise.all([first, second])).toEqual([
      { ok: true, value: 'first' },
      { ok: true, value: 'second' },
    ])
  })

  it('are answered, not sent twice, when the connection breaks under them', async () => {
    const { api, states } = await connected()
    const reply = api.call('app:describe', undefined)
    await vi.waitFor(() => expect(host.calls).toHaveLength(1))
    for (const socket of host.sockets) socket.terminate()
    expect(await reply).toMatchObject({ ok: false, error: { code: 'host/connection-lost' } })
    await vi.waitFor(() => expect(states).toEqual(['connected', 'reconnecting', 'connected']))
    expect(host.calls).toHaveLength(1)
  })
})

describe('events', () => {
  it('reach the listeners of their name until they leave', async () => {
    const { api } = await connected()
    const seen: unknown[] = []
    const leave = api.on('import:progress', (payload) => seen.push(payload))
    host.send({ event: 'cine:progress', payload: { step: 1 } })
    host.send({ event: 'import:progress', payload: { done: 1, of: 2 } })
    await vi.waitFor(() => expect(seen).toEqual([{ done: 1, of: 2 }]))
    leave()
    host.send({ event: 'import:progress', payload: { done: 2, of: 2 } })
    const reply = api.call('app:describe', undefined)
    await vi.waitFor(() => expect(host.calls).toHaveLength(1))
    host.send({ id: host.calls[0]!.id, reply: { ok: true, value: null } })
    await reply
    expect(seen).toHaveLength(1)
  })
})

describe('a host that has ended', () => {
  it('is told once and for all after the last attempt, and every call then says what to do', async () => {
    const { api, states } = await connected()
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    await host.close()
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(3000)
      expect(states.at(-1)).toBe('gone')
    })
    expect(states).toEqual(['connected', 'reconnecting', 'gone'])
    expect(await api.call('app:describe', undefined)).toEqual({
      ok: false,
      error: { code: 'host/gone', message: expect.stringContaining('Start it again') },
    })
  })
})
