import { readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '../../src-preload/contract/errors.ts'
import type { Output } from '../../src-preload/contract/index.ts'
import { refuseNetworkPath } from './network-path.ts'

const TABLE = /\.(csv|tsv|txt)$/i
/** Of each kind; whoever has more types the path. */
const MOST = 500

/**
 * Folders and tables in one folder of this computer, by name; hidden ones and links are left out.
 *
 * @throws AppError `files/no-such-folder`, `batch/network-path`
 */
export async function listFolder(path: string): Promise<Output<'files:list-folder'>> {
  refuseNetworkPath(path)
  const folder = resolve(path)
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('files/no-such-folder', 'This folder is not there or can’t be read. Choose another.', { cause })
  })
  const shown = entries.filter(({ name }) => !name.startsWith('.')).map((entry) => ({ entry, name: entry.name }))
  shown.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }))
  const named = (wanted: (one: (typeof shown)[number]) => boolean) =>
    shown.filter(wanted).map(({ name }) => ({ name, path: join(folder, name) }))
  const folders = named(({ entry }) => entry.isDirectory())
  const tables = named(({ entry, name }) => entry.isFile() && TABLE.test(name))
  const parent = dirname(folder)
  return {
    folder,
    parent: parent === folder ? null : parent,
    folders: folders.slice(0, MOST),
    tables: tables.slice(0, MOST),
    more: folders.length > MOST || tables.length > MOST,
  }
}
