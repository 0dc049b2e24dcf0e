import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { makeFolder } from '../../app/make-folder.ts'
import { markRegistry } from '../../app/workspace.ts'
import { KeyCabinet } from '../access/key-cabinet.ts'
import { unwrapDataKey } from '../access/key-wraps.ts'
import { PRESENT_PARAMETERS } from '../access/password-key.ts'
import { readRecoveryCode } from '../access/recovery-code.ts'
import { BlobStore } from '../blobs/blob-store.ts'
import { syncDirectory, syncFile, writeDurably } from '../blobs/write-durably.ts'
import { systemEnvironment, type RegistryEnvironment } from '../environment.ts'
import { DATABASE_FILE, openForReading } from '../open-for-reading.ts'
import { withStorageErrors } from '../storage-errors.ts'
import { BLOB_FOLDER, readBackup, toKeyWrap } from './manifest.ts'
import { requireSound, requireWholeTrail } from './prove-backup.ts'

export interface RestoreOrder {
  /** A folder `cardionets-backup-…`. */
  readonly backup: string
  /** `WORKSPACE/registry` of a workspace that has none. */
  readonly registryDirectory: string
  readonly recoveryCode: string
  readonly environment?: RegistryEnvironment
}

export interface RestoreReport {
  readonly madeAt: string
  readonly patients: number
  readonly recordings: number
  readonly screenings: number
  readonly entries: number
}

/**
 * Puts a backup where there is no registry yet. Everything is proved before it is taken over: the copy, the audit trail
 * up to the backup's signed head, and every blob. Somebody then recovers access with the same code.
 *
 * @throws AppError `backup/not-a-backup`, `backup/not-empty`, `backup/not-sound`, `access/refused`, `registry/blob-…`
 */
export async function restoreBackup(order: RestoreOrder): Promise<RestoreReport> {
  const { registryDirectory } = order
  if (existsSync(registryDirectory) && readdirSync(registryDirectory).length > 0) {
    throw new AppError('backup/not-empty', 'This workspace has a registry. Restore into a new, empty workspace.')
  }
  const { directory, manifest } = readBackup(order.backup)
  const wrap = toKeyWrap(manifest.recovery)
  const dataKey = await unwrapDataKey(wrap, readRecoveryCode(order.recoveryCode))
  if (dataKey === null) {
    throw new AppError('access/refused', 'This is not the recovery code that was valid when the backup was made.')
  }
  const copy = openForReading(directory, dataKey)
  try {
    requireSound(copy)
    const { entries } = requireWholeTrail(copy, manifest.head)
    const count = (table: string): number =>
      (copy.prepare(`SELECT count(*) AS count FROM ${table}`).get() as { count: number }).count
    withStorageErrors(() => takeOver(directory, registryDirectory, dataKey, manifest.blobs))
    const cabinet = new KeyCabinet(registryDirectory, order.environment ?? systemEnvironment, PRESENT_PARAMETERS)
    cabinet.keepWrap(wrap)
    cabinet.close()
    return {
      madeAt: manifest.madeAt,
      patients: count('patient'),
      recordings: count('recording'),
      screenings: count('screening'),
      entries,
    }
  } finally {
    copy.close()
    dataKey.fill(0)
  }
}

function takeOver(
  directory: string,
  registryDirectory: string,
  dataKey: Buffer,
  blobs: readonly (readonly [string, number])[],
): void {
  markRegistry(dirname(registryDirectory))
  makeFolder(registryDirectory, 0o700)
  const from = new BlobStore(join(dirname(directory), BLOB_FOLDER), dataKey)
  const to = new BlobStore(join(registryDirectory, 'blobs'), dataKey)
  for (const [id] of blobs) {
    from.get(id)
    writeDurably(to.pathOf(id), from.getSealed(id))
  }
  from.close()
  to.close()
  const path = join(registryDirectory, DATABASE_FILE)
  copyFileSync(join(directory, DATABASE_FILE), path)
  syncFile(path)
  syncDirectory(registryDirectory)
}
