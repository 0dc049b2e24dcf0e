import { join } from 'node:path'
import { AppError, type ErrorReply, type Reply } from '../../src-preload/contract/index.ts'
import type { SpawnChild } from '../app/child-process.ts'
import { companionsBeside, openFile } from '../app/reading/open-file.ts'
import type { ReadJobResult, ReadWants } from '../app/reading/read-job.ts'
import { createWatchedReader, type WatchedReader } from '../app/reading/watched-reader.ts'
import { walk } from './walk.ts'
import type { WrittenReport } from './write-report.ts'

/** A header is small; anything larger stands alone, and is not sent to the child twice. */
const LARGEST_HEADER_BYTES = 1 << 20

export interface ReadFile {
  /** As given, or as found below a folder that was given. */
  path: string
  reply: Reply<ReadJobResult>
  readMs: number
}

/** Reads files and folders, one after the other, each with its outcome; one bad file never stops the rest. */
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
    return await reader.read(await openFile(path), companionsBeside(path), wants)
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: error.toReply() }
    throw error
  }
}

/** Bare names of the files in a folder that a header there names. */
async function signalFilesIn(reader: WatchedReader, folder: string, names: readonly string[]): Promise<Set<string>> {
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

export interface RefusedLine {
  file: string
  sha256?: string
  status: 'refused'
  error: ErrorReply
  report?: WrittenReport
}
