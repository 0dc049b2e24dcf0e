import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '../find-browser.ts'

/**
 * The arguments of an application window: a profile of its own, so that neither the user's extensions nor an open
 * browser has a part in it, and no service of the browser that would call out. Without name resolution none could.
 */
export function appWindowArguments(link: string, profileDir: string): string[] {
  return [
    `--app=${link}`,
    `--user-data-dir=${profileDir}`,
    '--window-size=1440,900',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-client-side-phishing-detection',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-breakpad',
    '--disable-sync',
    '--disable-quic',
    '--metrics-recording-only',
    '--no-pings',
    '--password-store=basic',
    '--disable-features=MediaRouter,OptimizationHints,Translate,AutofillServerCommunication',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ]
}

export interface AppBrowser {
  readonly process: ChildProcess
  /** Ends the browser if it still runs, and removes its profile. */
  close(): void
}

/** Opens the window in an installed browser, with a profile that is removed when it is closed. */
export function openAppBrowser(browser: Browser, link: string): AppBrowser {
  const profileDir = mkdtempSync(join(profileParent(browser), 'cardionets-browser-'))
  const child = spawn(browser.path, appWindowArguments(link, profileDir), { stdio: 'ignore' })
  // Reported by its exit as well; an unhandled error event would end the host.
  child.on('error', () => undefined)
  return {
    process: child,
    close() {
      child.kill()
      rmSync(profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}

/** A snap sees neither the system's temporary folder nor hidden folders, only its own. */
function profileParent(browser: Browser): string {
  const isSnap =
    browser.path.startsWith('/snap/') || (/chromium/.test(browser.path) && existsSync('/snap/bin/chromium'))
  if (!isSnap) return tmpdir()
  const parent = join(homedir(), 'snap', 'chromium', 'common')
  mkdirSync(parent, { recursive: true })
  return parent
}
