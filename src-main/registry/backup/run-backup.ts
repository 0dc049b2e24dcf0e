import { join } from 'node:path'
import type { WorkspaceAccess } from '../access/workspace-access.ts'
import { readSiteSettings } from '../tables/site-settings.ts'
import { runInWorker } from '../worker/run-in-worker.ts'
import type { BackupOrder, BackupReport, TellProgress } from './make-backup.ts'
import { DEFAULT_BACKUP_FOLDER, listBackups } from './manifest.ts'

const DAY_MS = 86_400_000
/** The age at which the newest backup is no longer new enough. */
const EVERY_MS = { daily: DAY_MS, weekly: 7 * DAY_MS }

/** Where backups go: the folder that was set (a USB disk, a share), else one in the workspace. */
export function backupFolder(access: WorkspaceAccess): string {
  return readSiteSettings(access.registry().db).backupFolder ?? join(access.directory, '..', DEFAULT_BACKUP_FOLDER)
}

/** Whether the newest backup is older than the schedule allows, or from the future of a clock that was set back. */
export function isBackupDue(access: WorkspaceAccess): boolean {
  const { backupSchedule } = readSiteSettings(access.registry().db)
  if (backupSchedule === 'by-hand') return false
  const newest = listBackups(backupFolder(access))[0]
  const ageMs = newest ? access.environment.now().utcMs - Date.parse(newest.manifest.madeAt) : Infinity
  return ageMs >= EVERY_MS[backupSchedule] || ageMs < 0
}

/**
 * Makes a backup in a thread of its own and removes those that are no longer kept. The trail says that it was made.
 *
 * @throws AppError `backup/…`, `registry/disk-full`, `registry/read-only`
 */
export async function runBackup(
  access: WorkspaceAccess,
  tell?: TellProgress,
  folder = backupFolder(access),
): Promise<BackupReport> {
  const by = access.actor()
  const { registry, release } = access.holdOpen()
  try {
    const report = await runInWorker({ task: 'make-backup', ...backupOrder(access), folder }, tell)
    registry.change(by, (change) =>
      change.audit({
        action: 'backup:make',
        kind: 'registry',
        id: null,
        after: { madeAt: report.madeAt, entries: report.entries, blobs: report.blobs },
      }),
    )
    return report
  } finally {
    release()
  }
}

/** What a backup made now is made from, and where it goes. */
export function backupOrder(access: WorkspaceAccess): BackupOrder {
  return {
    registryDirectory: access.directory,
    dataKey: access.dataKey(),
    recoveryWrap: access.cabinet().recoveryWrap(),
    folder: backupFolder(access),
    now: access.environment.now(),
  }
}
