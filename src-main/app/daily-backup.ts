import { AppError } from '../../src-preload/contract/index.ts'
import type { WorkspaceAccess } from '../registry/access/workspace-access.ts'
import { isBackupDue, runBackup } from '../registry/backup/run-backup.ts'

/** The first look comes after the window has settled, the next ones hourly while CardioNets runs. */
const FIRST_MS = 60_000
const EVERY_MS = 3_600_000

/**
 * Makes a backup each day that somebody signs in. One that fails is tried again at the next look; the log says why.
 *
 * @returns how to stop
 */
export function backUpDaily(access: WorkspaceAccess, log: (line: string) => void): () => void {
  let running = false
  const look = async (): Promise<void> => {
    if (running || access.describe().state !== 'open') return
    running = true
    try {
      if (isBackupDue(access)) await runBackup(access)
    } catch (error) {
      log(`backup: ${error instanceof AppError ? error.code : 'failed'}`)
    } finally {
      running = false
    }
  }
  const first = setTimeout(() => void look(), FIRST_MS).unref()
  const hourly = setInterval(() => void look(), EVERY_MS).unref()
  const ends = access.onChange(({ state }) => {
    if (state === 'open') first.refresh()
  })
  return () => {
    ends()
    clearTimeout(first)
    clearInterval(hourly)
  }
}
