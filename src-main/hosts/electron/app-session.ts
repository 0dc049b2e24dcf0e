import { readFile } from 'node:fs/promises'
import { session, type Session } from 'electron'
import type { RendererFiles } from '../renderer-files.ts'
import { securityHeaders } from '../security-headers.ts'
import { APP_ORIGIN, APP_SCHEME, isOwnAddress } from './app-origin.ts'

export interface AppSessionOptions {
  files: RendererFiles
  /** Set by `npm run dev` only. */
  developmentUrl: string | undefined
}

/** Writing text or an image to the clipboard after a click; reading it is another permission. */
const COPYING = 'clipboard-sanitized-write'

/**
 * The one session of the window: in memory (no `persist:`), so that no cache, cookie or storage of it reaches the disk;
 * every permission denied but that to copy; every request but those of our own scheme cancelled.
 */
export function setupAppSession({ files, developmentUrl }: AppSessionOptions): Session {
  const own = session.fromPartition('cardionets', { cache: false })
  own.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === COPYING))
  own.setPermissionCheckHandler((_contents, permission) => permission === COPYING)
  own.setDevicePermissionHandler(() => false)
  own.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  own.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
  own.setSpellCheckerEnabled(false)
  own.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayLoad(details.url, developmentUrl) }))
  // A download is written to the disk before anybody has said where. What may be saved goes by `files:save`.
  own.on('will-download', (event) => event.preventDefault())
  own.protocol.handle(APP_SCHEME, (request) => serveFile(files, request))
  return own
}

function mayLoad(address: string, developmentUrl: string | undefined): boolean {
  if (isOwnAddress(address, developmentUrl)) return true
  // Pictures and downloads made inside the page, and the developer tools' own pages: none of them leaves the computer.
  if (address.startsWith(`blob:${APP_ORIGIN}/`)) return true
  if (developmentUrl === undefined) return false
  return address.startsWith('devtools://') || isOwnAddress(address.replace(/^ws:/, 'http:'), developmentUrl)
}

async function serveFile(files: RendererFiles, request: Request): Promise<Response> {
  const headers = securityHeaders()
  const url = URL.parse(request.url)
  if (request.method !== 'GET' || !isOwnAddress(request.url, undefined))
    return new Response(null, { status: 403, headers })
  const file = files.get(url?.pathname ?? '')
  if (!file) return new Response(null, { status: 404, headers })
  return new Response(await readFile(file.path), { headers: { ...headers, 'Content-Type': file.contentType } })
}
