import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBrowserHost, type BrowserHost } from '../../../src-main/hosts/browser/browser-host.ts'
import { fakeDispatcher, type FakeDispatcher } from '../fake-dispatcher.ts'

export interface RunningHost {
  host: BrowserHost
  dispatcher: FakeDispatcher
  port: number
  rendererDir: string
  /** Redeems a fresh start link and returns the cookie as a browser would send it. */
  signIn(): Promise<string>
  stop(): Promise<void>
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** A host on a small window of three files, beside a file that it must never serve. */
export async function startTestHost(dispatcher: FakeDispatcher = fakeDispatcher()): Promise<RunningHost> {
  const directory = mkdtempSync(join(tmpdir(), 'cardionets-host-'))
  const rendererDir = join(directory, 'renderer')
  mkdirSync(join(rendererDir, 'assets'), { recursive: true })
  writeFileSync(join(directory, 'secret.json'), '{"secret":true}')
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>window</title>')
  writeFileSync(join(rendererDir, 'assets', 'index.js'), 'export {}')
  writeFileSync(join(rendererDir, 'assets', 'notes.exe'), 'MZ')
  const host = await startBrowserHost({ dispatcher, rendererDir })
  const port = Number(new URL(host.url).port)
  return {
    host,
    dispatcher,
    port,
    rendererDir,
    async signIn() {
      const { headers } = await ask(port, host.createStartLink().slice(host.url.length - 1))
      return headers['set-cookie']![0]!.split(';')[0]!
    },
    async stop() {
      await host.close()
      rmSync(directory, { recursive: true })
    },
  }
}

/** One request with exactly these headers; the path goes out as it is, `..` included. */
export function ask(port: number, path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (body += chunk))
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}
