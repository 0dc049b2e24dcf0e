import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'

/** True once `source` has been true for `delayMs`: a skeleton that would only flash is never shown. */
export function useDelayed(source: () => boolean, delayMs = 150): Readonly<Ref<boolean>> {
  const delayed = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    source,
    (active) => {
      clearTimeout(timer)
      delayed.value = false
      if (active) timer = setTimeout(() => (delayed.value = true), delayMs)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return delayed
}
