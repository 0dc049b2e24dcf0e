import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, on, toErrorReply } from '../api.ts'
import type { CineId, ErrorReply, MarkedCine, RecordingId, Sampler } from '../contract.ts'
import { useApplicationStore } from './application.ts'
import { forgetsOnLock } from './forgetting.ts'

/** A cine is 50 marked frames, some megabytes: the newest few stay, older ones are made again from their seed. */
const KEPT_CINES = 8

/** A cancel is no failure, whichever part of main notices it first. */
const CANCELLED = new Set(['cine/cancelled', 'inference/cancelled'])

export interface RunningCine {
  cineId: CineId
  recordingId: RecordingId
  step: number
  of: number
  cancelling: boolean
}

/** Generated cines of this session and the one being made. */
export const useCinesStore = defineStore('cines', () => {
  const application = useApplicationStore()
  const cines = shallowRef<ReadonlyMap<string, MarkedCine>>(new Map())
  const failures = shallowRef<ReadonlyMap<string, ErrorReply>>(new Map())
  const running = shallowRef<RunningCine | null>(null)

  const busy = computed(() => running.value !== null)

  /** Settles when the cine is there, refused or cancelled. Only one is made at a time. */
  async function generate(recordingId: RecordingId, seed: number, sampler: Sampler): Promise<void> {
    if (busy.value) return
    const cineId = crypto.randomUUID() as CineId
    running.value = { cineId, recordingId, step: 0, of: 0, cancelling: false }
    failures.value = without(failures.value, recordingId)
    const stopListening = on('cine:progress', (event) => {
      if (running.value?.cineId !== event.cineId) return
      running.value = { ...running.value, step: event.step, of: event.of }
    })
    try {
      const cine = await call('cine:generate', { cineId, recordingId, seed, sampler })
      // Locked meanwhile: it can be made again from its seed.
      if (running.value?.cineId !== cineId) return
      keep(cine)
      application.lastProvider = cine.provider
    } catch (problem) {
      const error = toErrorReply(problem)
      if (running.value?.cineId === cineId && !CANCELLED.has(error.code))
        failures.value = new Map(failures.value).set(recordingId, error)
    } finally {
      stopListening()
      if (running.value?.cineId === cineId) running.value = null
    }
  }

  async function cancel(): Promise<void> {
    if (!running.value || running.value.cancelling) return
    running.value = { ...running.value, cancelling: true }
    await call('cine:cancel', { cineId: running.value.cineId })
  }

  function keep(cine: MarkedCine): void {
    const next = [...without(cines.value, cine.recordingId), [cine.recordingId, cine] as const]
    cines.value = new Map<string, MarkedCine>(next.slice(-KEPT_CINES))
  }

  forgetsOnLock(() => {
    void cancel().catch(() => undefined)
    running.value = null
    cines.value = new Map()
    failures.value = new Map()
  })

  return { cines, failures, running, busy, generate, cancel }
})

function without<T>(map: ReadonlyMap<string, T>, key: string): Map<string, T> {
  const copy = new Map(map)
  copy.delete(key)
  return copy
}
