import { AppError, type ErrorReply, type Reply } from '../../src-preload/contract/index.ts'
import type { SpawnChild } from '../app/child-process.ts'
import { companionsBeside, openFile } from '../app/reading/open-file.ts'
import type { ReadJobResult, ReadWants } from '../app/reading/read-job.ts'
import { READER_UNAVAILABLE } from '../app/reading/reply-codes.ts'
import { signalFilesIn } from '../app/reading/signal-files.ts'
import { walk } from '../app/reading/walk.ts'
import { createWatchedReader, type WatchedReader } from '../app/reading/watched-reader.ts'
import type { WrittenReport } from './write-report.ts'

export interface ReadFile {
  /** As given, or as found below a folder that was given. */
  path: string
  reply: Reply<ReadJobResult>
  readMs: number
}

/**
 * Reads files and folders, one after the other, each with its outcome; one bad file never stops the rest.
 *
 * @throws AppError `app/reader-unavailable` where no file can be read at all
 */
export async function* readFiles(
  spawn: SpawnChild,
  paths: readonly string[],
  wants: ReadWants,
): AsyncGenerator<ReadFile> {
  const reader = createWatchedReader({ spawn })
  try {
    for await (const path of walk(paths, (folder, names) => signalFilesIn(reader, folder, names))) {
      const started = performance.now()
      yield { path, reply: await readFile(reader, path, wants), readMs: performance.now() - started }
    }
  } finally {
    reader.close()
  }
}

async function readFile(reader: WatchedReader, path: string, wants: ReadWants): Promise<Reply<ReadJobResult>> {
  try {
    return orStop(await reader.read(await openFile(path), companionsBeside(path), wants))
  } catch (error) {
    if (error instanceof AppError && error.code !== READER_UNAVAILABLE) return { ok: false, error: error.toReply() }
    throw error
  }
}

/** Without a process that reads, every other file would be refused for the same reason. */
function orStop<T>(reply: Reply<T>): Reply<T> {
  if (reply.ok || reply.error.code !== READER_UNAVAILABLE) return reply
  throw new AppError(reply.error.code, reply.error.message)
}

export interface RefusedLine {
  file: string
  sha256?: string
  status: 'refused'
  error: ErrorReply
  report?: WrittenReport
}
