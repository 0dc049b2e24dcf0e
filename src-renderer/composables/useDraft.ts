import { onScopeDispose, watch, type Ref } from 'vue'
import { call } from '../api.ts'

/** Reliability goal: nobody loses more than the last seconds of typing. */
const KEEP_AFTER_MS = 800

/**
 * Keeps a half-typed form with main, so that it survives a lock, a crash of the page and a sign-out of the same person.
 *
 * @param key   which form, e.g. `patient-new`
 * @param form  the form's value; what was kept is put into it, field by field
 * @returns `dropped`: to be called once the form has been saved or given up
 */
export function useDraft<T extends object>(key: string, form: Ref<T>): { dropped: () => Promise<void> } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let settled = false

  const keep = (): void => {
    clearTimeout(timer)
    timer = undefined
    // While the connection is away the form itself still holds everything.
    void call('session:keep-draft', { form: key, draft: JSON.stringify(form.value) }).catch(() => undefined)
  }

  const reading = call('session:read-draft', { form: key }).then(
    ({ draft }) => {
      if (draft !== null) form.value = { ...form.value, ...(JSON.parse(draft) as Partial<T>) }
    },
    () => undefined,
  )
  const stop = watch(
    form,
    () => {
      clearTimeout(timer)
      timer = setTimeout(keep, KEEP_AFTER_MS)
    },
    { deep: true },
  )
  onScopeDispose(() => {
    stop()
    if (timer !== undefined && !settled) keep()
  })

  return {
    async dropped() {
      settled = true
      await reading
      clearTimeout(timer)
      timer = undefined
      await call('session:drop-draft', { form: key }).catch(() => undefined)
    },
  }
}
