import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../src-preload/contract/errors.ts'
import type { KeyWrap } from '../access/access-store.ts'
import { AuditHead } from '../audit/head.ts'

const Base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/)

/** What a backup says of itself, readable without a key. It names nobody. */
export const BackupManifest = z.strictObject({
  format: z.literal('cardionets-backup/1'),
  madeAt: z.iso.datetime(),
  schema: z.int().positive(),
  head: AuditHead,
  /** The data key under the printed code. */
  recovery: z.strictObject({
    salt: Base64,
    memoryKiB: z.int().positive(),
    passes: z.int().positive(),
    parallelism: z.int().positive(),
    sealedKey: Base64,
  }),
  /** Names and sizes of the blobs that the copy of the registry speaks of. */
  blobs: z.array(z.tuple([z.string().regex(/^[0-9a-f]{64}$/), z.int().min(0)])),
})
export type BackupManifest = z.infer<typeof BackupManifest>

export interface Backup {
  readonly directory: string
  readonly manifest: BackupManifest
}

/** Beside the registry, in its workspace, unless the site names another folder. */
export const DEFAULT_BACKUP_FOLDER = 'backups'
export const MANIFEST_FILE = 'manifest.json'
/** Blobs never change, so all backups of one folder share them. */
export const BLOB_FOLDER = 'blobs'
const NAME = /^cardionets-backup-[0-9TZ-]+$/

export function backupName(madeAt: string): string {
  return `cardionets-backup-${madeAt.replace(/[:.]/g, '-')}`
}

/** The backups of a folder, newest first; one that was cut off while it was made has no manifest and is left out. */
export function listBackups(folder: string): Backup[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => NAME.test(name) && existsSync(join(folder, name, MANIFEST_FILE)))
    .sort()
    .reverse()
    .flatMap((name) => {
      try {
        return [readBackup(join(folder, name))]
      } catch {
        return []
      }
    })
}

/** @throws AppError `backup/not-a-backup` */
export function readBackup(directory: string): Backup {
  try {
    const manifest = BackupManifest.parse(JSON.parse(readFileSync(join(directory, MANIFEST_FILE), 'utf8')))
    return { directory, manifest }
  } catch (cause) {
    throw new AppError(
      'backup/not-a-backup',
      `${directory} is no backup of CardioNets, or its manifest is damaged. Choose a folder cardionets-backup-….`,
      { cause },
    )
  }
}

export function toManifestWrap({ salt, parameters, sealedKey }: KeyWrap): BackupManifest['recovery'] {
  const { memoryKiB, passes, parallelism } = parameters
  return { salt: salt.toString('base64'), memoryKiB, passes, parallelism, sealedKey: sealedKey.toString('base64') }
}

export function toKeyWrap({ salt, sealedKey, ...parameters }: BackupManifest['recovery']): KeyWrap {
  return {
    owner: 'recovery',
    nameHash: null,
    salt: Buffer.from(salt, 'base64'),
    parameters: { algorithm: 'argon2id', ...parameters },
    sealedKey: Buffer.from(sealedKey, 'base64'),
  }
}
