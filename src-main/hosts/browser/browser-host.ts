import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createReadStream } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { AppError } from '../../../src-preload/contract/index.ts'
import type { Dispatcher } from '../../app/dispatch.ts'
import { listRendererFiles } from '../renderer-files.ts'
import { securityHeaders } from '../security-headers.ts'
import { attachApiSocket } from './api-socket.ts'
import {
  cookieNameFor,
  hasOwnHost,
  hasOwnOrigin,
  hasSessionCookie,
  isFromElsewhere,
  type Guard,
} from './request-guard.ts'
import { randomSecret, StartTokens } from './start-token.ts'

export interface BrowserHostOptions {
  dispatcher: Dispatcher
  /** The built window, e.g. `builtRendererDir()`. */
  rendererDir: string
  /** 0 or absent: any free port. */
  port?: number
}

export interface BrowserHost {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string
  /** Opens the window once; whoever has it has the application. */
  readonly startLink: string
  /** A further start link, for a second window or after the first was used. */
  createStartLink(): string
  close(): Promise<void>
}

/**
 * Serves the window and the contract on 127.0.0.1 to one browser session.
 *
 * The start link's token is exchanged, once, for a cookie. Every other request needs that cookie, the exact Host, and
 * (WebSocket, POST) the exact Origin; all others get 403 before anything is looked up.
 *
 * @throws AppError `app/not-built`, `host/port-in-use`
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const files = listRendererFiles(options.rendererDir)
  const tokens = new StartTokens()
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 30_000, headersTimeout: 10_000 })
  const port = await listen(server, options.port ?? 0)
  const guard: Guard = {
    authority: `127.0.0.1:${port}`,
    cookieName: cookieNameFor(port),
    cookieValue: randomSecret(),
  }
  const headers = securityHeaders(`ws://${guard.authority}`)
  const socket = attachApiSocket(server, guard, options.dispatcher)
  server.on('request', answer)
  const createStartLink = (): string => `http://${guard.authority}/start?token=${tokens.create()}`

  return {
    url: `http://${guard.authority}/`,
    startLink: createStartLink(),
    createStartLink,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      socket.close()
      server.closeAllConnections()
      await closed
    },
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const { method = '' } = request
    if (!hasOwnHost(request, guard)) return refuse(response, 403)
    if (method === 'POST' && !hasOwnOrigin(request, guard)) return refuse(response, 403)
    const { pathname, searchParams } = requestedUrl(request)
    if (pathname === '/start' && method === 'GET') return start(searchParams.get('token') ?? '', response)
    if (isFromElsewhere(request) || !hasSessionCookie(request, guard)) return refuse(response, 403)
    if (method !== 'GET' && method !== 'HEAD') return refuse(response.setHeader('Allow', 'GET, HEAD'), 405)
    const file = files.get(pathname)
    if (!file) return refuse(response, 404)
    response.setHeader('Content-Type', file.contentType)
    if (method === 'HEAD') return void response.end()
    const content = createReadStream(file.path)
    content.on('error', () => response.destroy())
    content.pipe(response)
  }

  function start(token: string, response: ServerResponse): void {
    if (!tokens.redeem(token)) return refuse(response, 403)
    response.setHeader('Set-Cookie', `${guard.cookieName}=${guard.cookieValue}; HttpOnly; SameSite=Strict; Path=/`)
    response.writeHead(303, { Location: '/' }).end()
  }
}

const sentences: Readonly<Record<403 | 404 | 405, string>> = {
  403: 'Refused. Open CardioNets by the start link that it prints; each link works once.',
  404: 'Not found.',
  405: 'Method not allowed.',
}

function refuse(response: ServerResponse, status: 403 | 404 | 405): void {
  // The request's body, if any, is not read: the connection ends with the answer.
  response.setHeader('Connection', 'close')
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(sentences[status] + '\n')
}

/** Only the path and the query of what was asked; an address that does not parse is no file of ours. */
function requestedUrl(request: IncomingMessage): URL {
  const base = 'http://host'
  return URL.parse(request.url ?? '', base) ?? new URL('/-', base)
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE' || cause.code === 'EACCES'
          ? new AppError(
              'host/port-in-use',
              `Port ${port} cannot be used on this computer; choose another with --port.`,
            )
          : cause,
      ),
    )
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve((server.address() as AddressInfo).port))
  })
}
