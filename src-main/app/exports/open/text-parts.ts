import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

const PART_BYTES = 2 ** 20

/** The text of a file in parts, however long it is; no character is cut in two. */
export function* textParts(path: string): Generator<string> {
  const file = openSync(path, 'r')
  try {
    const decoder = new StringDecoder('utf8')
    const part = Buffer.alloc(PART_BYTES)
    for (let count = readSync(file, part); count > 0; count = readSync(file, part)) {
      yield decoder.write(part.subarray(0, count))
    }
    yield decoder.end()
  } finally {
    closeSync(file)
  }
}
