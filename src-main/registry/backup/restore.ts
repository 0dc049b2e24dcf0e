import { chmodSync, copyFileSync, existsSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { markRegistry } from '../../app/workspace.ts'
import { KeyCabinet } from '../access/key-cabinet.ts'
import { unwrapDataKey } from '../access/key-wraps.ts'
import { PRESENT_PARAMETERS } from '../access/password-key.ts'
import { readRecoveryCode } from '../access/recovery-code.ts'
import { BlobStore } from '../blobs/blob-store.ts'
import { syncDirectory, syncFile, writeDurably } from '../blobs/write-durably.ts'
import type { ReadableDb } from '../database.ts'
import { systemEnvironment, type RegistryEnvironment } from '../environment.ts'
import { DATABASE_FILE, openForReading } from '../open-for-reading.ts'
import { withStorageErrors } from '../storage-errors.ts'
import { comparableName } from '../tables/people.ts'
import { BLOB_FOLDER, readBackup, toKeyWrap, type Backup } from './manifest.ts'
import { requireSound, requireWholeTrail } from './prove-backup.ts'

export interface RestoreOrder {
  /** A folder `cardionets-backup-…`. */
  readonly backup: string
  /** `WORKSPACE/registry` of a workspace that has none. */
  readonly registryDirectory: string
  readonly recoveryCode: string
  /** Sign-in name of whoever is to recover access afterwards. */
  readonly person: string
  readonly environment?: RegistryEnvironment
}

export interface RestoreReport {
  readonly madeAt: string
  readonly patients: number
  readonly recordings: number
  readonly screenings: number
  readonly entries: number
}

/** Beside the place of the registry; what a kill left of a restore is cleared by the next one. */
const UNFINISHED = 'restoring'

/**
 * Puts a backup where there is no registry yet. Everything is proved before it is taken over: the copy, the audit trail
 * up to the backup's signed head, and every blob. It is put together under another name and appears at once, so that a
 * restore that fails or is cut off leaves the workspace as it was. The person then recovers access with the same code.
 *
 * @throws AppError `backup/not-a-backup`, `backup/not-empty`, `backup/not-sound`, `access/refused`, `person/unknown`,
 *   `registry/blob-…`
 */
export async function restoreBackup(order: RestoreOrder): Promise<RestoreReport> {
  const { registryDirectory, environment = systemEnvironment } = order
  if (existsSync(registryDirectory) && readdirSync(registryDirectory).length > 0) {
    throw new AppError('backup/not-empty', 'This workspace has a registry. Restore into a new, empty workspace.')
  }
  const backup = readBackup(order.backup)
  const { manifest } = backup
  const wrap = toKeyWrap(manifest.recovery)
  const dataKey = await unwrapDataKey(wrap, readRecoveryCode(order.recoveryCode))
  if (dataKey === null) {
    throw new AppError('access/refused', 'This is not the recovery code that was valid when the backup was made.')
  }
  const copy = openForReading(backup.directory, dataKey)
  try {
    requireSound(copy)
    const { entries } = requireWholeTrail(copy, manifest.head)
    requirePerson(copy, order.person)
    const unfinished = join(dirname(registryDirectory), UNFINISHED)
    const cabinet = new KeyCabinet(unfinished, environment, PRESENT_PARAMETERS)
    try {
      withStorageErrors(() => putTogether(backup, unfinished, dataKey))
      cabinet.keepWrap(wrap)
      cabinet.close()
      withStorageErrors(() => appear(unfinished, registryDirectory))
    } catch (error) {
      cabinet.close()
      rmSync(unfinished, { recursive: true, force: true })
      throw error
    }
    const count = (table: string): number =>
      (copy.prepare(`SELECT count(*) AS count FROM ${table}`).get() as { count: number }).count
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

/** Whoever has the code may know who is in the backup. */
function requirePerson(copy: ReadableDb, person: string): void {
  // The copy may be of an older schema; these columns have always been there.
  const found = copy.prepare('SELECT 1 FROM person WHERE login_name = ? AND revoked_ms IS NULL')
  if (found.get(comparableName(person))) return
  throw new AppError(
    'person/unknown',
    'Nobody of this name could sign in when the backup was made. Name somebody who could. Nothing was restored.',
  )
}

/** `unfinished` has its file of keys already, whose lock keeps a second restore away. */
function putTogether({ directory, manifest }: Backup, unfinished: string, dataKey: Buffer): void {
  const [path, blobs] = [join(unfinished, DATABASE_FILE), join(unfinished, 'blobs')]
  rmSync(path, { force: true })
  rmSync(blobs, { recursive: true, force: true })
  const from = new BlobStore(join(dirname(directory), BLOB_FOLDER), dataKey)
  const to = new BlobStore(blobs, dataKey)
  for (const [id] of manifest.blobs) {
    from.get(id)
    writeDurably(to.pathOf(id), from.getSealed(id))
  }
  from.close()
  to.close()
  copyFileSync(join(directory, DATABASE_FILE), path)
  chmodSync(path, 0o600)
  syncFile(path)
  syncDirectory(unfinished)
}

function appear(unfinished: string, registryDirectory: string): void {
  const workspace = dirname(registryDirectory)
  markRegistry(workspace)
  if (existsSync(registryDirectory)) rmdirSync(registryDirectory)
  renameSync(unfinished, registryDirectory)
  syncDirectory(workspace)
}
