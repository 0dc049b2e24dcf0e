import { join } from 'node:path'
import { openFile } from './open-file.ts'
import type { WatchedReader } from './watched-reader.ts'

/** A header is small; anything larger stands alone, and is not sent to the child twice. */
const LARGEST_HEADER_BYTES = 1 << 20

/** Bare names of the files in a folder that a header there names. */
export async function signalFilesIn(
  reader: Pick<WatchedReader, 'companionNames'>,
  folder: string,
  names: readonly string[],
): Promise<Set<string>> {
  const signalFiles = new Set<string>()
  // The WFDB standard fixes the ending of a header; reading every file of a folder twice would double the work.
  for (const name of names.filter((candidate) => candidate.toLowerCase().endsWith('.hea'))) {
    const main = await openFile(join(folder, name)).catch(() => undefined)
    if (!main || main.bytes.length > LARGEST_HEADER_BYTES) continue
    const reply = await reader.companionNames(main)
    if (reply.ok) for (const companion of reply.value) signalFiles.add(companion)
  }
  return signalFiles
}
