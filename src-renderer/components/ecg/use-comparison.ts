import { computed, shallowRef, watch, type Ref } from 'vue'
import { toErrorReply } from '../../api.ts'
import type { ErrorReply, RecordingEntry, RecordingId, Waveform } from '../../contract.ts'
import { usePatientHistoryStore } from '../../stores/patient-history.ts'
import { useRecordingsStore } from '../../stores/recordings.ts'

/**
 * Another ECG beside this one: which ones there are, the chosen one and its waveform.
 *
 * A recording of a patient of the registry is compared with that patient's own, the latest before it at the top; one of
 * nobody yet with those that were opened in this window.
 */
export function useComparison(entry: Readonly<Ref<RecordingEntry>>) {
  const recordings = useRecordingsStore()
  const history = usePatientHistoryStore()
  const chosenId = shallowRef<RecordingId | null>(null)
  const waveform = shallowRef<Waveform | null>(null)
  const error = shallowRef<ErrorReply | null>(null)

  const patientId = computed(() => entry.value.patient?.id)
  watch(patientId, (id) => id && void history.load(id), { immediate: true })
  const candidates = computed(() =>
    patientId.value === undefined
      ? earlierEcgs(entry.value, recordings.entries)
      : earlierEcgs(entry.value, history.of(patientId.value), { sameFilePatient: false }),
  )
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

/**
 * Other recordings that an ECG may be compared with, the latest before it first.
 *
 * @param sameFilePatient  keeps to those whose file names the same patient, where there are any
 */
export function earlierEcgs(
  entry: RecordingEntry,
  entries: readonly RecordingEntry[],
  { sameFilePatient = true } = {},
): RecordingEntry[] {
  const others = entries.filter(({ id, ecg }) => id !== entry.id && ecg.sampleCount > 0)
  const patient = sameFilePatient ? entry.ecg.patient?.id : undefined
  const own = patient === undefined ? [] : others.filter(({ ecg }) => ecg.patient?.id === patient)
  const start = ({ ecg }: RecordingEntry): string => ecg.startTime ?? ''
  const before = (other: RecordingEntry): number => (start(other) <= start(entry) ? 0 : 1)
  return (own.length > 0 ? own : others).toSorted(
    (a, b) => before(a) - before(b) || start(b).localeCompare(start(a)) || a.file.localeCompare(b.file),
  )
}
