import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyWrap } from '../access/access-store.ts'
import { schemaVersion } from '../migrate.ts'
import { migrations } from '../migrations/index.ts'
import { DATABASE_FILE, openForReading } from '../open-for-reading.ts'
import { makeBackup, type BackupOrder } from './make-backup.ts'

/**
 * Backs a registry up that the next opening would bring to a newer schema. Blobs that it has lost are left out: they
 * must not keep it from being opened.
 *
 * @param recoveryWrap  under which the backup can be opened
 * @returns the schema that was saved; null where nothing has to be migrated
 * @throws AppError what `makeBackup` throws; the registry must not be migrated then
 */
export function backUpBeforeMigration(
  order: Omit<BackupOrder, 'recoveryWrap'>,
  recoveryWrap: () => KeyWrap,
): number | null {
  if (!existsSync(join(order.registryDirectory, DATABASE_FILE))) return null
  const db = openForReading(order.registryDirectory, order.dataKey)
  const schema = schemaVersion(db)
  db.close()
  if (schema === 0 || schema === migrations.length) return null
  makeBackup({ ...order, recoveryWrap: recoveryWrap(), withoutLost: true })
  return schema
}
