import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, on, toErrorReply } from '../api.ts'
import { MAX_FILE_BYTES, type ErrorReply, type ImportOutcome, type RecordingEntry } from '../contract.ts'
import { planBatches, type PickedFile } from '../import/batches.ts'
import { useRecordingsStore } from './recordings.ts'
import { useScreeningStore } from './screening.ts'

/** One file's verdict. `recordingId` leads to the recording; the entry itself lives in the recordings store. */
export type ImportLine =
  | { key: number; file: string; ok: true; recordingId: RecordingEntry['id'] }
  | { key: number; file: string; ok: false; error: ErrorReply }

let nextKey = 1

/** Reads files in the page and hands them over; keeps this session's verdicts, newest drop first. */
export const useImportsStore = defineStore('imports', () => {
  const recordings = useRecordingsStore()
  const screening = useScreeningStore()
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
    const drop: ImportLine[] = tooLarge.map((picked) => refusedLine(picked.file.name, 'import/file-too-large'))
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
      lines.value = [...drop, ...lines.value]
    }
  }

  async function handOver(batch: readonly PickedFile[]): Promise<ImportLine[]> {
    const read = await Promise.all(batch.map(readBytes))
    const files = read.filter((file) => 'bytes' in file)
    const unreadable = read.filter((file) => 'unreadable' in file)
    const outcomes = files.length > 0 ? await call('ecg:import-files', { files }) : []
    const entries = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.recording] : []))
    recordings.put(entries)
    void screening.enqueue(entries)
    return [...unreadable.map((file) => refusedLine(file.name, 'import/file-unreadable')), ...outcomes.map(toLine)]
  }

  async function retry(): Promise<void> {
    if (failure.value) await importFiles(failure.value.files)
  }

  function clear(): void {
    lines.value = []
  }

  return { lines, progress, failure, busy, refusedCount, importFiles, retry, clear }
})

type ReadFile = { name: string; bytes: Uint8Array } | { name: string; unreadable: true }

async function readBytes({ file }: PickedFile): Promise<ReadFile> {
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
  } catch {
    return { name: file.name, unreadable: true }
  }
}

function toLine(outcome: ImportOutcome): ImportLine {
  const { file } = outcome
  return outcome.ok
    ? { key: nextKey++, file, ok: true, recordingId: outcome.recording.id }
    : { key: nextKey++, file, ok: false, error: outcome.error }
}

const refusals = {
  'import/file-too-large': `The file is larger than ${MAX_FILE_BYTES / 2 ** 20} MB. Export the 12-lead recording alone and import that.`,
  'import/file-unreadable': 'The file could not be read. Check that the drive is still connected, then drop it again.',
}

function refusedLine(file: string, code: keyof typeof refusals): ImportLine {
  return { key: nextKey++, file, ok: false, error: { code, message: refusals[code] } }
}
