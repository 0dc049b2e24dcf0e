import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { NewItem } from '../../registry/tables/batch-items.ts'
import { hiddenFiles } from '../reading/hidden-files.ts'
import { filesNamedIn, isHeader } from '../reading/signal-files.ts'
import { walk } from '../reading/walk.ts'
import type { WatchedReader } from '../reading/watched-reader.ts'

/** A look costs at most a tenth of the time, however many files there are. */
const LOOKS_SHARE = 10
/** What programs call a file that they have not finished. */
const UNFINISHED = /(\.part|\.tmp|\.crdownload|\.download|~)$/i

export interface WatchOptions {
  readonly pollMs: number
  readonly signal: AbortSignal
  /** Whether this very state of a file was taken before. */
  readonly isTaken: (item: Pick<NewItem, 'path' | 'stamp'>) => boolean
  /** Called where the folder is gone (null while it is there): a drive may come back. */
  readonly onGone: (gone: boolean) => void
}

/**
 * Looks into a folder again and again. Each look yields the files (often none) that, with those of the same name beside
 * them, have had the same sizes and times in two looks. Nothing in the folder is changed.
 */
export async function* watchFolder(
  reader: WatchedReader,
  folder: string,
  { pollMs, signal, isTaken, onGone }: WatchOptions,
): AsyncGenerator<NewItem[]> {
  const headers = rememberedHeaders(reader)
  let before = new Map<string, string>()
  while (!signal.aborted) {
    const startedMs = performance.now()
    const present = await lstat(folder).then((status) => status.isDirectory()).catch(() => false) // prettier-ignore
    onGone(!present)
    const now = present ? await look(folder, headers) : before
    const stable = [...now].filter(([path, stamp]) => before.get(path) === stamp && !UNFINISHED.test(path))
    before = now
    const tookMs = performance.now() - startedMs
    const items = stable.map(([path, stamp]) => ({ path, stamp, row: null, person: null }))
    yield items.filter((item) => !isTaken(item))
    const pause = Math.max(pollMs, LOOKS_SHARE * tookMs)
    await wait(pause, undefined, { signal }).catch(() => undefined)
  }
}

type SignalFilesOf = (folder: string, names: readonly string[], stamps: ReadonlyMap<string, string>) => Promise<Set<string>> // prettier-ignore

/** Every main file below a folder with a stamp that changes with it, or with a file of the same name beside it. */
async function look(folder: string, signalFilesOf: SignalFilesOf): Promise<Map<string, string>> {
  const stems = new Map<string, string>()
  const found = new Map<string, string>()
  const paths = walk([folder], async (inside, names) => {
    const stamps = new Map<string, string>()
    for (const name of names) {
      const path = join(inside, name)
      const status = await lstat(path).catch(() => undefined)
      const stamp = status ? `${status.size}-${Math.round(status.mtimeMs)}` : 'gone'
      stamps.set(name, stamp)
      stems.set(stemOf(path), `${stems.get(stemOf(path)) ?? ''} ${stamp}`)
    }
    return signalFilesOf(inside, names, stamps)
  })
  for await (const path of paths) found.set(path, (stems.get(stemOf(path)) ?? '').trim())
  return found
}

/** Headers are asked for the files that they name once for each state that they are in. */
function rememberedHeaders(reader: WatchedReader): SignalFilesOf {
  const known = new Map<string, { stamp: string; files: readonly string[] }>()
  return async (folder, names, stamps) => {
    const all = new Map<string, readonly string[]>()
    for (const name of names.filter(isHeader)) {
      const path = join(folder, name)
      const stamp = stamps.get(name) ?? ''
      let entry = known.get(path)
      if (entry?.stamp !== stamp) {
        const named = await filesNamedIn(reader, folder, [name], [name])
        entry = { stamp, files: named.get(name) ?? [] }
        known.set(path, entry)
      }
      all.set(name, entry.files)
    }
    return hiddenFiles(all)
  }
}

/** The path up to the first dot of its name, which the files of one record share. */
function stemOf(path: string): string {
  const dot = path.indexOf('.', Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 2)
  return dot < 0 ? path : path.slice(0, dot)
}
