import {
  AppError,
  type ImportOutcome,
  type RecordingEntry,
  type RecordingId,
} from '../../src-preload/contract/index.ts'
import type { FileAnswer } from '../../src-preload/contract/reading.ts'
import { readWithAnswers } from './reading/read-with-answers.ts'
import { companionsAmong, type NamedBytes } from './reading/open-file.ts'
import type { WatchedReader } from './reading/watched-reader.ts'
import type { ReadJobResult } from './reading/read-job.ts'
import type { Services } from './services.ts'
import type { SessionRecording } from './session-recordings.ts'

/**
 * Imports the files of one drop or one choice: each recording gets an outcome, in the order of the names; files that
 * a header among them names belong to that header and get none of their own.
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
  try {
    const companions = companionsAmong(files)
    const belonging = await namesOfCompanions(reader, files)
    const mains = files.filter(({ name }) => !belonging.has(name.toLowerCase()))
    const outcomes: ImportOutcome[] = []
    for (const main of mains) {
      onProgress(outcomes.length, mains.length)
      const given = answers.find(({ file }) => file === main.name)
      const reply = await readWithAnswers(
        services.answers,
        reader,
        main,
        companions,
        { leads: true, screening: true },
        given,
      )
      outcomes.push(
        reply.ok ? keep(services, main.name, reply.value) : { ok: false, file: main.name, error: reply.error },
      )
    }
    onProgress(mains.length, mains.length)
    return outcomes
  } finally {
    reader.close()
  }
}

/** Lower-case, as a header may spell a name in another case than the disk it came from. */
async function namesOfCompanions(reader: WatchedReader, files: readonly NamedBytes[]): Promise<Set<string>> {
  const names = new Set<string>()
  // A file alone has no companions here; what it lacks is said when it is read.
  if (files.length === 1) return names
  for (const file of files) {
    const reply = await reader.companionNames(file)
    if (reply.ok) for (const name of reply.value) names.add(name.toLowerCase())
  }
  return names
}

function keep(services: Services, file: string, read: ReadJobResult): ImportOutcome {
  const known = services.recordings.findByContent(read.contentSha256)
  if (known) return { ok: true, file, recording: known.entry }
  try {
    const { entry } = services.recordings.add((id) => toSessionRecording(id, file, read))
    return { ok: true, file, recording: entry }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ok: false, file, error: error.toReply() }
  }
}

function toSessionRecording(id: RecordingId, file: string, read: ReadJobResult): SessionRecording {
  const { sha256, contentSha256, summary, leads = [], prepared, refusal } = read
  const window = prepared?.window ?? null
  const entry: RecordingEntry = { id, file, sha256, ecg: summary, window, refusal, screening: null }
  return { entry, contentSha256, waveform: { rateHz: summary.rateHz, window, leads }, prepared }
}
