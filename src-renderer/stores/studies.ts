import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call, toErrorReply } from '../api.ts'
import type { ErrorReply, MyStudy, StudySummary } from '../contract.ts'

/** The studies of who is signed in: those to read, and those to coordinate. */
export const useStudiesStore = defineStore('studies', () => {
  const roles = shallowRef<readonly string[]>([])
  const signedIn = shallowRef(false)
  const mine = shallowRef<readonly MyStudy[]>([])
  const all = shallowRef<readonly StudySummary[]>([])
  const loading = shallowRef(false)
  const error = shallowRef<ErrorReply | null>(null)

  const reads = computed(() => roles.value.includes('reader'))
  const coordinates = computed(() => roles.value.includes('coordinator'))

  async function load(): Promise<void> {
    loading.value = true
    error.value = null
    try {
      const { state, person } = await call('access:describe', undefined)
      signedIn.value = state === 'open'
      roles.value = person?.roles ?? []
      mine.value = reads.value ? await call('study:list-mine', undefined) : []
      all.value = coordinates.value ? await call('study:list', undefined) : []
    } catch (problem) {
      error.value = toErrorReply(problem)
    } finally {
      loading.value = false
    }
  }

  return { roles, signedIn, mine, all, loading, error, reads, coordinates, load }
})
