/** `window.api` for a page that the browser host serves: the contract over one WebSocket. */
import type { Api, ErrorReply, EventName, EventPayload, Reply } from './contract/index.ts'
import { decodeMessage, encodeMessage, MAX_MESSAGE_BYTES, type HostMessage } from './wire.ts'

/** `gone` is final: a host that was started again has another address and another start link. */
export type ConnectionState = 'connected' | 'reconnecting' | 'gone'

export interface WebApi extends Api {
  /** Tells every change of state, and the present one at once. @returns the function that ends it */
  onConnection(listener: (state: ConnectionState) => void): () => void
}

/** Pauses before each new attempt, in ms: about ten seconds in all, then the host counts as gone. */
const RETRY_PAUSES_MS = [100, 250, 500, 1000, 2000, 3000, 3000]

const connectionLost: ErrorReply = {
  code: 'host/connection-lost',
  message: 'The connection to CardioNets on this computer was interrupted. Try again.',
}
const hostGone: ErrorReply = {
  code: 'host/gone',
  message: 'CardioNets has been closed on this computer. Start it again and use the window that opens.',
}
const messageTooLarge: ErrorReply = {
  code: 'host/message-too-large',
  message: `These files together exceed ${MAX_MESSAGE_BYTES / 2 ** 20} MB. Import them in smaller groups.`,
}

/**
 * Connects to the host that served this page.
 *
 * Calls never reject: without a connection they are answered with `host/connection-lost` or `host/gone`. A call that
 * was under way when the connection broke is answered with `host/connection-lost`, never sent twice.
 *
 * @param url  the WebSocket address, by default `/api` of the page's own origin
 */
export async function connectWebApi(url: string = ownApiUrl()): Promise<WebApi> {
  const connection = new Connection(url)
  await connection.open()
  return {
    call: ((channel: string, input: unknown) => connection.call(channel, input)) as Api['call'],
    on: <E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) =>
      connection.onEvent(event, listener as (payload: unknown) => void),
    onConnection: (listener) => connection.onState(listener),
  }
}

function ownApiUrl(): string {
  // Not the DOM's `location`: this module is also compiled and tested under Node.
  const { host } = (globalThis as unknown as { location: { host: string } }).location
  return `ws://${host}/api`
}

class Connection {
  readonly #url: string
  #socket: WebSocket | undefined
  #state: ConnectionState = 'reconnecting'
  #nextId = 1
  readonly #pending = new Map<number, (reply: Reply<unknown>) => void>()
  readonly #eventListeners = new Map<string, Set<(payload: unknown) => void>>()
  readonly #stateListeners = new Set<(state: ConnectionState) => void>()

  constructor(url: string) {
    this.#url = url
  }

  /** Resolves when connected or when all attempts have failed. */
  async open(): Promise<void> {
    for (const pauseMs of [0, ...RETRY_PAUSES_MS]) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      if (await this.#connectOnce()) return this.#setState('connected')
    }
    this.#setState('gone')
  }

  async call(channel: string, input: unknown): Promise<Reply<unknown>> {
    if (this.#state === 'gone') return { ok: false, error: hostGone }
    const socket = this.#socket
    if (this.#state !== 'connected' || socket?.readyState !== WebSocket.OPEN)
      return { ok: false, error: connectionLost }
    const id = this.#nextId++
    const message = encodeMessage({ id, channel, input })
    if (message.byteLength > MAX_MESSAGE_BYTES) return { ok: false, error: messageTooLarge }
    return new Promise((resolve) => {
      this.#pending.set(id, resolve)
      socket.send(message)
    })
  }

  onEvent(event: string, listener: (payload: unknown) => void): () => void {
    const listeners = this.#eventListeners.get(event) ?? new Set()
    this.#eventListeners.set(event, listeners.add(listener))
    return () => void listeners.delete(listener)
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    this.#stateListeners.add(listener)
    listener(this.#state)
    return () => void this.#stateListeners.delete(listener)
  }

  #connectOnce(): Promise<boolean> {
    const socket = new WebSocket(this.#url)
    socket.binaryType = 'arraybuffer'
    return new Promise((resolve) => {
      let opened = false
      socket.addEventListener('open', () => {
        opened = true
        this.#socket = socket
        resolve(true)
      })
      socket.addEventListener('message', (event) => this.#receive(event.data))
      socket.addEventListener('close', () => {
        if (opened) this.#lose()
        else resolve(false)
      })
    })
  }

  #receive(data: unknown): void {
    if (!(data instanceof ArrayBuffer)) return
    const message = decodeMessage(new Uint8Array(data)) as HostMessage
    if ('event' in message) {
      for (const listener of this.#eventListeners.get(message.event) ?? []) listener(message.payload)
      return
    }
    this.#pending.get(message.id)?.(message.reply)
    this.#pending.delete(message.id)
  }

  #lose(): void {
    this.#socket = undefined
    this.#setState('reconnecting')
    for (const answer of this.#pending.values()) answer({ ok: false, error: connectionLost })
    this.#pending.clear()
    void this.open()
  }

  #setState(state: ConnectionState): void {
    this.#state = state
    for (const listener of this.#stateListeners) listener(state)
  }
}
