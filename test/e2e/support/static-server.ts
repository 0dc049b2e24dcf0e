import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ensureBuilt } from '../../../build/ensure-built.ts'
import { inRepository } from '../../../build/repository.ts'
import { listRendererFiles } from '../../../src-main/hosts/renderer-files.ts'
import { securityHeaders } from '../../../src-main/hosts/security-headers.ts'

export interface StaticServer {
  url: string
  close(): Promise<void>
}

/**
 * Serves the built window on the loopback under the very headers of the hosts; builds it first where it is stale. The
 * files are held in memory, so that a build that runs meanwhile changes nothing.
 */
export async function serveRenderer(): Promise<StaticServer> {
  await ensureBuilt()
  const files = listRendererFiles(inRepository('out', 'renderer'))
  const contents = new Map(
    await Promise.all([...files].map(async ([path, file]) => [path, await readFile(file.path)] as const)),
  )
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '')
    const file = files.get(path)
    if (!file) return response.writeHead(404).end()
    response.writeHead(200, { ...securityHeaders(), 'Content-Type': file.contentType }).end(contents.get(path))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
