import { randomUUID } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { AppError } from '../../../src-preload/contract/errors.ts'

/**
 * Told when somebody chooses the folder, not when the first backup fails in the night.
 *
 * @throws AppError `backup/folder-unusable` where it is not there or nothing can be written to it
 */
export function requireUsableFolder(folder: string): void {
  if (!isAbsolute(folder)) throw unusable(`${folder} is not a whole path.`)
  if (!isFolder(folder)) throw unusable(`There is no folder ${folder}.`)
  const probe = join(folder, `.cardionets-${randomUUID()}`)
  try {
    writeFileSync(probe, '', { flag: 'wx', mode: 0o600 })
    rmSync(probe)
  } catch (cause) {
    throw unusable(`Nothing can be written to ${folder}.`, cause)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

const unusable = (found: string, cause?: unknown): AppError =>
  new AppError(
    'backup/folder-unusable',
    `${found} Connect the disk and choose a folder that backups can be written to; the one before stays until then.`,
    { cause },
  )
