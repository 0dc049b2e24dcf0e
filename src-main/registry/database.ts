import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import Sqlite from 'better-sqlite3-multiple-ciphers'
import { AppError } from '../../src-preload/contract/errors.ts'
import { damaged, toStorageError } from './storage-errors.ts'

declare const writable: unique symbol
/** A handle that queries may read from. */
export type ReadableDb = Sqlite.Database
/** A handle inside a change: only `Registry.change` hands one out. */
export type WritableDb = Sqlite.Database & { readonly [writable]?: true }

/** "CNRg", so that a file says whose it is even after its name is lost. */
const APPLICATION_ID = 0x434e5267
const PLAINTEXT_HEADER = 'SQLite format 3\0'

/** How long another connection of this very process (a backup, a search) is waited for. */
const BUSY_TIMEOUT_MS = 5000

/**
 * Opens an encrypted database, or makes it. ChaCha20 with a Poly1305 tag on every page: a flipped bit is an error and
 * never another value. The settings on which durability rests are read back, not believed.
 *
 * @param key 256-bit data key of this file; not kept
 * @throws AppError `registry/damaged` (also for a wrong key), `registry/disk-full`, `registry/read-only`, …
 */
export function openEncrypted(path: string, key: Buffer, options: { readonly?: boolean } = {}): Sqlite.Database {
  const readonly = options.readonly ?? false
  let db: Sqlite.Database | undefined
  try {
    if (!readonly) makePrivateFile(path)
    db = new Sqlite(path, { readonly, fileMustExist: readonly, timeout: BUSY_TIMEOUT_MS })
    unlock(db, key)
    if (!readonly) prepare(db)
    check(db, path, readonly)
    return db
  } catch (error) {
    db?.close()
    throw toStorageError(error)
  }
}

/** SQLite gives its companion files the permissions of the file itself. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
}

function unlock(db: Sqlite.Database, key: Buffer): void {
  db.pragma(`cipher = 'chacha20'`)
  const raw = rawKey(key)
  db.key(raw)
  raw.fill(0)
}

/** The spelling by which the cipher takes the 32 bytes themselves for the key instead of stretching a password. */
export function rawKey(key: Buffer): Buffer {
  if (key.length !== 32) throw new Error(`a data key has 32 bytes, this one ${key.length}`)
  return Buffer.concat([Buffer.from(`x'`), Buffer.from(key.toString('hex')), Buffer.from(`'`)])
}

function prepare(db: Sqlite.Database): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  // macOS: fsync alone leaves the data in the drive's cache.
  db.pragma('fullfsync = ON')
  db.pragma('checkpoint_fullfsync = ON')
  db.pragma('foreign_keys = ON')
  db.pragma('trusted_schema = OFF')
  // What a deleted row held is overwritten, not left in a free page.
  db.pragma('secure_delete = ON')
  db.pragma('temp_store = MEMORY')
  if (value(db, 'application_id') === 0) db.pragma(`application_id = ${APPLICATION_ID}`)
}

function check(db: Sqlite.Database, path: string, readonly: boolean): void {
  const expected: Record<string, unknown> = {
    application_id: APPLICATION_ID,
    ...(!readonly && { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, trusted_schema: 0 }),
  }
  for (const [setting, wanted] of Object.entries(expected)) {
    const found = value(db, setting)
    if (found === wanted) continue
    if (setting === 'application_id') throw damaged()
    throw new AppError(
      'registry/unsafe-setting',
      `The registry cannot be opened safely on this disk: ${setting} is ${String(found)}, not ${String(wanted)}. ` +
        'Move the workspace to a local disk.',
    )
  }
  if (isPlaintext(path)) {
    throw new AppError(
      'registry/not-encrypted',
      'The registry file is not encrypted, so it is not one that CardioNets wrote. Nothing was changed.',
    )
  }
}

function value(db: Sqlite.Database, setting: string): unknown {
  return db.pragma(setting, { simple: true })
}

/** Whether a file starts as an unencrypted database does. */
export function isPlaintext(path: string): boolean {
  if (!existsSync(path)) return false
  const head = Buffer.alloc(PLAINTEXT_HEADER.length)
  const file = openSync(path, 'r')
  try {
    readSync(file, head, 0, head.length, 0)
  } finally {
    closeSync(file)
  }
  return head.toString('latin1') === PLAINTEXT_HEADER
}

const statements = new WeakMap<Sqlite.Database, Map<string, Sqlite.Statement>>()

/** A prepared statement, compiled once for each handle. Rows come as objects of type `Row`. */
export function statement<Row = unknown>(db: ReadableDb, sql: string): Sqlite.Statement<unknown[], Row> {
  let known = statements.get(db)
  if (!known) statements.set(db, (known = new Map()))
  let prepared = known.get(sql)
  if (!prepared) known.set(sql, (prepared = db.prepare(sql)))
  return prepared as Sqlite.Statement<unknown[], Row>
}
