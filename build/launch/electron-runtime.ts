import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** How long a start waits for the runtime's download. */
const FETCH_LIMIT_MS = 10_000

/**
 * The Electron executable, if its runtime is on this computer.
 *
 * The npm package holds no runtime: its own installer fetches it into `dist` and then writes `path.txt`.
 * `ELECTRON_OVERRIDE_DIST_PATH` names another folder, as for the package itself.
 */
export function findElectron(packageDir: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH']
  const pathFile = join(packageDir, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : override && 'electron'
  if (!name) return undefined
  const executable = join(override ?? join(packageDir, 'dist'), name)
  return existsSync(executable) ? executable : undefined
}

/**
 * Lets the package's own installer fetch the runtime.
 *
 * @returns the executable, or undefined when it failed or takes longer than ten seconds; in that case it goes on until
 *   this process ends, so that a slow line has the runtime at the next start
 */
export async function fetchElectron(packageDir: string, limitMs = FETCH_LIMIT_MS): Promise<string | undefined> {
  const installer = spawn(process.execPath, [join(packageDir, 'install.js')], { stdio: 'ignore' })
  endWithThisProcess(installer)
  await Promise.race([once(installer, 'exit'), pause(limitMs, undefined, { ref: false })])
  installer.unref()
  return installer.exitCode === 0 ? findElectron(packageDir) : undefined
}

function endWithThisProcess(child: ChildProcess): void {
  process.once('exit', () => child.kill())
}
