import type { IncomingMessage } from 'node:http'
import { equalSecrets } from './start-token.ts'

/** What a request must show to be answered by this host. */
export interface Guard {
  /** `127.0.0.1:PORT`, exactly: a foreign name that resolves to this computer (DNS rebinding) is refused. */
  readonly authority: string
  readonly cookieName: string
  readonly cookieValue: string
}

/** Cookies are shared by all ports of a host name, so the name carries the port: two hosts do not sign each other out. */
export const cookieNameFor = (port: number): string => `cardionets-${port}`

export function hasOwnHost(request: IncomingMessage, guard: Guard): boolean {
  return request.headers.host === guard.authority
}

/** Browsers send Origin with every POST and WebSocket request; its absence is refused like a wrong one. */
export function hasOwnOrigin(request: IncomingMessage, guard: Guard): boolean {
  return request.headers.origin === `http://${guard.authority}`
}

/**
 * A page on another port of this computer is "same-site" and its requests carry our cookie. Browsers that send
 * Sec-Fetch-Site tell us so; an address typed or opened by another program says `none`.
 */
export function isFromElsewhere(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  return site === 'cross-site' || site === 'same-site'
}

export function hasSessionCookie(request: IncomingMessage, guard: Guard): boolean {
  const prefix = `${guard.cookieName}=`
  const values = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
  return values.length === 1 && equalSecrets(values[0]!.slice(prefix.length), guard.cookieValue)
}
