import { AppError } from '../../src-preload/contract/errors.ts'
import type { ReadableDb, WritableDb } from './database.ts'

/** One numbered step of the schema. Never edited after a release: a correction is a further step. */
export type Migration = (db: WritableDb) => void

/** The schema of the file: the number of the last step it went through. */
export function schemaVersion(db: ReadableDb): number {
  return db.pragma('user_version', { simple: true }) as number
}

/**
 * Brings a file to the newest schema, one transaction a step: a kill leaves it before or after a step, never between.
 *
 * @param upTo  stops earlier; tests make files of older versions with it
 * @throws AppError `registry/schema-newer`; the file is not touched then
 */
export function migrate(db: WritableDb, migrations: readonly Migration[], upTo = migrations.length): void {
  refuseNewer(db, migrations)
  for (let version = schemaVersion(db); version < upTo; version += 1) {
    db.transaction(() => {
      migrations[version]!(db)
      db.pragma(`user_version = ${version + 1}`)
    }).immediate()
  }
}

export function refuseNewer(db: ReadableDb, migrations: readonly Migration[]): void {
  const found = schemaVersion(db)
  if (found <= migrations.length) return
  throw new AppError(
    'registry/schema-newer',
    `The registry was written by a newer version (schema ${found}, this version reads ${migrations.length}). ` +
      'Start that version. Nothing was changed.',
  )
}
