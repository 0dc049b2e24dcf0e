import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, on, toErrorReply } from '../api.ts'
import {
  AppError,
  MAX_FILE_BYTES,
  type EcgSummary,
  type ErrorReply,
  type FileAnswer,
  type ImportOutcome,
  type RecordingEntry,
} from '../contract.ts'
import { planBatches, stem, type PickedFile } from '../import/batches.ts'
import { readPicked } from '../import/read-picked.ts'
import type { AskedFile } from './answering.ts'
import { forgetsOnLock } from './forgetting.ts'
import { useRecordingsStore } from './recordings.ts'
import { useScreeningStore } from './screening.ts'
import { useSessionStore } from './session.ts'

/**
 * One file's verdict. `recordingId` leads to the recording; the entry itself lives in the recordings store. `ecg` is what
 * this very file said, also where its waveform was known from another; `picked` is what it was read from, for another
 * try with an answer of the user.
 */
export type ImportLine = { key: number; file: string; picked: readonly PickedFile[] } & (
  { ok: true; recordingId: RecordingEntry['id']; known: boolean; ecg: EcgSummary } | { ok: false; error: ErrorReply }
)

let nextKey = 1

/** Reads files in the page and hands them over; keeps this session's verdicts, newest drop first. */
export const useImportsStore = defineStore('imports', () => {
  const recordings = useRecordingsStore()
  const screening = useScreeningStore()
  const session = useSessionStore()
  const lines = shallowRef<readonly ImportLine[]>([])
  const progress = shallowRef<{ done: number; of: number } | null>(null)
  /** The hand-over itself failed; the files are kept for another try. */
  const failure = shallowRef<{ error: ErrorReply; files: readonly PickedFile[] } | null>(null)

  const busy = computed(() => progress.value !== null)
  const refusedCount = computed(() => lines.value.filter((line) => !line.ok).length)

  /** Settles when every file has its verdict; screening goes on behind. */
  async function importFiles(files: readonly PickedFile[]): Promise<void> {
    if (files.length === 0 || busy.value) return
    failure.value = null
    const tooLarge = files.filter((picked) => picked.file.size > MAX_FILE_BYTES)
    const batches = planBatches(files.filter((picked) => picked.file.size <= MAX_FILE_BYTES))
    const of = batches.reduce((sum, batch) => sum + batch.length, 0)
    let done = 0
    progress.value = { done, of }
    const stopListening = on('import:progress', (event) => (progress.value = { done: done + event.done, of }))
    const drop: ImportLine[] = tooLarge.map((picked) => refusedLine(picked, 'import/file-too-large'))
    try {
      for (const [index, batch] of batches.entries()) {
        try {
          drop.push(...(await handOver(batch)))
        } catch (problem) {
          failure.value = { error: toErrorReply(problem), files: batches.slice(index).flat() }
          break
        }
        done += batch.length
        progress.value = { done, of }
      }
    } finally {
      stopListening()
      progress.value = null
      if (session.open) lines.value = [...drop, ...lines.value]
    }
  }

  async function handOver(batch: readonly PickedFile[]): Promise<ImportLine[]> {
    const { files, unreadable } = await readPicked(batch)
    const outcomes = files.length > 0 ? await call('ecg:import-files', { files }) : []
    const entries = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.recording] : []))
    recordings.put(entries)
    void screening.enqueue(entries)
    return [
      ...unreadable.map((picked) => refusedLine(picked, 'import/file-unreadable')),
      ...outcomes.map((outcome) => toLine(nextKey++, outcome, neighbours(outcome.file, batch))),
    ]
  }

  /**
   * Reads the file of a line once more, with what the user says about it.
   *
   * @throws AppError where it is refused all the same; the line stays
   */
  async function answer(line: ImportLine, said: Omit<FileAnswer, 'file'>): Promise<void> {
    const { files } = await readPicked(line.picked)
    const outcomes = await call('ecg:import-files', { files, answers: [{ file: line.file, ...said }] })
    const outcome = outcomes.find(({ file }) => file === line.file)
    if (!outcome?.ok) throw new AppError(outcome?.error.code ?? 'import/file-unreadable', outcome?.error.message ?? '')
    recordings.put([outcome.recording])
    lines.value = lines.value.map((other) => (other.key === line.key ? toLine(line.key, outcome, line.picked) : other))
    void screening.enqueue([outcome.recording])
  }

  /** The line's file for the questions about it. */
  function asAsked(line: ImportLine): AskedFile {
    const { file, picked } = line
    return { file, picked, error: line.ok ? null : line.error, answer: (said) => answer(line, said) }
  }

  async function retry(): Promise<void> {
    if (failure.value) await importFiles(failure.value.files)
  }

  function clear(): void {
    lines.value = []
  }

  forgetsOnLock(() => {
    clear()
    failure.value = null
  })

  return { lines, progress, failure, busy, refusedCount, importFiles, answer, asAsked, retry, clear }
})

/** Files that may belong together: those of the same name before the first dot, of a small drop all. */
function neighbours(name: string, batch: readonly PickedFile[]): PickedFile[] {
  return batch.filter(({ file }) => batch.length <= SMALL_DROP || stem(file.name) === stem(name))
}

const SMALL_DROP = 8

function toLine(key: number, outcome: ImportOutcome, picked: readonly PickedFile[]): ImportLine {
  const { file } = outcome
  return outcome.ok
    ? { key, file, picked, ok: true, recordingId: outcome.recording.id, known: outcome.known, ecg: outcome.ecg }
    : { key, file, picked, ok: false, error: outcome.error }
}

const refusals = {
  'import/file-too-large': `The file is larger than ${MAX_FILE_BYTES / 2 ** 20} MB. Export the 12-lead recording alone and import that.`,
  'import/file-unreadable': 'The file could not be read. Check that the drive is still connected, then drop it again.',
}

function refusedLine(picked: PickedFile, code: keyof typeof refusals): ImportLine {
  return {
    key: nextKey++,
    file: picked.file.name,
    picked: [picked],
    ok: false,
    error: { code, message: refusals[code] },
  }
}
