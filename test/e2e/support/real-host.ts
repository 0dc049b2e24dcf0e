import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RealHost {
  /** Works once. */
  startLink: string
  /** The workspace goes, too, unless it was named. */
  close(): Promise<void>
  /** As a power failure ends it: host, inference and reading children at once. */
  kill(): Promise<void>
}

const root = join(import.meta.dirname, '../../..')

/**
 * Starts `cardionets serve` as a user would, with a workspace of its own unless one is named; it builds itself where that
 * is needed.
 */
export async function startRealHost(named?: string): Promise<RealHost> {
  const workspace = named ?? mkdtempSync(join(tmpdir(), 'cardionets-e2e-'))
  const child = spawn(process.execPath, [join(root, 'build/cardionets.ts'), 'serve', '--workspace', workspace], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that ending it ends what it started.
    detached: true,
  })
  let output = ''
  const startLink = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const link = output.match(/http:\/\/127\.0\.0\.1:\d+\/start\?token=[\w-]+/)
      if (link) resolve(link[0])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => reject(new Error(`cardionets serve ended with ${code}: ${output}`)))
  })
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    process.kill(-child.pid!, signal)
    await ended
  }
  return {
    startLink,
    async close() {
      await end('SIGTERM')
      if (named === undefined) rmSync(workspace, { recursive: true, force: true })
    },
    kill: () => end('SIGKILL'),
  }
}
