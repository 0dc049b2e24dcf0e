import { computed, shallowRef, watch, type Ref } from 'vue'
import { toErrorReply } from '../../api.ts'
import type { ErrorReply, RecordingEntry, RecordingId, Waveform } from '../../contract.ts'
import { useRecordingsStore } from '../../stores/recordings.ts'

/**
 * Another ECG beside this one: which ones there are, the chosen one and its waveform.
 *
 * Those that name the same patient come first, the latest before this one at the top.
 */
export function useComparison(entry: Readonly<Ref<RecordingEntry>>) {
  const recordings = useRecordingsStore()
  const chosenId = shallowRef<RecordingId | null>(null)
  const waveform = shallowRef<Waveform | null>(null)
  const error = shallowRef<ErrorReply | null>(null)

  const candidates = computed(() => earlierEcgs(entry.value, recordings.entries))
  const chosen = computed(() => candidates.value.find(({ id }) => id === chosenId.value) ?? null)

  watch(chosenId, async (id) => {
    waveform.value = null
    error.value = null
    if (id === null) return
    try {
      const read = await recordings.readWaveform(id)
      if (chosenId.value === id) waveform.value = read
    } catch (problem) {
      if (chosenId.value === id) error.value = toErrorReply(problem)
    }
  })

  return { candidates, chosenId, chosen, waveform, error }
}

/** Other recordings that an ECG may be compared with: of the same patient where the file names one, else all. */
export function earlierEcgs(entry: RecordingEntry, entries: readonly RecordingEntry[]): RecordingEntry[] {
  const others = entries.filter(({ id, ecg }) => id !== entry.id && ecg.sampleCount > 0)
  const patient = entry.ecg.patient?.id
  const own = patient === undefined ? [] : others.filter(({ ecg }) => ecg.patient?.id === patient)
  const start = ({ ecg }: RecordingEntry): string => ecg.startTime ?? ''
  const before = (other: RecordingEntry): number => (start(other) <= start(entry) ? 0 : 1)
  return (own.length > 0 ? own : others).toSorted(
    (a, b) => before(a) - before(b) || start(b).localeCompare(start(a)) || a.file.localeCompare(b.file),
  )
}
