import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withStorageErrors } from '../storage-errors.ts'

/** Where a registry is opened: where it lies, or, on a disk that can only be read, a copy of it for looking. */
export interface RegistryPlace {
  /** Of the database and the wrapped keys. */
  readonly directory: string
  readonly blobs: string
  /** Nothing that is entered here would be kept. */
  readonly viewOnly: boolean
  /** Removes what was made only for looking. */
  leave(): void
}

export const ownPlace = (directory: string): RegistryPlace => ({
  directory,
  blobs: join(directory, 'blobs'),
  viewOnly: false,
  leave: () => undefined,
})

/** With the log of what was committed last, which only a writer could work into the database. */
const COPIED = ['access.db', 'registry.db', 'registry.db-wal', 'audit-head.json']

/**
 * A copy of database and wrapped keys in the folder for temporary files: SQLite needs a disk that it may write to even
 * for reading. The copy is as encrypted as the original; blobs are read where they lie.
 *
 * @throws AppError `registry/read-only` where no copy can be made either, `registry/disk-full`
 */
export function viewingPlace(directory: string): RegistryPlace {
  return withStorageErrors(() => {
    const copy = mkdtempSync(join(tmpdir(), 'cardionets-viewing-'))
    const leave = (): void => rmSync(copy, { recursive: true, force: true })
    try {
      for (const name of COPIED)
        if (existsSync(join(directory, name))) copyFileSync(join(directory, name), join(copy, name))
    } catch (error) {
      leave()
      throw error
    }
    return { directory: copy, blobs: join(directory, 'blobs'), viewOnly: true, leave }
  })
}
