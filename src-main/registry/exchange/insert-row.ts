import { AppError } from '../../../src-preload/contract/errors.ts'
import type { StoredBlob } from '../blobs/blob-store.ts'
import { statement, type WritableDb } from '../database.ts'
import { recordBlobs } from '../tables/recordings.ts'
import type { Row, Traveller } from './packet.ts'
import { tableShape } from './table-shape.ts'

/** What the names in foreign rows mean here. */
export interface Meaning {
  /** Contents that came along and are on the disk already. */
  readonly blobs: ReadonlyMap<string, StoredBlob>
  /** Patients and recordings that have another id here. */
  readonly ids: ReadonlyMap<string, string>
}

/**
 * Stores a row of another workspace as it is, with ids, times and people as they were there.
 *
 * @throws AppError `exchange/content-missing`
 */
export function insertRow(db: WritableDb, table: string, row: Row, meaning: Meaning, atMs: number): void {
  const shape = tableShape(db, table)
  const columns = shape.columns.filter((column) => column in row)
  const values = columns.map((column) => {
    const value = row[column] ?? null
    if (value === null) return null
    if (shape.blobs.has(column)) return storedBlob(db, String(value), meaning, atMs)
    if (column === 'id' || shape.owners.has(column)) return meaning.ids.get(String(value)) ?? value
    return value
  })
  statement(db, `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(
    values,
  )
}

function storedBlob(db: WritableDb, sha256: string, { blobs }: Meaning, atMs: number): string {
  const blob = blobs.get(sha256)
  if (!blob) {
    throw new AppError(
      'exchange/content-missing',
      'A row names a file that did not come with it. Nothing was taken over.',
    )
  }
  recordBlobs(db, atMs, [blob])
  return blob.id
}

/** People whom foreign rows speak of: names without an account. Whoever is known already stays as known. */
export function insertTravellers(db: WritableDb, people: readonly Traveller[], atMs: number): void {
  const insert = statement(
    db,
    `INSERT OR IGNORE INTO person (id, login_name, display_name, roles_json, created_ms, revoked_ms, workspace)
     VALUES (@id, @login, @name, '[]', @atMs, @atMs, @workspace)`,
  )
  for (const { id, displayName, workspace } of people) {
    insert.run({ id, login: `${id}@${workspace}`, name: displayName, atMs, workspace })
  }
}
