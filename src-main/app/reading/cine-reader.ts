import { AppError, type Reply } from '../../../src-preload/contract/errors.ts'
import type { CineReading } from '../../cmr/read-cines.ts'
import type { SpawnChild } from '../child-process.ts'
import type { NamedBytes } from './open-file.ts'
import { startWatchedChild, type ReaderLimits } from './watched-child.ts'

/** As for an ECG, and in memory what the largest cine that is read needs besides. */
export const CINE_LIMITS: ReaderLimits = {
  thing: 'a cine',
  wallClockMs: 60_000,
  bytesAboveStart: (300 + 512) * 2 ** 20,
  pollMs: 20,
  startMs: 60_000,
  companionCount: 0,
  companionBytes: 0,
}

/** Bytes of all files of one choice. */
export const MAX_CINE_BYTES = 160 * 2 ** 20

/** Reads the cines of one choice of files in a child of its own, which is thrown away. A refusal is an answer. */
export async function readCineFiles(
  spawn: SpawnChild,
  files: readonly NamedBytes[],
  limits: ReaderLimits = CINE_LIMITS,
): Promise<Reply<CineReading>> {
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0)
  try {
    if (bytes > MAX_CINE_BYTES) {
      throw new AppError(
        'format/too-large',
        `These files have ${bytes} bytes; at most ${MAX_CINE_BYTES} are read at once. Choose one series.`,
      )
    }
    const child = await startWatchedChild(spawn, limits)
    try {
      return await child.readCines(files)
    } finally {
      child.kill()
    }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error: error.toReply() }
    throw error
  }
}
