import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, on, toErrorReply } from '../api.ts'
import type { CineId, ErrorReply, ExplanationId, LeadTimeAttribution, RecordingId, SimilarityMap } from '../contract.ts'
import { forgetsOnLock } from './forgetting.ts'

const KEPT = 8

export interface RunningExplanation {
  explanationId: ExplanationId
  recordingId: RecordingId
  step: number
  of: number
  cancelling: boolean
}

/** What the networks looked at, of recordings of this session. */
export const useExplanationsStore = defineStore('explanations', () => {
  const attributions = shallowRef<ReadonlyMap<string, LeadTimeAttribution>>(new Map())
  const failures = shallowRef<ReadonlyMap<string, ErrorReply>>(new Map())
  const running = shallowRef<RunningExplanation | null>(null)

  /** Settles when the map is there, refused or cancelled. Only one is made at a time. */
  async function attribute(recordingId: RecordingId): Promise<void> {
    if (running.value) return
    const explanationId = crypto.randomUUID() as ExplanationId
    const isOurs = (): boolean => running.value?.explanationId === explanationId
    running.value = { explanationId, recordingId, step: 0, of: 0, cancelling: false }
    failures.value = new Map([...failures.value].filter(([id]) => id !== recordingId))
    const stopListening = on('explanations:progress', (event) => {
      if (running.value?.explanationId !== event.explanationId) return
      running.value = { ...running.value, step: event.step, of: event.of }
    })
    try {
      const found = await call('explanations:attribute', { explanationId, recordingId })
      if (isOurs()) attributions.value = new Map([...attributions.value, [recordingId, found] as const].slice(-KEPT))
    } catch (problem) {
      const error = toErrorReply(problem)
      if (isOurs() && error.code !== 'explanations/cancelled')
        failures.value = new Map(failures.value).set(recordingId, error)
    } finally {
      stopListening()
      if (isOurs()) running.value = null
    }
  }

  async function cancel(): Promise<void> {
    if (!running.value || running.value.cancelling) return
    running.value = { ...running.value, cancelling: true }
    await call('explanations:cancel', { explanationId: running.value.explanationId })
  }

  /** @param cineId of a generated cine; null for the attached real one. @throws AppError */
  const mapSimilarity = (recordingId: RecordingId, cineId: CineId | null): Promise<SimilarityMap> =>
    call('explanations:map-similarity', { recordingId, cineId })

  forgetsOnLock(() => {
    void cancel().catch(() => undefined)
    running.value = null
    attributions.value = new Map()
    failures.value = new Map()
  })

  return { attributions, failures, running, attribute, cancel, mapSimilarity }
})
