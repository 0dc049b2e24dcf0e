import { closeSync, constants, fstatSync, open, read } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { MAX_FILE_BYTES } from '../../../src-preload/contract/constants.ts'
import { AppError } from '../../../src-preload/contract/errors.ts'
import { isBareName } from '../../ecg/formats/companions.ts'

export interface NamedBytes {
  /** A plain file name, no folder. */
  name: string
  bytes: Uint8Array
}

/** Bytes of a file that belongs to another one, by the name that stands in that one; undefined where there is none. */
export type CompanionSource = (name: string) => Promise<Uint8Array | undefined>

// Without following a link at the last step, and without waiting for a writer where the path is a pipe. Windows has
// neither flag; there the kind of the file is looked up first.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants> & { O_RDONLY: number }

// Opening and reading may wait for a disk, so another thread does it. What the system knows of a file that is open waits
// for nothing, and each trip to that thread costs a batch more than the answer.
const openDescriptor = promisify(open)
const readInto = promisify(read)

/**
 * Reads a whole regular file, once, from one descriptor: what was checked is what was read.
 *
 * @throws AppError `file/not-found`, `file/not-regular`, `file/unreadable`, `file/too-large`, `file/changed`
 */
export async function openFile(path: string): Promise<NamedBytes> {
  if (path === '') throw new AppError('file/not-found', 'The path is empty. Name a file or a folder.')
  const name = basename(path)
  let descriptor: number | undefined
  try {
    if (O_NOFOLLOW === 0 && !((await lstat(path)).isFile() && isBareName(name))) throw notRegular(name)
    descriptor = await openDescriptor(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    return { name, bytes: await readWhole(descriptor, name) }
  } catch (cause) {
    throw cause instanceof AppError ? cause : refusalOf(cause as NodeJS.ErrnoException, name)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/**
 * Companions from the folder of `path`: the exact name, else the one name that differs in case or Unicode form only,
 * as on a disk that was written by another system. A name that is more than a plain name is never looked up.
 */
export function companionsBeside(path: string): CompanionSource {
  const folder = dirname(path)
  let listing: Promise<string[]> | undefined
  return async (name) => {
    if (!isBareName(name)) return undefined
    const exact = await openIfThere(join(folder, name))
    if (exact) return exact
    listing ??= readdir(folder).catch(() => [])
    const alike = (await listing).filter((other) => folded(other) === folded(name))
    return alike.length === 1 ? openIfThere(join(folder, alike[0]!)) : undefined
  }
}

/** Companions among the files of one drop or choice, by the same rule. */
export function companionsAmong(files: readonly NamedBytes[]): CompanionSource {
  return async (name) => {
    const exact = files.find((file) => file.name === name)
    if (exact) return exact.bytes
    const alike = files.filter((file) => folded(file.name) === folded(name))
    return alike.length === 1 ? alike[0]!.bytes : undefined
  }
}

/** Names that differ in case or Unicode form only are folded to one. */
export const folded = (name: string): string => name.normalize('NFC').toLowerCase()

async function openIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return (await openFile(path)).bytes
  } catch (error) {
    if (error instanceof AppError && error.code === 'file/not-found') return undefined
    throw error
  }
}

async function readWhole(descriptor: number, name: string): Promise<Uint8Array> {
  const before = fstatSync(descriptor)
  if (!before.isFile()) throw notRegular(name)
  if (before.size > MAX_FILE_BYTES) {
    throw new AppError(
      'file/too-large',
      `${name} has ${before.size} bytes; at most ${MAX_FILE_BYTES} are read. Export a shorter part of the recording.`,
    )
  }
  // One byte more than the file has, to notice one that grows.
  const buffer = new Uint8Array(before.size + 1)
  let length = 0
  while (length < buffer.length) {
    const { bytesRead } = await readInto(descriptor, buffer, length, buffer.length - length, length)
    length += bytesRead
    // All that was there has come; what came since shows in the size below.
    if (bytesRead === 0 || length === before.size) break
  }
  const after = fstatSync(descriptor)
  if (length !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
    throw new AppError('file/changed', `${name} changed while it was read. Wait until it is written, then try again.`)
  }
  return buffer.subarray(0, length)
}

const notRegular = (name: string): AppError =>
  new AppError(
    'file/not-regular',
    `${name} is not a regular file (a folder, link, pipe or device). Choose the file itself.`,
  )

function refusalOf(cause: NodeJS.ErrnoException, name: string): AppError {
  switch (cause.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('file/not-found', `${name} is not there. Check the path; a drive may have been removed.`, {
        cause,
      })
    case 'ELOOP':
    case 'EMLINK':
    case 'ENXIO':
    case 'EISDIR':
      return notRegular(name)
    default:
      return new AppError(
        'file/unreadable',
        `${name} cannot be read (${cause.code ?? 'unknown error'}). Check its permissions and the drive.`,
        { cause },
      )
  }
}
