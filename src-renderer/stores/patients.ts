import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import type {
  ErrorReply,
  Patient,
  PatientFields,
  PatientId,
  PatientRow,
  RecordingEntry,
  RecordingId,
} from '../contract.ts'
import { forgetsOnLock } from './forgetting.ts'
import { useRecordingsStore } from './recordings.ts'
import { createRowPages } from './row-pages.ts'

export type PatientOrder = 'newest' | 'localId' | 'birthDate'
export type Finding = 'cad' | 'hf' | 'cm' | 'ph'

/** The list of patients as it is searched, and the one that is open. */
export const usePatientsStore = defineStore('patients', () => {
  const recordings = useRecordingsStore()
  const text = shallowRef('')
  const order = shallowRef<PatientOrder>('newest')
  const descending = shallowRef(true)
  const finding = shallowRef<Finding | null>(null)
  const loading = shallowRef(false)
  const error = shallowRef<ErrorReply | null>(null)
  const current = shallowRef<Patient | null>(null)
  /** Of the current patient, newest first. */
  const history = shallowRef<readonly RecordingEntry[]>([])

  /** More match than are listed. */
  const more = shallowRef(false)

  const pages = createRowPages(async (offset, limit) => {
    const page = await call('patients:search', {
      text: text.value,
      finding: finding.value,
      order: order.value,
      descending: descending.value,
      offset,
      limit,
    })
    more.value = page.more
    return page
  })

  async function search(): Promise<void> {
    loading.value = true
    error.value = null
    try {
      await pages.restart()
    } catch (problem) {
      error.value = toErrorReply(problem)
    } finally {
      loading.value = false
    }
  }

  /** A quick look for the search palette: the first few, without touching the list. @throws AppError */
  async function lookUp(words: string, limit: number): Promise<PatientRow[]> {
    const found = await call('patients:search', {
      text: words,
      finding: null,
      order: 'newest',
      descending: true,
      offset: 0,
      limit,
    })
    return found.rows
  }

  /** Who the file of a recording may be of. @throws AppError */
  async function propose(recordingId: RecordingId): Promise<PatientRow[]> {
    return (await call('patients:propose', { recordingId })).rows
  }

  async function open(patientId: PatientId): Promise<void> {
    loading.value = true
    error.value = null
    current.value = null
    history.value = []
    try {
      current.value = await call('patients:read', { patientId })
      history.value = await call('recordings:list-of-patient', { patientId })
      recordings.put(history.value)
    } catch (problem) {
      error.value = toErrorReply(problem)
    } finally {
      loading.value = false
    }
  }

  /** @throws AppError */
  async function add(fields: PatientFields): Promise<Patient> {
    return call('patients:add', fields)
  }

  /** @throws AppError `patients/changed-meanwhile` where somebody else was quicker */
  async function change(patientId: PatientId, revision: number, fields: PatientFields, reason: string): Promise<void> {
    current.value = await call('patients:change', { patientId, revision, fields, reason })
  }

  forgetsOnLock(() => {
    text.value = ''
    finding.value = null
    current.value = null
    history.value = []
    error.value = null
    loading.value = false
    pages.clear()
  })

  return {
    text,
    order,
    descending,
    finding,
    loading,
    error,
    current,
    history,
    rows: pages.rows,
    total: pages.total,
    more,
    search,
    show: pages.show,
    lookUp,
    propose,
    open,
    add,
    change,
  }
})
