import { lstatSync, readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { AppError } from '../../src-preload/contract/index.ts'

export interface RendererFile {
  readonly path: string
  readonly contentType: string
}

/** Path of a request (`/`, `/assets/index-4f2a.js`) to the one file that answers it. */
export type RendererFiles = ReadonlyMap<string, RendererFile>

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** The built window beside the built main code, inside the packaged archive too, else in the repository's `out`. */
export function builtRendererDir(): string {
  const built = !import.meta.filename.endsWith('.ts')
  return built ? join(import.meta.dirname, '..', 'renderer') : join(import.meta.dirname, '..', '..', 'out', 'renderer')
}

/**
 * Lists the built window once. Requests are looked up in this list and never become a path, so there is nothing to
 * traverse; links and files of an unknown type are left out.
 *
 * @throws AppError `app/not-built` where the folder holds no window
 */
export function listRendererFiles(directory: string): RendererFiles {
  const files = new Map<string, RendererFile>()
  for (const entry of listFiles(directory)) {
    const contentType = contentTypes[extname(entry).toLowerCase()]
    if (contentType === undefined) continue
    files.set('/' + relative(directory, entry).split(sep).join('/'), { path: entry, contentType })
  }
  const index = files.get('/index.html')
  if (!index) throw new AppError('app/not-built', `${directory} holds no built window; run "npm run build".`)
  return files.set('/', index)
}

function listFiles(directory: string): string[] {
  if (!lstatSync(directory, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name)
    const status = lstatSync(path)
    if (status.isDirectory()) return listFiles(path)
    return status.isFile() ? [path] : []
  })
}
