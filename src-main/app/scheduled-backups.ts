import type { WorkspaceAccess } from '../registry/access/workspace-access.ts'
import { isBackupDue } from '../registry/backup/run-backup.ts'
import { collectOrphans } from '../registry/blobs/collect-orphans.ts'
import { APPLICATION } from '../registry/registry.ts'
import type { Backups } from './backups.ts'

/** The first look comes after the window has settled, the next ones hourly while CardioNets runs. */
const FIRST_MS = 60_000
const EVERY_MS = 3_600_000

/**
 * Makes a backup whenever one is due while somebody is signed in. One that fails is tried again at the next look.
 *
 * @returns how to stop
 */
export function backUpOnSchedule(access: WorkspaceAccess, backups: Backups): () => void {
  const look = (): void => {
    if (access.viewOnly || access.describe().state !== 'open') return
    if (backups.running === null && isBackupDue(access)) void backups.makeUnasked().then(tidy)
  }
  /** What nobody names any more goes once the backup has what it needs, and while nothing copies blobs. */
  const tidy = (): void => {
    if (access.describe().state === 'open' && !access.isHeld) collectOrphans(access.registry(), APPLICATION)
  }
  const first = setTimeout(look, FIRST_MS).unref()
  const hourly = setInterval(look, EVERY_MS).unref()
  const ends = access.onChange(({ state }) => {
    if (state === 'open') first.refresh()
  })
  return () => {
    ends()
    clearTimeout(first)
    clearInterval(hourly)
  }
}
