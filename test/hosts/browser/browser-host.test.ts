import { networkInterfaces } from 'node:os'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowserHost } from '../../../src-main/hosts/browser/browser-host.ts'
import { fakeDispatcher } from '../fake-dispatcher.ts'
import { ask, startTestHost, type RunningHost } from './running-host.ts'

let running: RunningHost
let cookie: string
beforeAll(async () => {
  running = await startTestHost()
  cookie = await running.signIn()
})
afterAll(() => running.stop())

const status = async (path: string, headers = {}, method = 'GET'): Promise<number> =>
  (await ask(running.port, path, headers, method)).status

describe('the start link', () => {
  it('carries 256 bits and is exchanged for a cookie that scripts cannot read and other sites cannot send', async () => {
    const link = new URL(running.host.createStartLink())
    expect(Buffer.from(link.searchParams.get('token')!, 'base64url')).toHaveLength(32)
    const answer = await ask(running.port, link.pathname + link.search)
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    const [setCookie] = answer.headers['set-cookie']!
    expect(setCookie).toMatch(new RegExp(`^cardionets-${running.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`))
  })

  it('works once: a replayed token is refused', async () => {
    const link = new URL(running.host.createStartLink())
    expect(await status(link.pathname + link.search)).toBe(303)
    expect(await status(link.pathname + link.search)).toBe(403)
  })

  it.each(['/start', '/start?token=', `/start?token=${'A'.repeat(43)}`, '/start?token[]=x'])(
    'refuses %s',
    async (path) => {
      expect(await status(path)).toBe(403)
    },
  )

  it('does not use a token up for a request from a foreign Host', async () => {
    const link = new URL(running.host.createStartLink())
    expect(await status(link.pathname + link.search, { host: 'evil.example' })).toBe(403)
    expect(await status(link.pathname + link.search)).toBe(303)
  })
})

describe('requests after the start', () => {
  it('get the window with the cookie', async () => {
    const answer = await ask(running.port, '/', { cookie })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('<title>window</title>')
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(await status('/assets/index.js', { cookie })).toBe(200)
    expect(await status('/', { cookie: `theme=dark; ${cookie}` })).toBe(200)
  })

  it.each([
    ['no cookie', {}],
    ['a wrong cookie', { cookie: `cardionets-0=${'A'.repeat(43)}` }],
    ['an empty cookie', { cookie: 'cardionets=' }],
  ])('are refused with %s', async (_, headers) => {
    expect(await status('/', headers)).toBe(403)
    expect(await status('/no-such-file', headers)).toBe(403)
  })

  it('are refused when two cookies of our name are sent', async () => {
    expect(await status('/', { cookie: `${cookie}; ${cookie}` })).toBe(403)
  })

  it.each([['evil.example'], ['localhost'], ['127.0.0.1'], ['127.0.0.1:1'], ['127.0.0.1.evil.example']])(
    'are refused for the foreign Host %s',
    async (host) => {
      expect(await status('/', { cookie, host })).toBe(403)
    },
  )

  it.each([['http://evil.example'], ['null'], ['https://127.0.0.1'], ['http://127.0.0.1:1'], [undefined]])(
    'are refused when posted from the foreign Origin %s',
    async (origin) => {
      expect(await status('/', origin ? { cookie, origin } : { cookie }, 'POST')).toBe(403)
    },
  )

  it.each(['same-site', 'cross-site'])('are refused when the browser calls them %s', async (site) => {
    expect(await status('/', { cookie, 'sec-fetch-site': site })).toBe(403)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('are not allowed with %s', async (method) => {
    const origin = `http://127.0.0.1:${running.port}`
    expect(await status('/', { cookie, origin }, method)).toBe(405)
  })

  it.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/..\\secret.json',
    '//etc/passwd',
    '/etc/passwd',
    '/index.html%00.js',
    '/assets/',
    '/assets/notes.exe',
    '/api',
    'http://evil.example/assets/index.jsx',
  ])('find nothing at %s', async (path) => {
    const answer = await ask(running.port, path, { cookie })
    expect(answer.status).toBe(404)
    expect(answer.body).toBe('Not found.\n')
  })

  it('never reach the contract over plain HTTP', () => {
    expect(running.dispatcher.calls).toEqual([])
  })
})

describe('every answer', () => {
  it.each([
    ['the window', '/', true],
    ['a script', '/assets/index.js', true],
    ['a refusal', '/', false],
    ['a missing file', '/missing', true],
  ])('carries the strict headers: %s', async (_, path, signedIn) => {
    const { headers } = await ask(running.port, path, signedIn ? { cookie } : {})
    const policy = String(headers['content-security-policy'])
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        `connect-src 'self' ws://127.0.0.1:${running.port}`,
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        'trusted-types vue',
      ]),
    )
    expect(policy).not.toMatch(/unsafe|\*|http:|https:/)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
  })
})

describe('the listening socket', () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)?.address

  it.skipIf(outside === undefined)('is not reachable from the network', async () => {
    const reached = await new Promise((resolve) => {
      const socket = createConnection({ host: outside!, port: running.port })
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    })
    expect(reached).toBe(false)
  })

  it('names the port that is taken', async () => {
    const options = { dispatcher: fakeDispatcher(), rendererDir: running.rendererDir, port: running.port }
    await expect(startBrowserHost(options)).rejects.toMatchObject({
      code: 'host/port-in-use',
      message: expect.stringContaining(String(running.port)),
    })
  })

  it('is not opened for a folder without a window', async () => {
    const rendererDir = join(running.rendererDir, 'assets')
    const starting = startBrowserHost({ dispatcher: fakeDispatcher(), rendererDir })
    await expect(starting).rejects.toMatchObject({ code: 'app/not-built' })
  })
})
