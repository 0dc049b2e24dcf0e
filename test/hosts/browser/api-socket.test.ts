import { WebSocket, type ClientOptions } from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeMessage, decodeMessage, MAX_MESSAGE_BYTES } from '../../../src-preload/wire.ts'
import { startTestHost, type RunningHost } from './running-host.ts'

let running: RunningHost
let own: Record<string, string>
beforeAll(async () => {
  running = await startTestHost()
  own = { cookie: await running.signIn(), origin: `http://127.0.0.1:${running.port}` }
})
afterAll(() => running.stop())

/** Opens the socket, or tells the status of the refusal. */
function connect(headers: Record<string, string>, path = '/api'): Promise<WebSocket | number> {
  const options: ClientOptions = { headers, perMessageDeflate: false }
  const socket = new WebSocket(`ws://127.0.0.1:${running.port}${path}`, options)
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode!))
    socket.on('error', reject)
  })
}

async function openSocket(): Promise<WebSocket> {
  const socket = await connect(own)
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  return socket
}

const closeCode = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.on('close', resolve))
const nextMessage = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.once('message', (data) => resolve(decodeMessage(new Uint8Array(data as Buffer)))))

describe('the upgrade', () => {
  it.each([
    ['no cookie', { cookie: '' }],
    ['a foreign Origin', { origin: 'http://evil.example' }],
    ['the Origin of another port', { origin: 'http://127.0.0.1:1' }],
    ['the Origin of a file or a sandboxed page', { origin: 'null' }],
    ['no Origin', { origin: '' }],
    ['a foreign Host', { host: 'evil.example' }],
  ])('is refused with %s', async (_, change) => {
    const headers = Object.fromEntries(Object.entries({ ...own, ...change }).filter(([, value]) => value !== ''))
    expect(await connect(headers)).toBe(403)
  })

  it('is refused elsewhere than at /api', async () => {
    expect(await connect(own, '/socket')).toBe(404)
  })

  it('takes no compression', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${running.port}/api`, { headers: own, perMessageDeflate: true })
    await new Promise((resolve) => socket.on('open', resolve))
    expect(socket.extensions).toBe('')
    socket.terminate()
  })
})

describe('a call', () => {
  it('reaches the dispatcher with its typed arrays and comes back with its number', async () => {
    const socket = await openSocket()
    const samplesMv = Float32Array.of(0.25, -1.5, NaN)
    socket.send(encodeMessage({ id: 7, channel: 'ecg:import-files', input: { samplesMv, bytes: Uint8Array.of(1, 2) } }))
    const message = await nextMessage(socket)
    expect(message).toEqual({
      id: 7,
      reply: { ok: true, value: { channel: 'ecg:import-files', echo: { samplesMv, bytes: Uint8Array.of(1, 2) } } },
    })
    const { raw } = running.dispatcher.calls.at(-1)! as { raw: { bytes: Uint8Array } }
    expect(raw.bytes.constructor).toBe(Uint8Array)
    socket.terminate()
  })

  it('without input reaches the dispatcher as undefined', async () => {
    const socket = await openSocket()
    socket.send(encodeMessage({ id: 1, channel: 'app:describe', input: undefined }))
    await nextMessage(socket)
    expect(running.dispatcher.calls.at(-1)).toEqual({ channel: 'app:describe', raw: undefined })
    socket.terminate()
  })

  it('events reach every open window', async () => {
    const sockets = [await openSocket(), await openSocket()]
    const received = sockets.map(nextMessage)
    running.dispatcher.emit('import:progress', { done: 1, of: 2 })
    for (const message of await Promise.all(received))
      expect(message).toEqual({ event: 'import:progress', payload: { done: 1, of: 2 } })
    for (const socket of sockets) socket.terminate()
  })
})

describe('a message that is no call', () => {
  it.each<[string, Uint8Array | string]>([
    ['text', '{"id":1,"channel":"app:describe"}'],
    ['random bytes', Uint8Array.of(0xc1, 0xff, 0x00)],
    ['a truncated value', encodeMessage({ id: 1, channel: 'app:describe' }).slice(0, -2)],
    ['a value with rubbish behind it', Uint8Array.of(0x80, 0x80)],
    ['a call without a number', encodeMessage({ channel: 'app:describe' } as never)],
    ['a channel that is not text', encodeMessage({ id: 1, channel: 5 } as never)],
    ['a declared length beyond the message', Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff)],
    ['nothing', new Uint8Array()],
  ])('closes the connection and nothing else: %s', async (_, data) => {
    const socket = await openSocket()
    const before = running.dispatcher.calls.length
    const closed = closeCode(socket)
    socket.send(data)
    expect(await closed).toBe(1003)
    expect(running.dispatcher.calls).toHaveLength(before)
    const next = await openSocket()
    next.terminate()
  })

  it('cannot reach an object’s prototype', async () => {
    const socket = await openSocket()
    // {"id": 1, "__proto__": {}}
    const key = Buffer.from('__proto__')
    const closed = closeCode(socket)
    socket.send(Buffer.concat([Buffer.of(0x82, 0xa2, 0x69, 0x64, 0x01, 0xa0 + key.length), key, Buffer.of(0x80)]))
    expect(await closed).toBe(1003)
  })

  it('is not read when it is too large: the declared length is enough to close', async () => {
    const socket = await openSocket()
    const closed = closeCode(socket)
    // A masked binary frame that declares one byte more than allowed and sends none of it.
    const header = Buffer.alloc(14)
    header.set([0x82, 0xff])
    header.writeBigUInt64BE(BigInt(MAX_MESSAGE_BYTES + 1), 2)
    const { _socket } = socket as unknown as { _socket: { write(data: Buffer): void } }
    _socket.write(header)
    expect([1006, 1009]).toContain(await closed)
    const next = await openSocket()
    next.terminate()
  })
})
