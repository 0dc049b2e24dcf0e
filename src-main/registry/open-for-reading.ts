import { join } from 'node:path'
import { openEncrypted, type ReadableDb } from './database.ts'
import { deriveKey } from './keys.ts'
import { refuseNewer } from './migrate.ts'
import { migrations } from './migrations/index.ts'

export const DATABASE_FILE = 'registry.db'

/**
 * A second handle of a registry, or of a backup's copy, that cannot write.
 *
 * @throws AppError `registry/schema-newer`, `registry/damaged`
 */
export function openForReading(directory: string, dataKey: Buffer): ReadableDb {
  const key = deriveKey(dataKey, 'database')
  try {
    const db = openEncrypted(join(directory, DATABASE_FILE), key, { readonly: true })
    try {
      refuseNewer(db, migrations)
    } catch (error) {
      db.close()
      throw error
    }
    return db
  } finally {
    key.fill(0)
  }
}
