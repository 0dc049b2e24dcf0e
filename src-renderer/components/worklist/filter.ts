import type { RecordingEntry } from '../../contract.ts'

/** Every word of the filter must occur in the file's name, the patient's name or id, or the word of the state. */
export function matchesFilter(entry: RecordingEntry, stateWord: string, filter: string): boolean {
  const { patient } = entry.ecg
  const text = [entry.file, patient?.name, patient?.id, stateWord].filter(Boolean).join('\n').toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
