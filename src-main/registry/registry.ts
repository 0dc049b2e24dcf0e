import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../src-preload/contract/errors.ts'
import { makeFolder } from '../app/make-folder.ts'
import { appendAudit, auditEnd, type AuditEnd } from './audit/append.ts'
import type { AuditNote } from './audit/entry.ts'
import { BlobStore } from './blobs/blob-store.ts'
import { openEncrypted, type ReadableDb, type WritableDb } from './database.ts'
import { newIdentifier, systemEnvironment, type Moment, type RegistryEnvironment } from './environment.ts'
import { deriveKey } from './keys.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import { DATABASE_FILE, openForReading } from './open-for-reading.ts'
import { withStorageErrors } from './storage-errors.ts'

const missing = (): AppError =>
  new AppError(
    'registry/missing',
    'The registry file of this workspace is gone, though somebody could sign in to it. Nothing was made in its place. ' +
      'Connect the disk that it lies on, or restore the newest good backup into a new workspace.',
  )

/** Who does something: a person, or the application itself (`id` null). */
export interface Actor {
  readonly id: string | null
  readonly name: string
}

/** What happens without anybody asking: migrations, scheduled backups, a watched folder. */
export const APPLICATION: Actor = { id: null, name: 'CardioNets' }

/** One transaction under way. Functions that change something take it first. */
export interface Change {
  readonly db: WritableDb
  readonly by: Actor
  /** The moment of this change: every row and audit entry of it has the same. */
  readonly at: Moment
  newId(): string
  /** Adds to the audit trail, in this transaction. A change that never does is refused. */
  audit(note: AuditNote): void
}

export interface RegistryOptions {
  /** `WORKSPACE/registry` */
  readonly directory: string
  readonly dataKey: Buffer
  /** Where the blobs lie, unless it is below `directory`. */
  readonly blobDirectory?: string
  /** Changes are refused; what says only who looked is written to a copy that nobody keeps. */
  readonly viewOnly?: boolean
  /** Refuses a registry that is not there instead of making an empty one. */
  readonly mustExist?: boolean
  readonly environment?: RegistryEnvironment
}

/** Who looked and who came: what a registry that can only be read need not refuse. */
const isTrace = ({ action }: AuditNote): boolean => action === 'patient:view' || /^(session|access):/.test(action)

const viewing = (): AppError =>
  new AppError(
    'registry/read-only',
    'The disk of this workspace can only be read, so nothing can be entered or changed. Check the permissions of its ' +
      'folder, or whether the disk is write-protected, and start again.',
  )

/** The open registry of one workspace: encrypted database, encrypted blobs, audit trail. */
export class Registry {
  readonly directory: string
  readonly blobs: BlobStore
  readonly environment: RegistryEnvironment
  readonly #db: WritableDb
  readonly #viewOnly: boolean
  readonly #listeners = new Set<() => void>()

  private constructor(db: WritableDb, blobs: BlobStore, { directory, environment, viewOnly }: RegistryOptions) {
    this.#viewOnly = viewOnly ?? false
    this.#db = db
    this.blobs = blobs
    this.directory = directory
    this.environment = environment ?? systemEnvironment
  }

  /**
   * Opens the registry of a workspace, brings it to the newest schema, or makes it.
   *
   * @throws AppError `registry/schema-newer`, `registry/damaged`, `registry/missing`, `registry/disk-full`,
   *   `registry/read-only`
   */
  static open(options: RegistryOptions): Registry {
    const path = join(options.directory, DATABASE_FILE)
    const key = deriveKey(options.dataKey, 'database')
    try {
      // A file of a newer version is refused before anything could write to it.
      if (existsSync(path)) openForReading(options.directory, options.dataKey).close()
      else if (options.mustExist) throw missing()
      withStorageErrors(() => makeFolder(options.directory, 0o700))
      const db = openEncrypted(path, key)
      try {
        withStorageErrors(() => migrate(db, migrations))
        return new Registry(
          db,
          new BlobStore(options.blobDirectory ?? join(options.directory, 'blobs'), options.dataKey),
          options,
        )
      } catch (error) {
        db.close()
        throw error
      }
    } finally {
      key.fill(0)
    }
  }

  /** For queries. Never write with it: a change without an audit entry must not exist. */
  get db(): ReadableDb {
    return this.#db
  }

  /**
   * Runs one change: all of it with its audit entries is on the disk when this returns, or nothing of it.
   *
   * @throws AppError `registry/disk-full`, `registry/read-only`, `registry/disk-error`, and what `work` throws
   */
  change<T>(by: Actor, work: (change: Change) => T): T {
    const { environment } = this
    const at = environment.now()
    const db = this.#db
    const result = withStorageErrors(() =>
      db
        .transaction(() => {
          let end: AuditEnd = auditEnd(db)
          const before = end.entries
          const done = work({
            db,
            by,
            at,
            newId: () => newIdentifier(environment, at.utcMs),
            audit: (note) => {
              if (this.#viewOnly && !isTrace(note)) throw viewing()
              end = appendAudit(db, end, note, by, at)
            },
          })
          if (end.entries === before) throw new Error('a change without an audit entry')
          return done
        })
        .immediate(),
    )
    for (const listener of this.#listeners) listener()
    return result
  }

  /**
   * Keeps what somebody has half done, which decides nothing: on the disk when this returns, without an entry of the
   * trail. What begins and what ends it are changes.
   *
   * @throws AppError as `change`
   */
  keep(work: (db: WritableDb) => void): void {
    const db = this.#db
    withStorageErrors(() => db.transaction(() => work(db)).immediate())
  }

  /** Called after each commit. @returns how to stop it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  close(): void {
    this.#listeners.clear()
    this.blobs.close()
    this.#db.close()
  }
}
