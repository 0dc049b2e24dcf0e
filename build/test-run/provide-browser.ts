import { existsSync, readFileSync } from 'node:fs'
import { findBrowser, type Browser } from '../find-browser.ts'
import { isRoot } from '../launch/display.ts'
import { runCommand } from './run-command.ts'

/**
 * The browser for the end-to-end tests: the installed one, else Debian's, which is installed where that is allowed.
 *
 * @returns undefined after one line that names the command to run
 */
export async function provideBrowser(): Promise<Browser | undefined> {
  const found = findBrowser()
  if (found) return found
  if (isDebian() && isRoot()) {
    console.error('Installing Chromium for the end-to-end tests …')
    const environment = { DEBIAN_FRONTEND: 'noninteractive' }
    await runCommand('apt-get', ['update', '-qq'], environment)
    await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], environment)
    const installed = findBrowser()
    if (installed) return installed
  }
  console.error(`The end-to-end tests need Chromium, Chrome or Edge. ${advice()}`)
  return undefined
}

function advice(): string {
  if (process.platform === 'linux' && isDebian()) return 'Run: sudo apt-get install --no-install-recommends chromium'
  if (process.platform === 'darwin') return 'Run: brew install --cask chromium'
  if (process.platform === 'win32') return 'Run: winget install Google.Chrome'
  return 'Install one, or name its executable in CARDIONETS_BROWSER.'
}

/** Debian itself: elsewhere (Ubuntu) the package of that name installs a snap, which does not run in a container. */
function isDebian(): boolean {
  const release = '/etc/os-release'
  return existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'))
}
