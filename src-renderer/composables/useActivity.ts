import { onScopeDispose } from 'vue'

const SIGNS_OF_LIFE = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/** Calls `report` whenever somebody does something in the window. A page that merely is visible is not activity. */
export function useActivity(report: () => void): void {
  for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, report, { passive: true, capture: true })
  onScopeDispose(() => {
    for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, report, { capture: true })
  })
}
