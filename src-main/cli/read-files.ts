import { hash } from 'node:crypto'
import { basename } from 'node:path'
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
  /** Of the file itself, where it could be opened; what is in it may be refused all the same. */
  sha256: string | undefined
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
    for (const given of paths) {
      let found = false
      for await (const path of walk([given], (folder, names) => signalFilesIn(reader, folder, names))) {
        found = true
        const started = performance.now()
        yield { path, ...(await readFile(reader, path, wants)), readMs: performance.now() - started }
      }
      if (!found) yield { path: given, reply: noFiles(given), sha256: undefined, readMs: 0 }
    }
  } finally {
    reader.close()
  }
}

async function readFile(
  reader: WatchedReader,
  path: string,
  wants: ReadWants,
): Promise<Pick<ReadFile, 'reply' | 'sha256'>> {
  let sha256: string | undefined
  try {
    const main = await openFile(path)
    sha256 = hash('sha256', main.bytes)
    return { reply: orStop(await reader.read(main, companionsBeside(path), wants)), sha256 }
  } catch (error) {
    if (error instanceof AppError && error.code !== READER_UNAVAILABLE) {
      return { reply: { ok: false, error: error.toReply() }, sha256 }
    }
    throw error
  }
}

/** Silence about a folder that was named would look like a result. */
const noFiles = (folder: string): { ok: false; error: ErrorReply } => ({
  ok: false,
  error: {
    code: 'file/none-in-folder',
    message: `There is no file in ${basename(folder)} to read. Choose the folder with the recordings.`,
  },
})

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

export function refusedLine(file: string, error: ErrorReply, sha256?: string): RefusedLine {
  return { file, ...(sha256 !== undefined && { sha256 }), status: 'refused', error }
}
