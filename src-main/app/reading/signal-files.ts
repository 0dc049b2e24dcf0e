import { join } from 'node:path'
import { folded, openFile } from './open-file.ts'
import type { WatchedReader } from './watched-reader.ts'

/** A header is small; anything larger stands alone, and is not sent to the child twice. */
const LARGEST_HEADER_BYTES = 1 << 20

/** Bare names of the files in a folder that a header there names, in the spelling of the folder. */
export async function signalFilesIn(
  reader: Pick<WatchedReader, 'companionNames'>,
  folder: string,
  names: readonly string[],
): Promise<Set<string>> {
  const signalFiles = new Set<string>()
  const spelled = Map.groupBy(names, folded)
  // The WFDB standard fixes the ending of a header; reading every file of a folder twice would double the work.
  for (const name of names.filter((candidate) => candidate.toLowerCase().endsWith('.hea'))) {
    const main = await openFile(join(folder, name)).catch(() => undefined)
    if (!main || main.bytes.length > LARGEST_HEADER_BYTES) continue
    const reply = await reader.companionNames(main)
    if (!reply.ok) continue
    for (const companion of reply.value) {
      const alike = spelled.get(folded(companion)) ?? []
      const there = alike.length === 1 ? alike[0]! : companion
      // A header that names itself is damaged, and must not vanish.
      if (there !== name) signalFiles.add(there)
    }
  }
  return signalFiles
}
