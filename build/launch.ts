/** `npm start`: the desktop window; where that cannot be, the same window in an installed browser. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { ensureBuilt } from './ensure-built.ts'
import { findBrowser } from './find-browser.ts'
import { openAppBrowser } from './launch/app-browser.ts'
import { hasDisplay, isRoot } from './launch/display.ts'
import { fetchElectron, findElectron } from './launch/electron-runtime.ts'
import { HostEnded, startHostProcess } from './launch/host-process.ts'
import { launchHelp, readLaunchOptions, type LaunchOptions } from './launch/options.ts'
import { inRepository, repositoryDir } from './repository.ts'
import { enterUserDirectory } from './user-directory.ts'

/** A desktop that ends this soon, and not by its user's will or with our own message (code 2), never came up. */
const FAILED_START_MS = 10_000
const OWN_REFUSAL = 2

process.exitCode = await launch()

async function launch(): Promise<number> {
  const options = parseOptions()
  if (typeof options === 'number') return options
  await ensureBuilt()
  enterUserDirectory('start')
  const desktop = options.inBrowser ? undefined : await desktopRuntime()
  if (desktop !== undefined) {
    const code = await runDesktop(desktop, options)
    if (code !== undefined) return code
    console.error('The desktop runtime (Electron) does not start on this system; using a browser instead.')
  }
  return runInBrowser(options)
}

function parseOptions(): LaunchOptions | number {
  try {
    const options = readLaunchOptions(process.argv.slice(2))
    if (options) return options
    console.log(launchHelp)
    return 0
  } catch (error) {
    console.error(`${(error as Error).message.split('. ')[0]}. Try "npm start -- --help".`)
    return 2
  }
}

/** The Electron executable, or undefined after one line that says why the browser is used. */
async function desktopRuntime(): Promise<string | undefined> {
  const packageDir = inRepository('node_modules', 'electron')
  const found = findElectron(packageDir)
  if (!hasDisplay()) {
    const runtime = found === undefined ? 'The desktop runtime (Electron) is absent and there is' : 'There is'
    console.error(`${runtime} no display here; serving the window to a browser instead.`)
    return undefined
  }
  if (isRoot()) {
    console.error('The desktop runtime (Electron) does not run its sandbox as root; using a browser instead.')
    return undefined
  }
  const runtime = found ?? (await fetchElectron(packageDir))
  if (runtime === undefined) {
    console.error('The desktop runtime (Electron) is absent and could not be fetched; using a browser instead.')
  }
  return runtime
}

/** @returns the exit code, or undefined when the desktop never came up */
async function runDesktop(executable: string, options: LaunchOptions): Promise<number | undefined> {
  const startedAt = performance.now()
  const child = spawn(executable, [repositoryDir, ...options.shared], { stdio: 'inherit' })
  const failed = new Promise<[null, string]>((resolve) => child.once('error', () => resolve([null, 'error'])))
  // A terminal sends Ctrl-C to the window as well, and a second signal would cut its shutdown short.
  onStopRequest((signal) => signal === 'SIGINT' || child.kill('SIGTERM'))
  const [code, signal] = await Promise.race([once(child, 'exit'), failed])
  if (code === 0 || code === OWN_REFUSAL || signal === 'SIGINT' || signal === 'SIGTERM') return code ?? 0
  return performance.now() - startedAt < FAILED_START_MS ? undefined : (code ?? 1)
}

async function runInBrowser(options: LaunchOptions): Promise<number> {
  const port = options.port === undefined ? [] : ['--port', options.port]
  const host = await startHostProcess(inRepository('out', 'main', 'cli.js'), [...port, ...options.shared]).catch(
    (error: unknown) => {
      if (error instanceof HostEnded) return error
      throw error
    },
  )
  if (host instanceof HostEnded) return host.exitCode
  onStopRequest(() => stopHost(host.process))
  const hostEnds = once(host.process, 'exit')
  const browser = browserToOpen(options)
  if (browser === undefined) {
    printLink(host.startLink)
    return exitCodeOf(await hostEnds)
  }
  const window = openAppBrowser(browser, host.startLink)
  console.error(`CardioNets is open in ${browser.name}; close its window, or press Ctrl-C here, to end it.`)
  await Promise.race([once(window.process, 'exit').catch(() => undefined), hostEnds])
  window.close()
  stopHost(host.process)
  return exitCodeOf(await hostEnds)
}

/** The browser to open, or undefined after one line that says why none is. */
function browserToOpen(options: LaunchOptions): ReturnType<typeof findBrowser> {
  if (!options.open || !hasDisplay()) return undefined
  if (isRoot()) {
    console.error('A browser does not run its sandbox as root, so none is opened.')
    return undefined
  }
  const browser = findBrowser()
  if (!browser) console.error('Found no Chromium, Chrome or Edge to open; CARDIONETS_BROWSER can name one.')
  return browser
}

function printLink(startLink: string): void {
  console.log(`Open this link in a browser on this computer (it works once; Ctrl-C ends):\n${startLink}`)
}

function onStopRequest(stop: (signal: NodeJS.Signals) => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
}

/** The host ends in good order when its channel closes, which unlike a signal works on every system. */
function stopHost(host: ChildProcess): void {
  if (host.connected) host.disconnect()
}

/** Ending by Ctrl-C or by closing the window is a normal end. */
function exitCodeOf([code, signal]: unknown[]): number {
  return signal === null ? Number(code) : 0
}
