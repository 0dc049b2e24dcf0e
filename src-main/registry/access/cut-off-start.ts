import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { DATABASE_FILE } from '../open-for-reading.ts'

/**
 * Moves a registry aside that a first start began and a kill cut off before anybody had a key: nothing can open it, and
 * a new one needs its name. Nothing is deleted.
 */
export function setAside(directory: string, utcMs: number): void {
  for (const name of [DATABASE_FILE, `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`]) {
    const path = join(directory, name)
    if (existsSync(path)) renameSync(path, join(directory, `cut-off-${utcMs}-${name}`))
  }
}
