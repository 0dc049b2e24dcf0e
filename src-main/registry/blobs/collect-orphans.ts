import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ReadableDb } from '../database.ts'
import type { Actor, Registry } from '../registry.ts'

/** A blob may wait this long for the row that names it: an import that a person answers questions about takes its time. */
const GRACE_MS = 86_400_000

export interface Collected {
  /** Rows of blobs that nothing names any more. */
  readonly rows: number
  /** Files that no row speaks of. */
  readonly files: number
}

/**
 * Removes blobs that nothing names: what was detached, and what a kill left between blob and row. A blob that is wanted
 * again is touched when it is put, so a young file is never taken, whatever its row will say. Must not run while a
 * backup or an export copies blobs of an earlier moment.
 */
export function collectOrphans(registry: Registry, by: Actor): Collected {
  const unnamed = unnamedRows(registry.db)
  if (unnamed.length > 0) {
    registry.change(by, (change) => {
      const remove = change.db.prepare('DELETE FROM blob WHERE id = ?')
      for (const id of unnamed) remove.run(id)
      change.audit({ action: 'blob:collect', kind: 'blob', id: null, after: { rows: unnamed.length } })
    })
  }
  return { rows: unnamed.length, files: removeFiles(registry) }
}

/** Every column that refers to a blob is asked, so a new table cannot be forgotten. */
function unnamedRows(db: ReadableDb): string[] {
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all() as { name: string }[]
  const naming = tables.flatMap(({ name }) =>
    (db.pragma(`foreign_key_list(${name})`) as { table: string; from: string }[])
      .filter(({ table }) => table === 'blob')
      .map(({ from }) => `SELECT ${from} FROM ${name} WHERE ${from} IS NOT NULL`),
  )
  const rows = db.prepare(`SELECT id FROM blob EXCEPT ${naming.join(' EXCEPT ')}`).all() as { id: string }[]
  return rows.map(({ id }) => id)
}

/** Looks and removes in one go for each file, so that nothing can be put in between. */
function removeFiles({ blobs, db, environment }: Registry): number {
  if (!existsSync(blobs.directory)) return 0
  const known = db.prepare('SELECT 1 FROM blob WHERE id = ?')
  const old = environment.now().utcMs - GRACE_MS
  let removed = 0
  for (const group of readdirSync(blobs.directory)) {
    for (const name of readdirSync(join(blobs.directory, group))) {
      const path = join(blobs.directory, group, name)
      if (known.get(name) !== undefined || statSync(path).mtimeMs > old) continue
      rmSync(path)
      removed += 1
    }
  }
  return removed
}
