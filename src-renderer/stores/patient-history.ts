import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call } from '../api.ts'
import type { PatientId, RecordingEntry } from '../contract.ts'
import { forgetsOnLock } from './forgetting.ts'

/** All recordings of the patients that are looked at, from the registry: what the present one is compared with. */
export const usePatientHistoryStore = defineStore('patient-history', () => {
  const histories = shallowRef<ReadonlyMap<PatientId, readonly RecordingEntry[]>>(new Map())

  const underWay = new Map<PatientId, Promise<void>>()

  /** Reads them anew; several parts of a page that ask at once share one answer. */
  function load(patientId: PatientId): Promise<void> {
    const reading = underWay.get(patientId) ?? read(patientId).finally(() => underWay.delete(patientId))
    underWay.set(patientId, reading)
    return reading
  }

  /** A history that can't be read is none: the recording itself is what the page is about. */
  async function read(patientId: PatientId): Promise<void> {
    try {
      const recordings = await call('recordings:list-of-patient', { patientId })
      histories.value = new Map([...histories.value, [patientId, recordings]])
    } catch {
      histories.value = new Map([...histories.value].filter(([id]) => id !== patientId))
    }
  }

  function of(patientId: PatientId | undefined): readonly RecordingEntry[] {
    return (patientId && histories.value.get(patientId)) ?? []
  }

  forgetsOnLock(() => (histories.value = new Map()))

  return { histories, load, of }
})
