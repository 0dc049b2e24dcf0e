import { createHmac } from 'node:crypto'
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { deriveKey, seal, unseal } from '../keys.ts'
import { withStorageErrors } from '../storage-errors.ts'
import { writeDurably } from './write-durably.ts'

/** 64 hexadecimal digits: a keyed hash of the content, so that the name of a blob tells nothing about it. */
export type BlobId = string & { readonly blob?: true }

export interface StoredBlob {
  readonly id: BlobId
  readonly byteCount: number
}

const MAGIC = Buffer.from('CNB1')

/**
 * Waveforms, cines, reports: files beside the database, each encrypted with a key of its own (AES-256-GCM), named by
 * its content. A blob is on the disk before the row that names it, so no row ever names nothing; a blob that no row
 * names is an orphan of a kill and is collected later.
 */
export class BlobStore {
  readonly #directory: string
  readonly #contentKey: Buffer
  readonly #nameKey: Buffer
  #closed = false

  constructor(directory: string, dataKey: Buffer) {
    this.#directory = directory
    this.#contentKey = deriveKey(dataKey, 'blob-content')
    this.#nameKey = deriveKey(dataKey, 'blob-name')
  }

  /**
   * Writes a blob, if it is not there already, and makes sure of it: file, then its folder, are on the disk on return.
   *
   * @throws AppError `registry/disk-full`, `registry/read-only`, `registry/disk-error`
   */
  put(content: Uint8Array): StoredBlob {
    const id = this.#idOf(content)
    const path = this.pathOf(id)
    const stored = { id, byteCount: content.length }
    if (existsSync(path) && statSync(path).size === sealedSize(content.length)) {
      // Wanted again: not an orphan, even if no row names it yet.
      withStorageErrors(() => utimesSync(path, new Date(), new Date()))
      return stored
    }
    const sealed = Buffer.concat([MAGIC, seal(this.#keyOf(id), content, id)])
    withStorageErrors(() => writeDurably(path, sealed))
    return stored
  }

  /** @throws AppError `registry/blob-missing`, `registry/blob-damaged`: never an empty or altered content */
  get(id: BlobId): Buffer {
    if (this.#closed) throw new AppError('registry/locked', 'The registry is locked. Sign in to go on.')
    const file = this.getSealed(id)
    const known = file.subarray(0, MAGIC.length).equals(MAGIC)
    const content = known ? unseal(this.#keyOf(id), file.subarray(MAGIC.length), id) : null
    if (content === null || this.#idOf(content) !== id) {
      throw new AppError(
        'registry/blob-damaged',
        'A file of this registry was altered or is damaged, so it is not shown. Restore the newest good backup.',
      )
    }
    return content
  }

  /** The blob as it lies on the disk, still encrypted. @throws AppError `registry/blob-missing` */
  getSealed(id: BlobId): Buffer {
    try {
      return readFileSync(this.pathOf(id))
    } catch (cause) {
      throw new AppError(
        'registry/blob-missing',
        'A file of this registry is missing: what belongs here was removed from the disk. Restore the newest good backup.',
        { cause },
      )
    }
  }

  pathOf(id: BlobId): string {
    if (!/^[0-9a-f]{64}$/.test(id)) throw new Error('not the name of a blob')
    return join(this.#directory, id.slice(0, 2), id)
  }

  get directory(): string {
    return this.#directory
  }

  /** Forgets the keys; nothing can be read or written from here on. */
  close(): void {
    this.#closed = true
    this.#contentKey.fill(0)
    this.#nameKey.fill(0)
  }

  #idOf(content: Uint8Array): BlobId {
    if (this.#closed) throw new AppError('registry/locked', 'The registry is locked. Sign in to go on.')
    return createHmac('sha256', this.#nameKey).update(content).digest('hex')
  }

  #keyOf(id: BlobId): Buffer {
    return deriveKey(this.#contentKey, 'blob-content', id)
  }
}

/** Bytes on the disk of a content of so many bytes: magic, nonce, content, tag. */
export const sealedSize = (contentBytes: number): number => MAGIC.length + 12 + contentBytes + 16
