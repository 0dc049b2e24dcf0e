import { hash } from 'node:crypto'
import { AppError, type Reply } from '../../../src-preload/contract/errors.ts'
import type { TablePlace } from '../../../src-preload/contract/reading.ts'
import type { BatchTable } from '../batch/batch-table.ts'
import type { SpawnChild } from '../child-process.ts'
import type { ExaminedFile } from './examine-file.ts'
import type { ReaderAnswers, ReaderTask } from './messages.ts'
import type { CompanionSource, NamedBytes } from './open-file.ts'
import type { ReadJobResult, ReadWants } from './read-job.ts'
import { startWatchedChild, type ReaderLimits, type WatchedChild } from './watched-child.ts'

export const READER_LIMITS: ReaderLimits & { filesPerChild: number; bytesPerChild: number; listedCount: number } = {
  thing: 'an ECG',
  wallClockMs: 10_000,
  bytesAboveStart: 300 * 2 ** 20,
  pollMs: 20,
  startMs: 60_000,
  companionCount: 20_000,
  companionBytes: 128 * 2 ** 20,
  // A new child costs as much as twenty recordings: it starts, and its code is slow until it is compiled.
  filesPerChild: 512,
  // What large files leave behind until the next collection must not count against the files after them.
  bytesPerChild: 64 * 2 ** 20,
  // A folder that is watched for months must not fill the memory with names.
  listedCount: 10_000,
}

/** So many children in a row that end before they are ready, and no further one is started. */
const MOST_FAILED_STARTS = 3

/** Reads the files of one batch, one after the other, in throw-away children. Refusals are answers, not exceptions. */
export interface WatchedReader {
  /** Companions are fetched when the file asks for them; a refusal of `companions` becomes that of the file. */
  read(main: NamedBytes, companions: CompanionSource, wants: ReadWants): Promise<Reply<ReadJobResult>>
  /** Names of the files that a file says belong to it, without reading them: for the listing of a folder. */
  companionNames(main: NamedBytes): Promise<Reply<string[]>>
  /** What can be asked about a file that does not say it all; `table` says where its numbers are looked for. */
  examine(main: NamedBytes, companions: CompanionSource, table?: TablePlace): Promise<Reply<ExaminedFile>>
  /** A table of files with patient fields, for a batch. */
  batchTable(main: NamedBytes): Promise<Reply<BatchTable>>
  /** Ends the batch; a file that is still being read is answered with `app/reader-closed`. */
  close(): void
}

/**
 * A reader for one batch. The child is started with the first file and thrown away at the end of the batch, after 512
 * files, after many bytes, after any limit that it broke, and after any crash; the next file then gets a new one.
 * Where three children in a row do not get ready, this and every later file is answered with `app/reader-unavailable`.
 *
 * @param spawn  starts a child of the entry `reader`
 */
export function createWatchedReader({
  spawn,
  limits = READER_LIMITS,
  watchOwnMemory,
}: {
  spawn: SpawnChild
  limits?: typeof READER_LIMITS
  /** True: children watch their own memory, as they do where this process cannot see it. */
  watchOwnMemory?: boolean
}): WatchedReader {
  let child: WatchedChild | undefined
  let files = 0
  let bytes = 0
  let closed = false
  let unavailable: AppError | undefined
  let queue: Promise<unknown> = Promise.resolve()
  /** What files that were listed, and not read since, say belongs to them, by their names. */
  const listed = new Map<string, { sha256: string; names: string[] }>()

  function discard(): void {
    child?.kill()
    child = undefined
    files = bytes = 0
  }

  async function startChild(): Promise<WatchedChild> {
    for (let failed = 0; !unavailable;) {
      try {
        return await startWatchedChild(spawn, limits, watchOwnMemory)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        failed += 1
        if (failed === MOST_FAILED_STARTS) unavailable = error
      }
    }
    throw unavailable
  }

  async function perform(task: ReaderTask, main: NamedBytes, companions: CompanionSource, wants: ReadWants) {
    if (closed) return closedReply
    try {
      // A child that ended while it had nothing to do says nothing about this file.
      if (child?.alive() === false) discard()
      child ??= await startChild()
      files++
      bytes += main.bytes.length
      const counted: CompanionSource = async (name) => {
        const found = await companions(name)
        bytes += found?.length ?? 0
        return found
      }
      const { reply, healthy } = await child.run(task, main, counted, wants, task === 'read' ? takeListed(main) : [])
      if (!healthy || files >= limits.filesPerChild || bytes >= limits.bytesPerChild) discard()
      return closed ? closedReply : reply
    } catch (error) {
      discard()
      if (error instanceof AppError) return { ok: false as const, error: error.toReply() }
      throw error
    }
  }

  /** Another reader may read what this one listed, so that not every name is ever taken. */
  function remember(main: NamedBytes, names: string[]): void {
    if (listed.size < limits.listedCount) listed.set(main.name, { sha256: hash('sha256', main.bytes), names })
  }

  function takeListed(main: NamedBytes): string[] {
    const found = listed.get(main.name)
    if (!found || found.sha256 !== hash('sha256', main.bytes)) return []
    listed.delete(main.name)
    return found.names
  }

  function enqueue<T extends ReaderTask>(task: T, main: NamedBytes, companions: CompanionSource, wants: ReadWants) {
    const answer = queue.then(() => perform(task, main, companions, wants)) as Promise<Reply<ReaderAnswers[T]>>
    queue = answer.catch(() => undefined)
    return answer
  }

  return {
    read: (main, companions, wants) => enqueue('read', main, companions, wants),
    async companionNames(main) {
      const reply = await enqueue('companion-names', main, async () => undefined, {})
      if (reply.ok) remember(main, reply.value)
      return reply
    },
    examine: (main, companions, table) => enqueue('examine', main, companions, table ? { answer: { table } } : {}),
    batchTable: (main) => enqueue('batch-table', main, async () => undefined, {}),
    close: () => {
      closed = true
      discard()
    },
  }
}

const closedReply = {
  ok: false as const,
  error: { code: 'app/reader-closed', message: 'Reading was ended before this file was read.' },
}
