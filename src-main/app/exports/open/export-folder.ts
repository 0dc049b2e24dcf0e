import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmdirSync, rmSync, writeSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../../../../src-preload/contract/errors.ts'
import { withStorageErrors } from '../../../registry/storage-errors.ts'
import { makeFolder } from '../../make-folder.ts'
import type { ExportManifest } from './manifest.ts'

/** The folder of an export while it is written; remembers size and hash of each file. */
export class ExportFolder {
  readonly path: string
  readonly files: ExportManifest['files'] = []
  readonly #known = new Set<string>()
  /** Everything that was begun, finished or not. */
  readonly #written: string[] = []

  /** @throws AppError `export/not-empty`, `registry/read-only` */
  constructor(path: string) {
    this.path = resolve(path)
    withStorageErrors(() => makeFolder(this.path, 0o700))
    if (readdirSync(this.path).length > 0) {
      throw new AppError('export/not-empty', 'This folder is not empty. Name a new one; nothing is written over.')
    }
  }

  has(name: string): boolean {
    return this.#known.has(name)
  }

  add(name: string, bytes: Uint8Array): void {
    const file = this.open(name)
    file.write(bytes)
    file.close()
  }

  /** A file that is written part by part. */
  open(name: string): { write(bytes: Uint8Array): void; close(): void } {
    const path = join(this.path, ...name.split('/'))
    const hash = createHash('sha256')
    let size = 0
    const file = withStorageErrors(() => {
      if (!existsSync(dirname(path))) makeFolder(dirname(path), 0o700)
      this.#written.push(path)
      return openSync(path, 'wx', 0o600)
    })
    return {
      write: (bytes) => {
        withStorageErrors(() => {
          for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
        })
        hash.update(bytes)
        size += bytes.length
      },
      close: () => {
        withStorageErrors(() => fsyncSync(file))
        closeSync(file)
        this.#known.add(name)
        this.files.push([name, size, hash.digest('hex')])
      },
    }
  }

  /** Takes back what was written and nothing else: half of an export is of no use, and it is not encrypted. */
  discard(): void {
    try {
      for (const path of this.#written) rmSync(path, { force: true })
      const below = readdirSync(this.path, { recursive: true, encoding: 'utf8' })
      // The deepest first; what is not empty is somebody else's.
      for (const name of below.toSorted((one, other) => other.length - one.length)) rmdirSync(join(this.path, name))
    } catch {
      // The disk is gone, or somebody else put something there: what stopped the export is told already.
    }
  }
}
