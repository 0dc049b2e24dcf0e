import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and what is missing above it; one that is there already is left as it is.
 *
 * Node's own recursive form never returns where a file system answers "no such file" to every new name, as /proc does;
 * here a name that can't be made although the folder above it exists is an error.
 *
 * @param mode  permissions of the folders that are made
 * @throws the error of the file system, with its `code`
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
  const parent = dirname(path)
  if (parent !== path && !existsSync(parent)) makeFolder(parent, mode)
  mkdirSync(path, { mode })
}
