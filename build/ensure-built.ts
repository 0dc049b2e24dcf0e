import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inRepository, repositoryDir } from './repository.ts'
import { isStale, sourceState, stampPath } from './source-state.ts'
import { withLock } from './with-lock.ts'

/**
 * Builds `out` if it is missing or older than the sources. What there is to say goes to stderr: stdout belongs to the
 * command that was asked for.
 *
 * @throws BuildFailed when the build fails; its messages have been printed
 */
export async function ensureBuilt({ always = false } = {}): Promise<void> {
  if (!always && !isStale(repositoryDir)) return
  mkdirSync(inRepository('build', 'cache'), { recursive: true })
  await withLock(inRepository('build', 'cache', 'build.lock'), async () => {
    // Another start may have built while this one waited.
    if (always || isStale(repositoryDir)) await build()
  })
}

export class BuildFailed extends Error {
  override readonly name = 'BuildFailed'
  override readonly message = 'The build failed; the reason stands above.'
}

async function build(): Promise<void> {
  console.error('Building CardioNets Desktop …')
  const state = sourceState(repositoryDir)
  const stamp = stampPath(repositoryDir)
  // Without its stamp a build that is cut off counts as missing.
  rmSync(stamp, { force: true })
  const bundler = join('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const child = spawn(process.execPath, [bundler, 'build', '--logLevel', 'warn'], {
    cwd: repositoryDir,
    stdio: ['ignore', 2, 2],
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new BuildFailed()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, state + '\n')
}
