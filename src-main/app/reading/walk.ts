import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Yields the paths of the files named by `paths`; a folder is walked in name order, folder by folder, without following
 * links and without hidden entries. A path that does not exist, or a folder that can't be listed, is yielded all the
 * same: reading it gives the refusal.
 *
 * @param signalFilesOf bare names, in one folder, of signal files that a header there names; they get no line of their own
 */
export async function* walk(
  paths: readonly string[],
  signalFilesOf: (folder: string, names: readonly string[]) => Promise<ReadonlySet<string>>,
): AsyncGenerator<string> {
  for (const path of paths) {
    const status = await lstat(path).catch(() => null)
    if (status?.isDirectory()) yield* walkFolder(path, signalFilesOf)
    else yield path
  }
}

async function* walkFolder(
  folder: string,
  signalFilesOf: (folder: string, names: readonly string[]) => Promise<ReadonlySet<string>>,
): AsyncGenerator<string> {
  const listed = await readdir(folder, { withFileTypes: true }).catch(() => null)
  if (!listed) {
    yield folder
    return
  }
  const entries = listed.filter((entry) => !entry.name.startsWith('.'))
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const signalFiles = await signalFilesOf(
    folder,
    entries.filter((entry) => entry.isFile()).map((entry) => entry.name),
  )
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walkFolder(path, signalFilesOf)
    // A link or a pipe is no file to read, but silence about it would look like a result.
    else if (!signalFiles.has(entry.name)) yield path
  }
}
