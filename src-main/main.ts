/** The desktop entry: what is set up, in order. */
import { app, dialog } from 'electron'
import { choosePack } from './app/choose-pack.ts'
import { createDispatcher } from './app/dispatch.ts'
import { createServices } from './app/services.ts'
import { APP_VERSION } from './app/version.ts'
import { openWorkspace } from './app/workspace.ts'

import { setupMenu } from './hosts/electron/app-menu.ts'
import { setupAppSession } from './hosts/electron/app-session.ts'
import { denyNavigation, openAppWindow } from './hosts/electron/app-window.ts'
import { setupBeforeReady } from './hosts/electron/before-ready.ts'
import { desktopDialogs } from './hosts/electron/desktop-dialogs.ts'
import { readDesktopOptions, type DesktopOptions } from './hosts/electron/desktop-options.ts'
import { setupIpcTransport } from './hosts/electron/ipc-transport.ts'
import { lockWhenAway } from './hosts/electron/lock-when-away.ts'
import { setupQuit } from './hosts/electron/quit.ts'
import { becomeOnlyInstance } from './hosts/electron/single-instance.ts'
import { spawnUtility } from './hosts/electron/utility-child.ts'
import { builtRendererDir, listRendererFiles } from './hosts/renderer-files.ts'

/** Set by `electron-vite dev`; a packaged application never loads from an address. */
const developmentUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']

setupBeforeReady()
start(readDesktopOptions(process.argv.slice(1))).catch(reportAndExit)

async function start(options: DesktopOptions): Promise<void> {
  const workspace = openWorkspace(options.workspace)
  if (!becomeOnlyInstance(workspace)) return app.quit()
  denyNavigation(developmentUrl)
  await app.whenReady()

  const services = createServices({
    version: APP_VERSION,
    entry: 'desktop',
    workspace,
    ...(await choosePack(options)),
    provider: 'auto',
    spawn: spawnUtility,
    dialogs: desktopDialogs,
    log: (line) => process.stderr.write(`${line}\n`),
  })
  setupQuit(() => services.close())
  lockWhenAway(() => services.access.lock())
  setupMenu()
  setupIpcTransport(createDispatcher(services), developmentUrl)
  const files = developmentUrl === undefined ? listRendererFiles(builtRendererDir()) : new Map()
  openAppWindow({ session: setupAppSession({ files, developmentUrl }), developmentUrl })
}

/** Says it without a window, which there is not yet; the launcher knows code 2 as "the user has been told". */
function reportAndExit(error: unknown): void {
  dialog.showErrorBox('CardioNets Desktop cannot start', error instanceof Error ? error.message : String(error))
  app.exit(2)
}
