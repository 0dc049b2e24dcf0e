import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Bytes that are read piece by piece, from a file or from memory. */
export interface ByteSource {
  readonly size: number
  /** @returns fewer bytes than asked for at the end */
  read(offset: number, count: number): Buffer
  close(): void
}

/** @throws what the file system says */
export function fileSource(path: string): ByteSource {
  const file = openSync(path, 'r')
  return {
    size: fstatSync(file).size,
    read(offset, count) {
      const bytes = Buffer.alloc(count)
      let have = 0
      while (have < count) {
        const more = readSync(file, bytes, have, count - have, offset + have)
        if (more === 0) break
        have += more
      }
      return bytes.subarray(0, have)
    },
    close: () => closeSync(file),
  }
}

export function memorySource(bytes: Uint8Array): ByteSource {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { size: all.length, read: (offset, count) => all.subarray(offset, offset + count), close: () => undefined }
}
