import { unzipSync, zipSync } from 'fflate'
import { AppError } from '../../../src-preload/contract/errors.ts'

/** 1 January 1980, the first day that a ZIP file knows: the same content gives the same bytes on every day. */
const FIRST_DAY = new Date(1980, 0, 1)
const MOST_FILES = 64
const MOST_BYTES = 2 ** 29
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

/** A ZIP archive of files in this order. @see APPNOTE.TXT 6.3.10, §4.3 */
export function zipOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return zipSync(Object.fromEntries(files), { mtime: FIRST_DAY, level: 6 })
}

/**
 * The files of an archive that holds nothing but files with plain names.
 *
 * Sizes are looked at before anything is unpacked; what is longer than it says is cut there, and fails its checksum.
 *
 * @throws AppError `study/bundle-unreadable`
 */
export function unzip(archive: Uint8Array): Map<string, Uint8Array> {
  let count = 0
  let total = 0
  try {
    const files = unzipSync(archive, {
      filter({ name, originalSize }) {
        count += 1
        total += originalSize
        if (!PLAIN_NAME.test(name)) throw refusal('it holds folders or names that no bundle has')
        if (count > MOST_FILES || total > MOST_BYTES) throw refusal('it holds more than any bundle does')
        return true
      },
    })
    return new Map(Object.entries(files))
  } catch (cause) {
    throw cause instanceof AppError ? cause : refusal('it is no ZIP archive, or is damaged', cause)
  }
}

const refusal = (why: string, cause?: unknown): AppError =>
  new AppError('study/bundle-unreadable', `The archive cannot be read as a study bundle: ${why}.`, { cause })
