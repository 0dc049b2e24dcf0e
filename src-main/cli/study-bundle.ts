import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '../../src-preload/contract/index.ts'
import { makeFolder } from '../app/make-folder.ts'
import type { BundleFiles } from '../reader-study/bundle/bundle-files.ts'
import { unzip, zipOf } from '../reader-study/bundle/zip.ts'

/** A bundle as one ZIP file, or as the folder that it unpacks to. @throws AppError `study/bundle-unreadable` */
export function readStudyBundle(path: string): BundleFiles {
  try {
    if (!statSync(path).isDirectory()) return unzip(readFileSync(path))
    const names = readdirSync(path, { withFileTypes: true }).filter((one) => one.isFile())
    return new Map(names.map(({ name }) => [name, readFileSync(join(path, name))]))
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError(
      'study/bundle-unreadable',
      `There is no readable bundle at ${path}. Name its ZIP file, or the folder that it unpacks to.`,
      { cause },
    )
  }
}

/** Writes a bundle to a new file where the path ends with .zip, else into a new or empty folder. @throws AppError `study/bundle-exists` */
export function writeStudyBundle(path: string, files: BundleFiles): void {
  const zip = path.toLowerCase().endsWith('.zip')
  if (existsSync(path) && (zip || readdirSync(path).length > 0))
    throw new AppError(
      'study/bundle-exists',
      `${path} is there already. Name another; a frozen bundle is never changed.`,
    )
  if (zip) {
    makeFolder(dirname(path))
    writeFileSync(path, zipOf(files), { flag: 'wx' })
    return
  }
  makeFolder(path)
  for (const [name, bytes] of files) writeFileSync(join(path, name), bytes)
}
