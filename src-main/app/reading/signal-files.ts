import { join } from 'node:path'
import { hiddenFiles } from './hidden-files.ts'
import { folded, openFile } from './open-file.ts'
import type { WatchedReader } from './watched-reader.ts'

/** A header is small; anything larger stands alone, and is not sent to the child twice. */
const LARGEST_HEADER_BYTES = 1 << 20

/** Bare names of the files in a folder that a header there names and that get no line of their own. */
export async function signalFilesIn(
  reader: Pick<WatchedReader, 'companionNames'>,
  folder: string,
  names: readonly string[],
): Promise<Set<string>> {
  return hiddenFiles(await filesNamedIn(reader, folder, names, names.filter(isHeader)))
}

/** The WFDB standard fixes the ending of a header; reading every file of a folder twice would double the work. */
export const isHeader = (name: string): boolean => name.toLowerCase().endsWith('.hea')

/**
 * What each of `headers` names, in the spelling of the folder.
 *
 * @param names  bare names of all files of the folder
 */
export async function filesNamedIn(
  reader: Pick<WatchedReader, 'companionNames'>,
  folder: string,
  names: readonly string[],
  headers: readonly string[],
): Promise<Map<string, string[]>> {
  const spelled = Map.groupBy(names, folded)
  const named = new Map<string, string[]>()
  for (const header of headers) {
    const main = await openFile(join(folder, header)).catch(() => undefined)
    if (!main || main.bytes.length > LARGEST_HEADER_BYTES) continue
    const reply = await reader.companionNames(main)
    if (!reply.ok) continue
    const inFolder = reply.value.map((companion) => {
      const alike = spelled.get(folded(companion)) ?? []
      return alike.length === 1 ? alike[0]! : companion
    })
    named.set(header, inFolder)
  }
  return named
}
