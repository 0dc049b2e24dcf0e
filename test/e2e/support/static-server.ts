import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { securityHeaders } from '../../../src-main/hosts/security-headers.ts'
import { listRendererFiles } from '../../../src-main/hosts/renderer-files.ts'

export interface StaticServer {
  url: string
  close(): Promise<void>
}

/** Serves the built window on the loopback under the very headers of the hosts. */
export async function serveRenderer(): Promise<StaticServer> {
  const files = listRendererFiles(join(import.meta.dirname, '../../../out/renderer'))
  const server = createServer(async (request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '')
    const file = files.get(path)
    if (!file) return response.writeHead(404).end()
    response.writeHead(200, { ...securityHeaders(), 'Content-Type': file.contentType })
    response.end(await readFile(file.path))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
