/**
 * Stands in for the module `electron` in tests (see vitest.config.ts): does nothing, and records everything that the
 * main code and the preload script hand to it. A function that is not here is one that our code must not call.
 */
import { EventEmitter } from 'node:events'

export const recorded = {
  switches: [] as [name: string, value: string | undefined][],
  paths: {} as Record<string, string>,
  sandboxed: false,
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  windows: [] as BrowserWindow[],
  partitions: new Map<string, StubSession>(),
  ipcHandlers: new Map<string, (event: unknown, ...args: unknown[]) => Promise<unknown>>(),
  exposed: {} as Record<string, unknown>,
  invoked: [] as unknown[][],
  menus: [] as unknown[],
  errorBoxes: [] as [title: string, message: string][],
  children: [] as StubUtilityProcess[],
  exitCodes: [] as number[],
  quits: 0,
  lockIsFree: true,
  dialogs: [] as { kind: 'save' | 'open'; window: unknown; options: Record<string, unknown> }[],
  /** What the user chooses in the next dialog; null for nothing. */
  chosenPath: null as string | null,
}

class StubApp extends EventEmitter {
  isPackaged = true
  commandLine = { appendSwitch: (name: string, value?: string) => void recorded.switches.push([name, value]) }
  enableSandbox(): void {
    recorded.sandboxed = true
  }
  setPath(name: string, path: string): void {
    recorded.paths[name] = path
  }
  requestSingleInstanceLock(): boolean {
    return recorded.lockIsFree
  }
  whenReady(): Promise<void> {
    return Promise.resolve()
  }
  quit(): void {
    recorded.quits += 1
  }
  exit(code: number): void {
    recorded.exitCodes.push(code)
  }
}
export const app = new StubApp()

export const protocol = {
  registerSchemesAsPrivileged: (schemes: typeof recorded.schemes) => void recorded.schemes.push(...schemes),
}

type Handler = (...args: unknown[]) => unknown

export class StubSession extends EventEmitter {
  readonly handlers: Record<string, Handler> = {}
  readonly schemes: Record<string, (request: Request) => Promise<Response>> = {}
  readonly options: unknown
  spellCheckerEnabled = true

  constructor(options: unknown) {
    super()
    this.options = options
  }
  protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => void (this.schemes[scheme] = handler),
  }
  webRequest = { onBeforeRequest: (handler: Handler) => void (this.handlers['beforeRequest'] = handler) }
  setPermissionRequestHandler = (handler: Handler) => void (this.handlers['permissionRequest'] = handler)
  setPermissionCheckHandler = (handler: Handler) => void (this.handlers['permissionCheck'] = handler)
  setDevicePermissionHandler = (handler: Handler) => void (this.handlers['devicePermission'] = handler)
  setDisplayMediaRequestHandler = (handler: Handler) => void (this.handlers['displayMedia'] = handler)
  setBluetoothPairingHandler = (handler: Handler) => void (this.handlers['bluetoothPairing'] = handler)
  setSpellCheckerEnabled = (enabled: boolean) => void (this.spellCheckerEnabled = enabled)
}

export const session = {
  fromPartition(partition: string, options?: unknown): StubSession {
    const existing = recorded.partitions.get(partition) ?? new StubSession(options)
    recorded.partitions.set(partition, existing)
    return existing
  },
}

export class StubWebContents extends EventEmitter {
  readonly sent: unknown[][] = []
  windowOpenHandler: Handler | undefined
  mainFrame = { url: '' }
  reloads = 0
  reload(): void {
    this.reloads += 1
  }
  send(...args: unknown[]): void {
    this.sent.push(args)
  }
  setWindowOpenHandler(handler: Handler): void {
    this.windowOpenHandler = handler
  }
}

export interface StubWindowOptions {
  webPreferences: Record<string, unknown>
  [option: string]: unknown
}

export class BrowserWindow extends EventEmitter {
  static getAllWindows = (): BrowserWindow[] => recorded.windows
  readonly webContents = new StubWebContents()
  readonly options: StubWindowOptions
  readonly acts: string[] = []

  constructor(options: StubWindowOptions) {
    super()
    this.options = options
    recorded.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }
  loadURL(url: string): Promise<void> {
    this.webContents.mainFrame = { url }
    return Promise.resolve()
  }
  isDestroyed = (): boolean => false
  isMinimized = (): boolean => true
  show = (): void => void this.acts.push('show')
  restore = (): void => void this.acts.push('restore')
  focus = (): void => void this.acts.push('focus')
  destroy = (): void => void this.acts.push('destroy')
}

export const ipcMain = {
  handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => Promise<unknown>) =>
    void recorded.ipcHandlers.set(channel, handler),
}

export const Menu = {
  setApplicationMenu: (menu: unknown) => void recorded.menus.push(menu),
  buildFromTemplate: (template: unknown) => template,
}

const ask = (kind: 'save' | 'open', window: unknown, options: Record<string, unknown>): boolean => {
  recorded.dialogs.push({ kind, window, options })
  return recorded.chosenPath === null
}
export const dialog = {
  showSaveDialog: (window: unknown, options: Record<string, unknown>) =>
    Promise.resolve({ canceled: ask('save', window, options), filePath: recorded.chosenPath ?? '' }),
  showOpenDialog: (window: unknown, options: Record<string, unknown>) =>
    Promise.resolve({
      canceled: ask('open', window, options),
      filePaths: recorded.chosenPath === null ? [] : [recorded.chosenPath],
    }),
  showErrorBox: (title: string, message: string) => void recorded.errorBoxes.push([title, message]),
}

export const powerMonitor = new EventEmitter()

export class StubUtilityProcess extends EventEmitter {
  readonly path: string
  readonly options: { env: Record<string, string>; serviceName: string; execArgv: string[] }
  readonly posted: unknown[] = []
  pid: number | undefined = undefined
  killed = false

  constructor(path: string, options: StubUtilityProcess['options']) {
    super()
    this.path = path
    this.options = options
    recorded.children.push(this)
  }
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
  kill(): boolean {
    this.killed = true
    return true
  }
}

export const utilityProcess = {
  fork: (path: string, _args: string[], options: StubUtilityProcess['options']) =>
    new StubUtilityProcess(path, options),
}

export const webUtils = {
  getPathForFile: (file: { name: string }) => `/dropped/${file.name}`,
}

export const contextBridge = {
  exposeInMainWorld: (name: string, value: unknown) => void (recorded.exposed[name] = value),
}

class StubIpcRenderer extends EventEmitter {
  invoke(...args: unknown[]): Promise<unknown> {
    recorded.invoked.push(args)
    return Promise.resolve({ ok: true, value: null })
  }
}
export const ipcRenderer = new StubIpcRenderer()
