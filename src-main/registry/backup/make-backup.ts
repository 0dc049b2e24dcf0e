import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../../app/make-folder.ts'
import type { KeyWrap } from '../access/access-store.ts'
import { signHead } from '../audit/head.ts'
import { BlobStore, sealedSize } from '../blobs/blob-store.ts'
import { syncDirectory, syncFile, writeDurably } from '../blobs/write-durably.ts'
import { makePrivateFile, type ReadableDb } from '../database.ts'
import type { Moment } from '../environment.ts'
import { schemaVersion } from '../migrate.ts'
import { DATABASE_FILE, openForReading } from '../open-for-reading.ts'
import { withStorageErrors } from '../storage-errors.ts'
import { requireSound } from './prove-backup.ts'
import { backupName, BLOB_FOLDER, MANIFEST_FILE, toManifestWrap, type BackupManifest } from './manifest.ts'

export interface BackupOrder {
  /** `WORKSPACE/registry` */
  readonly registryDirectory: string
  readonly dataKey: Buffer
  readonly recoveryWrap: KeyWrap
  /** The folder that holds all backups. */
  readonly folder: string
  readonly now: Moment
  /** Leaves out blobs that the registry has lost, for there is nothing to save of them. */
  readonly withoutLost?: boolean
}

/** How far a backup, or the check of one, has come: the copy of the registry, then the files beside it. */
export interface BackupProgress {
  readonly step: 'registry' | 'files'
  readonly done: number
  readonly of: number
}
export type TellProgress = (progress: BackupProgress) => void

export interface BackupReport {
  readonly directory: string
  readonly madeAt: string
  readonly bytes: number
  readonly blobs: number
  /** Entries of the audit trail that the backup holds. */
  readonly entries: number
}

/**
 * Makes one backup and proves it: a copy of the database as of one moment, encrypted like the original, opened and
 * checked; the blobs that it names, each new one decrypted from where it was written. The manifest comes last, so a
 * backup that was cut off is none.
 *
 * @throws AppError `backup/…`, `registry/disk-full`, `registry/read-only`
 */
export function makeBackup(order: BackupOrder, tell: TellProgress = () => undefined): BackupReport {
  const madeAt = new Date(order.now.utcMs).toISOString()
  const directory = join(order.folder, backupName(madeAt))
  return withStorageErrors(() => {
    makeFolder(order.folder, 0o700)
    makeFolder(directory, 0o700)
    try {
      return fill(order, directory, madeAt, tell)
    } catch (error) {
      rmSync(directory, { recursive: true, force: true })
      throw error
    }
  })
}

function fill(order: BackupOrder, directory: string, madeAt: string, tell: TellProgress): BackupReport {
  const copyPath = join(directory, DATABASE_FILE)
  tell({ step: 'registry', done: 0, of: 1 })
  makePrivateFile(copyPath)
  const source = openForReading(order.registryDirectory, order.dataKey)
  try {
    source.prepare('VACUUM INTO ?').run(copyPath)
  } finally {
    source.close()
  }
  syncFile(copyPath)
  const copy = openForReading(directory, order.dataKey)
  try {
    requireSound(copy)
    const blobs = copyBlobs(order, copy, tell)
    const head = signHead(copy, order.now)
    const manifest: BackupManifest = {
      format: 'cardionets-backup/1',
      madeAt,
      schema: schemaVersion(copy),
      head,
      recovery: toManifestWrap(order.recoveryWrap),
      blobs,
    }
    writeDurably(join(directory, MANIFEST_FILE), Buffer.from(JSON.stringify(manifest)))
    syncDirectory(order.folder)
    const bytes = statSync(copyPath).size
    return { directory, madeAt, bytes, blobs: blobs.length, entries: head.entries }
  } finally {
    copy.close()
  }
}

/** @returns names and sizes of all blobs that the copy names */
function copyBlobs(order: BackupOrder, copy: ReadableDb, tell: TellProgress): BackupManifest['blobs'] {
  const from = new BlobStore(join(order.registryDirectory, 'blobs'), order.dataKey)
  const to = new BlobStore(join(order.folder, BLOB_FOLDER), order.dataKey)
  const named = copy.prepare('SELECT id, byte_count AS bytes FROM blob ORDER BY id').all() as {
    id: string
    bytes: number
  }[]
  const copied = named.filter(({ id, bytes }, index) => {
    if (index % 16 === 0) tell({ step: 'files', done: index, of: named.length })
    const target = to.pathOf(id)
    if (existsSync(target) && statSync(target).size === sealedSize(bytes)) return true
    if (order.withoutLost && !existsSync(from.pathOf(id))) return false
    writeDurably(target, from.getSealed(id))
    // Read back from where it was written: a blob that the registry lost is told now, not on the day of the fire.
    to.get(id)
    return true
  })
  from.close()
  to.close()
  return copied.map(({ id, bytes }) => [id, bytes])
}
