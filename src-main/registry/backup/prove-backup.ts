import { dirname, join } from 'node:path'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { AuditHead } from '../audit/head.ts'
import { verifyAudit } from '../audit/verify.ts'
import { BlobStore } from '../blobs/blob-store.ts'
import type { ReadableDb } from '../database.ts'
import { openForReading } from '../open-for-reading.ts'
import type { TellProgress } from './make-backup.ts'
import { BLOB_FOLDER, readBackup } from './manifest.ts'

export interface ProofOrder {
  /** A folder `cardionets-backup-…`. */
  readonly backup: string
  readonly dataKey: Buffer
}

export interface BackupProof {
  readonly entries: number
  readonly blobs: number
}

/**
 * Reads a whole backup back from where it lies: the copy of the registry, its audit trail up to the signed head, every
 * file beside it.
 *
 * @throws AppError `backup/not-a-backup`, `backup/not-sound`, `registry/damaged`, `registry/blob-…`
 */
export function proveBackup({ backup, dataKey }: ProofOrder, tell: TellProgress = () => undefined): BackupProof {
  const { directory, manifest } = readBackup(backup)
  tell({ step: 'registry', done: 0, of: 1 })
  const copy = openForReading(directory, dataKey)
  const blobs = new BlobStore(join(dirname(directory), BLOB_FOLDER), dataKey)
  try {
    requireSound(copy)
    const { entries } = requireWholeTrail(copy, manifest.head)
    for (const [index, [id]] of manifest.blobs.entries()) {
      if (index % 16 === 0) tell({ step: 'files', done: index, of: manifest.blobs.length })
      blobs.get(id)
    }
    return { entries, blobs: manifest.blobs.length }
  } finally {
    blobs.close()
    copy.close()
  }
}

/** @throws AppError `backup/not-sound` */
export function requireSound(copy: ReadableDb): void {
  const answer = copy.pragma('quick_check(1)', { simple: true })
  if (answer === 'ok') return
  throw new AppError('backup/not-sound', 'The copy of the registry is damaged. Check the disk and make another backup.')
}

/** @throws AppError `backup/not-sound` */
export function requireWholeTrail(copy: ReadableDb, head: AuditHead): { entries: number } {
  const verdict = verifyAudit(copy, [head])
  if (verdict.ok) return verdict
  throw new AppError(
    'backup/not-sound',
    `The audit trail of this backup is broken at entry ${verdict.firstBad!.index}. Choose another backup.`,
  )
}
