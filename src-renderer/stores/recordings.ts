import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import { correctWaveform } from '../components/quality/correct-waveform.ts'
import type { ErrorReply, PatientId, RecordingEntry, RecordingId, Waveform } from '../contract.ts'
import { useCorrectedViewStore } from './corrected-view.ts'
import { forgetsOnLock } from './forgetting.ts'

/** The newest so many are kept in the page; the registry has them all. */
const KEPT_ENTRIES = 2000

/** Recordings that were opened or imported in this window. */
export const useRecordingsStore = defineStore('recordings', () => {
  const correctedView = useCorrectedViewStore()
  const entries = shallowRef<readonly RecordingEntry[]>([])
  const loading = shallowRef<RecordingId | null>(null)
  const error = shallowRef<ErrorReply | null>(null)

  const byId = computed(() => new Map(entries.value.map((entry) => [entry.id as string, entry])))

  /** Adds recordings or puts their newer state in place of the older; the most recently touched come first. */
  function put(added: readonly RecordingEntry[]): void {
    const fresh = new Map(added.map((entry) => [entry.id, entry]))
    entries.value = [...fresh.values(), ...entries.value.filter((entry) => !fresh.has(entry.id))].slice(0, KEPT_ENTRIES)
  }

  /** Reads one recording anew. What went wrong stands in `error`. */
  async function load(id: RecordingId): Promise<void> {
    loading.value = id
    error.value = null
    try {
      const entry = await call('recordings:read', { recordingId: id })
      if (loading.value === id) put([entry])
    } catch (problem) {
      if (loading.value === id) error.value = toErrorReply(problem)
    } finally {
      if (loading.value === id) loading.value = null
    }
  }

  /** @throws AppError `recordings/other-person` until `confirmed` */
  async function assign(id: RecordingId, patientId: PatientId | null, confirmed: boolean, reason = ''): Promise<void> {
    put([await call('recordings:assign', { recordingId: id, patientId, confirmed, reason })])
  }

  /** The leads to look at: as recorded, or with interchanged electrodes exchanged back. @throws AppError */
  async function readWaveform(id: RecordingId): Promise<Waveform> {
    const waveform = await call('ecg:read-waveform', { recordingId: id })
    const interchange = correctedView.isShown(id) ? byId.value.get(id)?.ecg.quality?.interchange : null
    return interchange ? correctWaveform(waveform, interchange) : waveform
  }

  forgetsOnLock(() => {
    entries.value = []
    loading.value = null
    error.value = null
  })

  return { entries, byId, loading, error, put, load, assign, readWaveform }
})
