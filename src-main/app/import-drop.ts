import { AppError, type ImportOutcome } from '../../src-preload/contract/index.ts'
import type { FileAnswer } from '../../src-preload/contract/reading.ts'
import { hiddenFiles } from './reading/hidden-files.ts'
import { readWithAnswers } from './reading/read-with-answers.ts'
import { companionsAmong, folded, type CompanionSource, type NamedBytes } from './reading/open-file.ts'
import type { WatchedReader } from './reading/watched-reader.ts'
import { readEntry } from './recordings/recording-entry.ts'
import { storeImport } from './recordings/store-import.ts'
import type { Services } from './services.ts'

/**
 * Imports the files of one drop or one choice into the registry: each recording gets an outcome, in the order of the
 * names; files that a header among them names belong to that header and get none of their own.
 *
 * @param answers  what the user says about some of them
 */
export async function importDrop(
  services: Services,
  files: readonly NamedBytes[],
  answers: readonly FileAnswer[],
  onProgress: (done: number, of: number) => void,
): Promise<ImportOutcome[]> {
  const reader = services.openReader()
  // A lock in the middle must not lose half of a drop.
  const { registry, release } = services.access.holdOpen()
  const by = services.access.actor()
  try {
    const companions = companionsAmong(files)
    const belonging = await namesOfCompanions(reader, files)
    const mains = files.filter(({ name }) => !belonging.has(folded(name)))
    const outcomes: ImportOutcome[] = []
    for (const main of mains) {
      onProgress(outcomes.length, mains.length)
      const used = rememberingCompanions(companions)
      const given = answers.find(({ file }) => file === main.name)
      const wants = { leads: true, screening: true }
      const reply = await readWithAnswers(services.answers, reader, main, used.source, wants, given)
      if (!reply.ok) {
        outcomes.push({ ok: false, file: main.name, error: reply.error })
        continue
      }
      try {
        const { id, outcome } = await storeImport(registry, by, [main, ...used.files()], reply.value, null)
        const recording = readEntry(registry.db, id)
        outcomes.push({ ok: true, file: main.name, recording, ecg: reply.value.summary, known: outcome !== 'added' })
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        outcomes.push({ ok: false, file: main.name, error: error.toReply() })
      }
    }
    onProgress(mains.length, mains.length)
    return outcomes
  } finally {
    release()
    reader.close()
  }
}

/** The same source of companions, which can tell afterwards what was taken from it: those bytes belong to the import. */
export function rememberingCompanions(source: CompanionSource): {
  source: CompanionSource
  files: () => NamedBytes[]
} {
  const taken = new Map<string, Uint8Array>()
  return {
    async source(name) {
      const bytes = await source(name)
      if (bytes) taken.set(name, bytes)
      return bytes
    },
    files: () => [...taken].map(([name, bytes]) => ({ name, bytes })),
  }
}

/** Folded, as a header may spell a name in another case than the disk it came from. */
async function namesOfCompanions(reader: WatchedReader, files: readonly NamedBytes[]): Promise<Set<string>> {
  const named = new Map<string, string[]>()
  // A file alone has no companions here; what it lacks is said when it is read.
  if (files.length === 1) return new Set()
  for (const file of files) {
    const reply = await reader.companionNames(file)
    if (reply.ok) named.set(folded(file.name), reply.value.map(folded))
  }
  return hiddenFiles(named)
}
