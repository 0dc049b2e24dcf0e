import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import { correctWaveform } from '../components/quality/correct-waveform.ts'
import type { ErrorReply, RecordingEntry, RecordingId, ScreeningResult, Waveform } from '../contract.ts'
import { useCorrectedViewStore } from './corrected-view.ts'

/** This session's recordings, newest first. Nothing of them is on disk. */
export const useRecordingsStore = defineStore('recordings', () => {
  const correctedView = useCorrectedViewStore()
  const entries = shallowRef<readonly RecordingEntry[]>([])
  const loading = shallowRef(false)
  const error = shallowRef<ErrorReply | null>(null)

  const byId = computed(() => new Map(entries.value.map((entry) => [entry.id as string, entry])))

  async function load(): Promise<void> {
    loading.value = true
    error.value = null
    try {
      entries.value = (await call('ecg:list-recordings', undefined)).toReversed()
    } catch (problem) {
      error.value = toErrorReply(problem)
    } finally {
      loading.value = false
    }
  }

  /** Adds recordings on top; one that is already listed is replaced where it stands. */
  function put(added: readonly RecordingEntry[]): void {
    const known = byId.value
    const replaced = new Map(added.map((entry) => [entry.id as string, entry]))
    const fresh = [...replaced.values()].filter((entry) => !known.has(entry.id))
    entries.value = [...fresh.toReversed(), ...entries.value.map((entry) => replaced.get(entry.id) ?? entry)]
  }

  function putScreening(id: RecordingId, screening: ScreeningResult): void {
    const entry = byId.value.get(id)
    if (entry) put([{ ...entry, screening }])
  }

  /** The leads to look at: as recorded, or with interchanged electrodes exchanged back. @throws AppError */
  async function readWaveform(id: RecordingId): Promise<Waveform> {
    const waveform = await call('ecg:read-waveform', { recordingId: id })
    const interchange = correctedView.isShown(id) ? byId.value.get(id)?.ecg.quality?.interchange : null
    return interchange ? correctWaveform(waveform, interchange) : waveform
  }

  /** @throws AppError */
  async function forget(ids: readonly RecordingId[]): Promise<void> {
    for (const id of ids) {
      await call('ecg:forget-recording', { recordingId: id })
      entries.value = entries.value.filter((entry) => entry.id !== id)
    }
  }

  return { entries, byId, loading, error, load, put, putScreening, readWaveform, forget }
})
