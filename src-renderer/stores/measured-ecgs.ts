import { defineStore } from 'pinia'
import { call } from '../api.ts'
import type { MeasuredEcg, RecordingId } from '../contract.ts'

/** Recordings whose measurements are kept: the one that is open and those beside it. */
const KEPT = 8

/** Our own measurements of recordings, made once when somebody first looks. */
export const useMeasuredEcgsStore = defineStore('measured-ecgs', () => {
  const measured = new Map<RecordingId, Promise<MeasuredEcg>>()

  /** @throws AppError */
  function measure(id: RecordingId): Promise<MeasuredEcg> {
    const known = measured.get(id)
    if (known) return known
    const asked = call('ecg:measure', { recordingId: id })
    measured.set(id, asked)
    asked.catch(() => measured.delete(id))
    for (const oldest of [...measured.keys()].slice(0, -KEPT)) measured.delete(oldest)
    return asked
  }

  return { measure }
})
