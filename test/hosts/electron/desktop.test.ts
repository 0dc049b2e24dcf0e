/** What the desktop entry hands to Electron, held against Electron's own security checklist (docs/tutorial/security.md). */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { app, powerMonitor, recorded, type BrowserWindow, type StubSession } from '../../electron-stub.ts'
import type { Dialogs } from '../../../src-main/app/dialogs.ts'
import { fakeDispatcher } from '../fake-dispatcher.ts'

const dispatcher = fakeDispatcher()
const root = mkdtempSync(join(tmpdir(), 'cardionets-window-'))
const rendererDir = join(root, 'renderer')
vi.mock('../../../src-main/app/dispatch.ts', () => ({ createDispatcher: () => dispatcher }))
const lock = vi.hoisted(() => vi.fn())
const handedOver = vi.hoisted(() => ({ dialogs: undefined as unknown }))
vi.mock('../../../src-main/app/services.ts', () => ({
  createServices: (options: { dialogs?: unknown }) => {
    handedOver.dialogs = options.dialogs
    return { close: () => Promise.resolve(), access: { lock } }
  },
}))
vi.mock(import('../../../src-main/hosts/renderer-files.ts'), async (original) => ({
  ...(await original()),
  builtRendererDir: () => rendererDir,
}))

const workspace = join(root, 'workspace')
let window: BrowserWindow
let session: StubSession
const arguments_ = process.argv

beforeAll(async () => {
  mkdirSync(join(rendererDir, 'assets'), { recursive: true })
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html>')
  writeFileSync(join(rendererDir, 'assets', 'index.js'), 'export {}')
  process.argv = ['electron', 'main.js', '--workspace', workspace, '--no-sandbox-please']
  await import('../../../src-main/main.ts')
  await vi.waitFor(() => expect(recorded.windows).toHaveLength(1))
  window = recorded.windows[0]!
  session = recorded.partitions.get('cardionets')!
})
afterAll(() => {
  process.argv = arguments_
  rmSync(root, { recursive: true })
})

describe('the window', () => {
  it('is sandboxed and isolated, without Node, webview, insecure content or experiments (items 2–4, 6, 8–11)', () => {
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
      session,
    })
    expect(window.options.webPreferences).not.toHaveProperty('enableBlinkFeatures')
    expect(recorded.sandboxed).toBe(true)
  })

  it('is loaded over a scheme of our own, not over file: (item 18)', () => {
    expect(window.webContents.mainFrame.url).toBe('app://cardionets/index.html')
    expect(recorded.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
  })

  it('has a preload script and no menu', () => {
    expect(window.options.webPreferences['preload']).toMatch(/preload[\\/]index\.cjs$/)
    if (process.platform !== 'darwin') expect(recorded.menus).toEqual([null])
  })

  it('opens no other window, goes nowhere and embeds nothing (items 12–14)', () => {
    const { webContents } = window
    expect(webContents.windowOpenHandler!({ url: 'https://evil.example' })).toEqual({ action: 'deny' })
    for (const [event, detail] of [
      ['will-navigate', { url: 'https://evil.example' }],
      ['will-navigate', { url: 'file:///etc/passwd' }],
      ['will-navigate', { url: 'app://cardionets/other.html' }],
      ['will-redirect', { url: 'app://cardionets/index.html' }],
      ['will-frame-navigate', { url: 'app://cardionets/index.html', isMainFrame: false }],
      ['will-attach-webview', {}],
    ] as const) {
      const preventDefault = vi.fn()
      webContents.emit(event, { ...detail, preventDefault })
      expect(preventDefault, `${event} ${JSON.stringify(detail)}`).toHaveBeenCalledOnce()
    }
  })
})

describe('the session', () => {
  it('lives in memory and corrects no spelling', () => {
    expect([...recorded.partitions.keys()]).toEqual(['cardionets'])
    expect(session.options).toEqual({ cache: false })
    expect(session.spellCheckerEnabled).toBe(false)
  })

  it('denies every permission but that to copy, and every device (item 5)', () => {
    const answer = vi.fn()
    session.handlers['permissionRequest']!(null, 'media', answer)
    expect(answer).toHaveBeenLastCalledWith(false)
    expect(session.handlers['permissionCheck']!(null, 'clipboard-read')).toBe(false)
    session.handlers['permissionRequest']!(null, 'clipboard-sanitized-write', answer)
    expect(answer).toHaveBeenLastCalledWith(true)
    expect(session.handlers['devicePermission']!({ deviceType: 'usb' })).toBe(false)
    session.handlers['displayMedia']!({}, answer)
    expect(answer).toHaveBeenLastCalledWith(null)
    session.handlers['bluetoothPairing']!({}, answer)
    expect(answer).toHaveBeenLastCalledWith({ confirmed: false })
  })

  it.each([
    ['app://cardionets/assets/index.js', false],
    ['blob:app://cardionets/0b5c', false],
    ['app://other/index.html', true],
    ['app://cardionets.evil.example/', true],
    ['https://cardionets/', true],
    ['http://127.0.0.1:5173/', true],
    ['ws://127.0.0.1:5173/', true],
    ['file:///etc/passwd', true],
    ['devtools://devtools/bundled/index.html', true],
    ['blob:https://evil.example/0b5c', true],
    ['not an address', true],
  ])('lets nothing out and nothing else in: %s', (url, cancel) => {
    const answer = vi.fn()
    session.handlers['beforeRequest']!({ url }, answer)
    expect(answer).toHaveBeenCalledWith({ cancel })
  })

  it('saves no download by itself: what leaves goes by a dialog of main', () => {
    const preventDefault = vi.fn()
    session.emit('will-download', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
  })
})

describe('a person who leaves the computer to itself', () => {
  it('finds the window locked: after sleep, behind the screen lock, behind another account', () => {
    for (const event of ['suspend', 'lock-screen', 'user-did-resign-active']) {
      lock.mockClear()
      powerMonitor.emit(event)
      expect(lock, event).toHaveBeenCalledOnce()
    }
    lock.mockClear()
    for (const event of ['resume', 'unlock-screen', 'on-battery']) powerMonitor.emit(event)
    expect(lock).not.toHaveBeenCalled()
  })
})

describe('the dialogs of the system', () => {
  const dialogs = (): Dialogs => handedOver.dialogs as Dialogs

  it('ask for a place before the window, and leave no name among recent documents', async () => {
    recorded.chosenPath = '/media/usb/export.csv'
    expect(await dialogs().chooseFileToSave('export.csv')).toBe('/media/usb/export.csv')
    expect(await dialogs().chooseFolder()).toBe('/media/usb/export.csv')
    expect(await dialogs().chooseTable()).toBe('/media/usb/export.csv')
    expect(recorded.dialogs.map(({ kind }) => kind)).toEqual(['save', 'open', 'open'])
    for (const asked of recorded.dialogs) {
      expect(asked.window).toBe(window)
      expect(asked.options['properties']).toContain('dontAddToRecent')
    }
    expect(recorded.dialogs[0]!.options['defaultPath']).toBe('export.csv')
  })

  it('may be left without choosing', async () => {
    recorded.chosenPath = null
    expect(await dialogs().chooseFileToSave('export.csv')).toBeNull()
    expect(await dialogs().chooseFolder()).toBeNull()
  })
})

describe('the app: protocol', () => {
  const get = (url: string, method = 'GET'): Promise<Response> => session.schemes['app']!(new Request(url, { method }))

  it('serves the built window under a strict policy (item 7)', async () => {
    const response = await get('app://cardionets/assets/index.js')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    const policy = response.headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("connect-src 'self';")
    expect(policy).not.toMatch(/unsafe|\*|http|ws:/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    ['app://cardionets/missing.js', 'GET', 404],
    ['app://cardionets/../workspace/workspace.json', 'GET', 404],
    ['app://cardionets/%2e%2e/workspace/workspace.json', 'GET', 404],
    ['app://cardionets/..%2fworkspace%2fworkspace.json', 'GET', 404],
    ['app://evil/index.html', 'GET', 403],
    ['app://cardionets/index.html', 'POST', 403],
  ])('%s by %s gives %i', async (url, method, status) => {
    expect((await get(url, method)).status).toBe(status)
  })
})

describe('the IPC door', () => {
  const call = (event: unknown, ...args: unknown[]): Promise<unknown> =>
    recorded.ipcHandlers.get('cardionets:call')!(event, ...args)
  const own = (): { sender: BrowserWindow['webContents']; senderFrame: unknown } => ({
    sender: window.webContents,
    senderFrame: window.webContents.mainFrame,
  })

  it('is one channel, and passes our own main frame on to the dispatcher', async () => {
    expect([...recorded.ipcHandlers.keys()]).toEqual(['cardionets:call'])
    expect(await call(own(), 'app:describe', undefined)).toEqual({
      ok: true,
      value: { channel: 'app:describe', echo: undefined },
    })
  })

  it.each([
    ['a frame inside the window', () => ({ ...own(), senderFrame: { url: 'app://cardionets/index.html' } })],
    ['a frame that is gone', () => ({ ...own(), senderFrame: null })],
    ['a main frame that shows another page', () => withUrl('https://evil.example/')],
    ['a main frame of another host of our scheme', () => withUrl('app://evil/')],
    ['a main frame from the disk', () => withUrl('file:///index.html')],
  ])('refuses %s (item 17)', async (_, event) => {
    const before = dispatcher.calls.length
    expect(await call(event(), 'app:describe', undefined)).toMatchObject({ error: { code: 'contract/bad-sender' } })
    expect(dispatcher.calls).toHaveLength(before)
  })

  it('refuses a channel that is no name', async () => {
    expect(await call(own(), { toString: () => 'app:describe' })).toMatchObject({ ok: false })
  })

  it('sends events to the window', () => {
    dispatcher.emit('import:progress', { done: 1, of: 3 })
    expect(window.webContents.sent).toContainEqual(['cardionets:event', 'import:progress', { done: 1, of: 3 }])
  })

  function withUrl(url: string): unknown {
    const mainFrame = { url }
    return { sender: { mainFrame }, senderFrame: mainFrame }
  }
})

describe('the process', () => {
  it('resolves no name and calls no Chromium service', () => {
    expect(recorded.switches).toContainEqual(['host-resolver-rules', expect.stringMatching(/^MAP \* ~NOTFOUND/)])
    const names = recorded.switches.map(([name]) => name)
    expect(names).toEqual(
      expect.arrayContaining([
        'disable-background-networking',
        'disable-component-update',
        'disable-breakpad',
        'no-pings',
      ]),
    )
    expect(names).not.toEqual(expect.arrayContaining(['no-sandbox', 'disable-web-security', 'remote-debugging-port']))
  })

  it('keeps its profile in the workspace, and shows its window when it is started a second time', () => {
    expect(recorded.paths).toEqual({ userData: join(workspace, 'desktop') })
    app.emit('second-instance')
    expect(window.acts).toEqual(['restore', 'focus'])
  })

  it('closes the services before it ends', async () => {
    const preventDefault = vi.fn()
    app.emit('will-quit', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
    await vi.waitFor(() => expect(recorded.exitCodes).toEqual([0]))
  })
})

describe('the sources', () => {
  it('hand no address to the system’s browser or shell (item 15) and never load remote modules', () => {
    const folder = join(import.meta.dirname, '../../../src-main/hosts/electron')
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), 'utf8'), name).not.toMatch(
        /\bshell\b|openExternal|setProxy|crashReporter/,
      )
    }
  })
})
