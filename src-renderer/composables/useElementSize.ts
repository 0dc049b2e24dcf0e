import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'

/** Content width of an element in CSS px, 0 before it is mounted. */
export function useElementWidth(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<number>> {
  const width = shallowRef(0)
  const observer = new ResizeObserver(([entry]) => {
    if (entry) width.value = entry.contentRect.width
  })
  watch(
    element,
    (current) => {
      observer.disconnect()
      if (!current) return
      width.value = current.clientWidth
      observer.observe(current)
    },
    { immediate: true },
  )
  onScopeDispose(() => observer.disconnect())
  return width
}
