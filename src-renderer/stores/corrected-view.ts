import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { RecordingId } from '../contract.ts'

/** Which recording is looked at with its electrodes exchanged back; never more than the one that is open. */
export const useCorrectedViewStore = defineStore('corrected-view', () => {
  const id = shallowRef<RecordingId | null>(null)

  const isShown = (recordingId: RecordingId): boolean => id.value === recordingId

  function toggle(recordingId: RecordingId): void {
    id.value = isShown(recordingId) ? null : recordingId
  }

  function leave(): void {
    id.value = null
  }

  return { id, isShown, toggle, leave }
})
