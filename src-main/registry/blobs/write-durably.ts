import { closeSync, existsSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from '../../app/make-folder.ts'

/** A new file under its final name only when all of it is on the disk. */
export function writeDurably(path: string, bytes: Uint8Array): void {
  const directory = dirname(path)
  if (!existsSync(directory)) {
    makeFolder(directory, 0o700)
    syncDirectory(dirname(directory))
  }
  const temporary = `${path}.tmp`
  const file = openSync(temporary, 'w', 0o600)
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
    fsyncSync(file)
  } catch (error) {
    closeSync(file)
    unlinkSync(temporary)
    throw error
  }
  closeSync(file)
  renameSync(temporary, path)
  syncDirectory(directory)
}

/** Makes sure of a file that something else wrote. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Windows has no handle of a folder to sync; NTFS logs its own names. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}
