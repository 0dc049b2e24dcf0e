import { onScopeDispose, shallowRef, type Ref } from 'vue'

/** Device pixels per CSS px; follows browser zoom and a window that moves to another screen. */
export function useDevicePixelRatio(): Readonly<Ref<number>> {
  const ratio = shallowRef(window.devicePixelRatio)
  let query: MediaQueryList | undefined
  const listen = (): void => {
    query?.removeEventListener('change', listen)
    ratio.value = window.devicePixelRatio
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    query.addEventListener('change', listen)
  }
  listen()
  onScopeDispose(() => query?.removeEventListener('change', listen))
  return ratio
}
