import type { RecordingEntry } from '../../contract.ts'

/** When an ECG was recorded, else imported; ms since 1970. */
export function recordedMs({ ecg, importedAt }: RecordingEntry): number {
  const recorded = ecg.startTime === undefined ? NaN : Date.parse(ecg.startTime)
  return Number.isNaN(recorded) ? Date.parse(importedAt) : recorded
}

/** The newest screened recording of the same patient before this one; null where there is none. */
export function previousScreened(entry: RecordingEntry, history: readonly RecordingEntry[]): RecordingEntry | null {
  const at = recordedMs(entry)
  const before = history.filter((other) => other.id !== entry.id && other.screening && recordedMs(other) < at)
  return before.toSorted((a, b) => recordedMs(b) - recordedMs(a))[0] ?? null
}
