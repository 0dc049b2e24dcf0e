import { AppError } from '../../src-preload/contract/errors.ts'

/**
 * Turns what SQLite or the file system says into a sentence that the person at the computer can act on. Anything that
 * is not about storage is returned as it is.
 */
export function toStorageError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const cause = { cause: error }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError(
      'registry/disk-full',
      'The disk is full: this change was not saved, everything saved before it is safe. Free some space and try again.',
      cause,
    )
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new AppError(
      'registry/read-only',
      'The workspace can only be read now: this change was not saved. Check the permissions of its folder, or whether ' +
        'the disk is write-protected, and try again.',
      cause,
    )
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CANTOPEN' || code === 'EIO') {
    return new AppError(
      'registry/disk-error',
      'The disk did not do what was asked: this change was not saved. Check that the disk is connected, and try again.',
      cause,
    )
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damaged(cause)
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return inUse(cause)
  return error
}

export function damaged(options?: ErrorOptions): AppError {
  return new AppError(
    'registry/damaged',
    'The registry file is damaged, or belongs to another workspace. Nothing was changed. Restore the newest good backup.',
    options,
  )
}

export function inUse(options?: ErrorOptions): AppError {
  return new AppError(
    'registry/in-use',
    'Another CardioNets is using this workspace. Close it first; one workspace has one writer.',
    options,
  )
}

/** Runs `work`; errors of the storage come out as `registry/…`. */
export function withStorageErrors<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw toStorageError(error)
  }
}
