import { shallowRef, type Ref } from 'vue'
import { toErrorReply } from '../api.ts'
import type { ErrorReply } from '../contract.ts'

export interface Attempt {
  busy: Readonly<Ref<boolean>>
  error: Ref<ErrorReply | null>
  /** Runs `work` unless one is under way. @returns whether it went well; what went wrong stands in `error` */
  attempt(work: () => Promise<unknown>): Promise<boolean>
}

/** One thing at a time that may be refused: a button that waits, and the sentence of the refusal. */
export function useAttempt(): Attempt {
  const busy = shallowRef(false)
  const error = shallowRef<ErrorReply | null>(null)
  return {
    busy,
    error,
    async attempt(work) {
      if (busy.value) return false
      busy.value = true
      error.value = null
      try {
        await work()
        return true
      } catch (problem) {
        error.value = toErrorReply(problem)
        return false
      } finally {
        busy.value = false
      }
    },
  }
}
