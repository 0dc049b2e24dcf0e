import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3-multiple-ciphers'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { makeFolder } from '../../app/make-folder.ts'
import { makePrivateFile, statement } from '../database.ts'
import { DATABASE_FILE } from '../open-for-reading.ts'
import { toStorageError, withStorageErrors } from '../storage-errors.ts'
import type { StretchParameters } from './password-key.ts'

/** The data key, sealed by a key that one password (or the recovery code) stands for. */
export interface KeyWrap {
  /** The person, or `recovery`. */
  readonly owner: string
  /** Hash of the sign-in name, so that the folder names nobody; null for the recovery code. */
  readonly nameHash: string | null
  readonly salt: Buffer
  readonly parameters: StretchParameters
  readonly sealedKey: Buffer
}

export const ACCESS_FILE = 'access.db'
/** Unknown names are counted, too, so that they behave like known ones; more than this many are not remembered. */
const MAX_COUNTED_NAMES = 10_000
/** Of opening, all within half a second. */
const ATTEMPTS = 5

/**
 * What must be readable before the registry can be: wrapped keys and counts of wrong passwords. Not encrypted, and it
 * names nobody. Whoever has this file open holds the workspace: SQLite's exclusive lock belongs to the operating
 * system, ends with the process however it ends, and never goes stale.
 */
export class AccessStore {
  readonly #db: Sqlite.Database

  private constructor(db: Sqlite.Database) {
    this.#db = db
  }

  /** @throws AppError `registry/keys-missing` where a registry lies without the keys that open it */
  static exists(directory: string): boolean {
    if (existsSync(join(directory, ACCESS_FILE))) return true
    if (!existsSync(join(directory, DATABASE_FILE))) return false
    throw new AppError(
      'registry/keys-missing',
      `The file with the wrapped keys of this registry (${ACCESS_FILE}) is gone, and nothing opens it without them. ` +
        'Nothing was changed. Put the file back, or restore the newest good backup into a new workspace.',
    )
  }

  /** @throws AppError `registry/in-use`, `registry/read-only`, `registry/damaged` */
  static open(directory: string): AccessStore {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return AccessStore.#openOnce(directory)
      } catch (error) {
        if (!isInUse(error) || attempt === ATTEMPTS) throw error
        // Two that start in the same instant each find the other's lock; both leave, and the shorter pause gets in.
        pause(20 + randomInt(80))
      }
    }
  }

  static #openOnce(directory: string): AccessStore {
    let db: Sqlite.Database | undefined
    try {
      makeFolder(directory, 0o700)
      const path = join(directory, ACCESS_FILE)
      makePrivateFile(path)
      db = new Sqlite(path, { timeout: 0 })
      db.pragma('locking_mode = EXCLUSIVE')
      db.pragma('journal_mode = DELETE')
      db.pragma('synchronous = EXTRA')
      db.pragma('fullfsync = ON')
      db.pragma('trusted_schema = OFF')
      db.exec(`BEGIN EXCLUSIVE;
        CREATE TABLE IF NOT EXISTS key_wrap (
          owner TEXT PRIMARY KEY, name_hash TEXT UNIQUE, salt BLOB NOT NULL,
          memory_kib INTEGER NOT NULL, passes INTEGER NOT NULL, parallelism INTEGER NOT NULL,
          sealed_key BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS failure (
          name_hash TEXT PRIMARY KEY, failures INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS failed_at (at_ms INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
        COMMIT;`)
      return new AccessStore(db)
    } catch (error) {
      db?.close()
      throw toStorageError(error)
    }
  }

  /** A random value of this workspace that is no key: it salts name hashes and stands in for unknown names' salts. */
  workspaceSalt(make: () => Buffer): Buffer {
    return withStorageErrors(() => {
      statement(this.#db, `INSERT OR IGNORE INTO secret (name, value) VALUES ('salt', ?)`).run(make())
      return statement<{ value: Buffer }>(this.#db, `SELECT value FROM secret WHERE name = 'salt'`).get()!.value
    })
  }

  wrapOf(by: { owner: string } | { nameHash: string }): KeyWrap | null {
    const [column, value] = 'owner' in by ? ['owner', by.owner] : ['name_hash', by.nameHash]
    const row = statement<WrapRow>(this.#db, `SELECT * FROM key_wrap WHERE ${column} = ?`).get(value)
    return row ? toWrap(row) : null
  }

  allWraps(): KeyWrap[] {
    return statement<WrapRow>(this.#db, 'SELECT * FROM key_wrap ORDER BY owner').all().map(toWrap)
  }

  putWrap(wrap: KeyWrap): void {
    const { owner, nameHash, salt, parameters, sealedKey } = wrap
    withStorageErrors(() =>
      statement(this.#db, 'INSERT OR REPLACE INTO key_wrap VALUES (?, ?, ?, ?, ?, ?, ?)').run(
        owner,
        nameHash,
        salt,
        parameters.memoryKiB,
        parameters.passes,
        parameters.parallelism,
        sealedKey,
      ),
    )
  }

  removeWrap(owner: string): void {
    withStorageErrors(() => statement(this.#db, 'DELETE FROM key_wrap WHERE owner = ?').run(owner))
  }

  failures(nameHash: string): number {
    const row = statement<{ failures: number }>(this.#db, 'SELECT failures FROM failure WHERE name_hash = ?')
    return row.get(nameHash)?.failures ?? 0
  }

  setFailures(nameHash: string, failures: number): void {
    withStorageErrors(() =>
      this.#db
        .transaction(() => {
          statement(this.#db, 'INSERT OR REPLACE INTO failure VALUES (?, ?)').run(nameHash, failures)
          statement(
            this.#db,
            `DELETE FROM failure WHERE name_hash IN (
               SELECT name_hash FROM failure WHERE name_hash NOT IN
                 (SELECT name_hash FROM key_wrap WHERE name_hash IS NOT NULL)
               ORDER BY rowid LIMIT max(0, (SELECT count(*) FROM failure) - ${MAX_COUNTED_NAMES}))`,
          ).run()
        })
        .immediate(),
    )
  }

  /** Kept until somebody signs in, for only then can the trail be written. */
  noteFailure(atMs: number): void {
    withStorageErrors(() => statement(this.#db, 'INSERT INTO failed_at VALUES (?)').run(atMs))
  }

  /** Failures since the last sign-in; forgotten by `forgetNotedFailures` once the trail has them. */
  notedFailures(): { count: number; firstMs: number; lastMs: number } | null {
    const noted = statement<{ count: number; firstMs: number; lastMs: number }>(
      this.#db,
      'SELECT count(*) AS count, min(at_ms) AS firstMs, max(at_ms) AS lastMs FROM failed_at',
    ).get()!
    return noted.count === 0 ? null : noted
  }

  forgetNotedFailures(): void {
    withStorageErrors(() => statement(this.#db, 'DELETE FROM failed_at').run())
  }

  close(): void {
    this.#db.close()
  }
}

interface WrapRow {
  owner: string
  name_hash: string | null
  salt: Buffer
  memory_kib: number
  passes: number
  parallelism: number
  sealed_key: Buffer
}

const toWrap = (row: WrapRow): KeyWrap => ({
  owner: row.owner,
  nameHash: row.name_hash,
  salt: row.salt,
  parameters: {
    algorithm: 'argon2id',
    memoryKiB: row.memory_kib,
    passes: row.passes,
    parallelism: row.parallelism,
  },
  sealedKey: row.sealed_key,
})

const isInUse = (error: unknown): boolean => error instanceof AppError && error.code === 'registry/in-use'

/** Opening is synchronous, and nothing else runs yet. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
