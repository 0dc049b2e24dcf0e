import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import {
  decodeMessage,
  encodeMessage,
  isCallMessage,
  MAX_MESSAGE_BYTES,
  type CallMessage,
  type HostMessage,
} from '../../../src-preload/wire.ts'
import type { Dispatcher } from '../../app/dispatch.ts'
import { hasOwnHost, hasOwnOrigin, hasSessionCookie, type Guard } from './request-guard.ts'

/** Calls that one window may have under way; a well-behaved one has a handful. */
const MAX_PENDING_CALLS = 64
/** RFC 6455, section 7.4.1. */
const UNSUPPORTED_DATA = 1003
const GOING_AWAY = 1001

/** The contract at `/api`. @returns how to end all connections */
export function attachApiSocket(server: Server, guard: Guard, dispatcher: Dispatcher): { close(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    clientTracking: true,
  })
  server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    const allowed = hasOwnHost(request, guard) && hasOwnOrigin(request, guard) && hasSessionCookie(request, guard)
    if (!allowed || request.url !== '/api')
      return refuseUpgrade(connection, allowed ? '404 Not Found' : '403 Forbidden')
    sockets.handleUpgrade(request, connection, head, (socket) => serve(socket, dispatcher))
  })
  const endEvents = dispatcher.onEvent((event, payload) => {
    const message = encodeMessage({ event, payload })
    for (const socket of sockets.clients) if (socket.readyState === socket.OPEN) socket.send(message)
  })
  return {
    close() {
      endEvents()
      for (const socket of sockets.clients) {
        socket.close(GOING_AWAY)
        socket.terminate()
      }
      sockets.close()
    },
  }
}

function refuseUpgrade(connection: Duplex, status: string): void {
  connection.on('error', () => connection.destroy())
  connection.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function serve(socket: WebSocket, dispatcher: Dispatcher): void {
  let pending = 0
  // An oversized or malformed frame is reported here; ws has closed the connection by then.
  socket.on('error', () => socket.terminate())
  socket.on('message', (data, isBinary) => {
    const call = isBinary ? readCall(data) : undefined
    if (!call) return socket.close(UNSUPPORTED_DATA)
    if (pending >= MAX_PENDING_CALLS) return send(socket, { id: call.id, reply: tooManyCalls })
    pending += 1
    void dispatcher.call(call.channel, call.input).then((reply) => {
      pending -= 1
      send(socket, { id: call.id, reply })
    })
  })
}

const tooManyCalls = {
  ok: false,
  error: { code: 'host/busy', message: 'This window has too many calls under way. Wait until some have finished.' },
} as const

function readCall(data: RawData): CallMessage | undefined {
  const { buffer, byteOffset, byteLength } = data as Buffer
  try {
    // A plain Uint8Array, so that binary values are plain ones too and not Node's Buffer.
    const message = decodeMessage(new Uint8Array(buffer, byteOffset, byteLength))
    return isCallMessage(message) ? message : undefined
  } catch {
    return undefined
  }
}

function send(socket: WebSocket, message: HostMessage): void {
  if (socket.readyState === socket.OPEN) socket.send(encodeMessage(message))
}
