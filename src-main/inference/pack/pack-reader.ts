import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../src-preload/contract/errors.ts'

/** Where a pack's bytes come from. The disk in the application, a table in tests. */
export interface PackReader {
  /** Names of all entries of the pack's folder. */
  list(): Promise<string[]>
  /**
   * All bytes of one plain file.
   *
   * @throws AppError `pack/missing` where there is none, `pack/hash-mismatch` above `maxBytes`
   */
  read(name: string, maxBytes: number): Promise<Uint8Array>
}

/** Reads a folder; links are refused, so that what is hashed is what lies there. */
export function diskReader(dir: string): PackReader {
  return {
    async list() {
      try {
        return await readdir(dir)
      } catch (cause) {
        throw new AppError(
          'pack/missing',
          `There is no model pack in ${dir}: the folder can't be read. Check the path.`,
          { cause },
        )
      }
    },
    read: (name, maxBytes) => readPlainFile(dir, name, maxBytes),
  }
}

async function readPlainFile(dir: string, name: string, maxBytes: number): Promise<Uint8Array> {
  // O_NONBLOCK: opening a named pipe must not wait for a writer. Both flags are 0 on Windows.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  const file = await open(join(dir, name), flags).catch((cause: unknown) => {
    throw new AppError('pack/missing', `The model pack lacks the file ${name}, or it is a link. Get the pack again.`, {
      cause,
    })
  })
  try {
    const status = await file.stat()
    if (!status.isFile())
      throw new AppError('pack/missing', `${name} in the model pack is no plain file. Get the pack again.`)
    if (status.size > maxBytes) {
      throw new AppError(
        'pack/hash-mismatch',
        `${name} has ${status.size} bytes where at most ${maxBytes} were expected. The pack was changed; get it again.`,
      )
    }
    const bytes = Buffer.allocUnsafeSlow(status.size)
    let filled = 0
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  } finally {
    await file.close()
  }
}
