import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../src-preload/contract/index.ts'
import { makeFolder } from '../app/make-folder.ts'
import type { BundleFiles } from '../reader-study/bundle/bundle-files.ts'

/** @throws AppError `study/bundle-unreadable` */
export function readBundleFolder(folder: string): BundleFiles {
  try {
    const names = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile())
    return new Map(names.map(({ name }) => [name, readFileSync(join(folder, name))]))
  } catch (cause) {
    throw new AppError('study/bundle-unreadable', `${folder} cannot be read as a folder.`, { cause })
  }
}

/** Writes a bundle into an empty or a new folder. @throws AppError `study/bundle-exists` */
export function writeBundleFolder(folder: string, files: BundleFiles): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new AppError(
      'study/bundle-exists',
      `${folder} is not empty. Name a new folder; a frozen bundle is never changed.`,
    )
  makeFolder(folder)
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
}
