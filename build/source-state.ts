import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Everything that decides what a build gives. */
const inputs = [
  'src-main',
  'src-preload',
  'src-renderer',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

/** Below `out`, so that it goes with what it describes. */
const STAMP = join('out', 'built-from.txt')

/**
 * A short text that changes whenever a source is edited, added, moved or removed.
 *
 * Names, sizes and times of change are read, not contents: some ten milliseconds instead of a hundred.
 */
export function sourceState(directory: string): string {
  const hash = createHash('sha256')
  const add = (path: string): void => {
    const status = statSync(join(directory, path), { throwIfNoEntry: false })
    if (status?.isDirectory()) {
      for (const name of readdirSync(join(directory, path)).sort()) add(`${path}/${name}`)
    } else {
      hash.update(`${path} ${status?.size} ${status?.mtimeMs}\n`)
    }
  }
  for (const input of inputs) add(input)
  return hash.digest('hex')
}

/** The state that `out` was built from; undefined where it is missing or its build did not finish. */
export function builtState(directory: string): string | undefined {
  try {
    return readFileSync(join(directory, STAMP), 'utf8').trim()
  } catch {
    return undefined
  }
}

export const stampPath = (directory: string): string => join(directory, STAMP)

/** Whether `out` is missing or older than the sources. */
export const isStale = (directory: string): boolean => builtState(directory) !== sourceState(directory)
