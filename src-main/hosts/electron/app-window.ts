import { join } from 'node:path'
import { app, BrowserWindow, dialog, type Session, type WebContents } from 'electron'
import { APP_ORIGIN, isOwnAddress } from './app-origin.ts'

export interface AppWindowOptions {
  session: Session
  developmentUrl: string | undefined
}

/** Opens the application's one window. What it may do is stated in full, also where it is Electron's default. */
export function openAppWindow({ session, developmentUrl }: AppWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: 'CardioNets Desktop',
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload: join(import.meta.dirname, '..', 'preload', 'index.cjs'),
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
      enableWebSQL: false,
      devTools: developmentUrl !== undefined,
    },
  })
  window.once('ready-to-show', () => window.show())
  reloadAfterCrash(window)
  void window.loadURL(developmentUrl ?? `${APP_ORIGIN}/index.html`)
  return window
}

/**
 * A window whose process has died is loaded anew: what it showed is in the main process. Three times within a minute it
 * is taken for hopeless and closed, which ends the application, rather than shown blank.
 */
function reloadAfterCrash(window: BrowserWindow): void {
  let crashTimesMs: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const nowMs = performance.now()
    crashTimesMs = [...crashTimesMs.filter((timeMs) => nowMs - timeMs < 60_000), nowMs]
    if (crashTimesMs.length < 3) return window.webContents.reload()
    dialog.showErrorBox(
      'CardioNets Desktop',
      'The window has failed three times within a minute. Start CardioNets again.',
    )
    window.destroy()
  })
}

/** Denies navigation, new windows and embedded pages for whatever web contents may come to be, not only for ours. */
export function denyNavigation(developmentUrl: string | undefined): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, developmentUrl))
}

function lockContents(contents: WebContents, developmentUrl: string | undefined): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-navigate', (event) => {
    // The development server reloads its page; nothing else ever navigates, our own addresses included.
    if (developmentUrl === undefined || !isOwnAddress(event.url, developmentUrl)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
}
