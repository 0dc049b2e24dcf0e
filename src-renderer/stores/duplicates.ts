import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import type { DuplicatePair, ErrorReply, MergeId, MergeRecord, PatientId } from '../contract.ts'
import { forgetsOnLock } from './forgetting.ts'

/** Patients who may be one person, and the merges that can still be undone. */
export const useDuplicatesStore = defineStore('duplicates', () => {
  const pairs = shallowRef<readonly DuplicatePair[]>([])
  const merges = shallowRef<readonly MergeRecord[]>([])
  const loading = shallowRef(false)
  const error = shallowRef<ErrorReply | null>(null)

  async function load(): Promise<void> {
    loading.value = true
    error.value = null
    try {
      pairs.value = await call('patients:list-duplicates', undefined)
      merges.value = await call('patients:list-merges', undefined)
    } catch (problem) {
      error.value = toErrorReply(problem)
    } finally {
      loading.value = false
    }
  }

  /** What was decided is gone at once: looking through a large registry again takes a while. */
  async function leaveOut(isDecided: (pair: DuplicatePair) => boolean): Promise<void> {
    pairs.value = pairs.value.filter((pair) => !isDecided(pair))
    if (pairs.value.length === 0) return load()
    merges.value = await call('patients:list-merges', undefined)
  }

  /** @throws AppError */
  async function merge(keptId: PatientId, mergedId: PatientId, reason: string): Promise<void> {
    await call('patients:merge', { keptId, mergedId, reason })
    await leaveOut((pair) => pair.first.id === mergedId || pair.second.id === mergedId)
  }

  /** @throws AppError */
  async function undo(mergeId: MergeId): Promise<void> {
    await call('patients:undo-merge', { mergeId })
    await load()
  }

  /** @throws AppError */
  async function keepApart(firstId: PatientId, secondId: PatientId): Promise<void> {
    await call('patients:keep-apart', { firstId, secondId })
    await leaveOut((pair) => pair.first.id === firstId && pair.second.id === secondId)
  }

  forgetsOnLock(() => {
    pairs.value = []
    merges.value = []
    error.value = null
  })

  return { pairs, merges, loading, error, load, merge, undo, keepApart }
})
