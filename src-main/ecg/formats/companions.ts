import { AppError } from '../../../src-preload/contract/errors.ts'
import type { Companion } from '../recording.ts'
import { printable } from './text.ts'

/**
 * Whether `name` is a plain file name: no folder, no drive, no device, nothing that a file system may read in
 * another way (control and direction characters, a dot or a blank at an end).
 */
export function isBareName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= 255 &&
    !/[/\\:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name) &&
    !/^[\s.]|[\s.]$/.test(name) &&
    !/^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\.|$)/i.test(
      name.replace(/\s+(?=\.|$)/g, ''),
    )
  )
}

/**
 * The same companions, but names that come from within a file are checked first.
 *
 * @throws (on lookup) AppError `format/companion-name` for a name that is more than a plain file name
 */
export function checkedCompanions(companion: Companion): Companion {
  return (name) => {
    if (!isBareName(name)) {
      throw new AppError(
        'format/companion-name',
        `The file names “${printable(name)}” as a companion. Companions are read only by a plain name from the same folder or drop.`,
      )
    }
    return companion(name)
  }
}

/**
 * Bytes of all named companions. Every name is asked for before the first missing one is refused, so that a caller
 * that fetches them can fetch all at once.
 *
 * @throws AppError `format/companion-missing` naming the absent files
 */
export function allCompanions(names: readonly string[], companion: Companion): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  const missing: string[] = []
  for (const name of new Set(names)) {
    const bytes = companion(name)
    if (bytes) found.set(name, bytes)
    else missing.push(printable(name))
  }
  if (missing.length > 0) {
    throw new AppError(
      'format/companion-missing',
      `${missing.slice(0, 8).join(', ')} ${missing.length === 1 ? 'belongs' : 'belong'} to this recording and ` +
        `${missing.length === 1 ? 'is' : 'are'} not here. Put the files into one folder, or drop them together.`,
    )
  }
  return found
}
