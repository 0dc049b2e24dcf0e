import { onScopeDispose, shallowRef, type Ref } from 'vue'

export interface ActiveTime {
  activeMs: Readonly<Ref<number>>
  awayMs: Readonly<Ref<number>>
  away: Readonly<Ref<boolean>>
  /** Begins a new case with the time that it has already. */
  restart(activeMs: number, awayMs: number): void
}

const TICK_MS = 250
const INPUTS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

/**
 * Time with a case. It runs while there was any input within the last `awayAfterS` seconds and the page is visible;
 * all other time is time away, counted back to the last input.
 */
export function useActiveTime(awayAfterS: () => number): ActiveTime {
  const activeMs = shallowRef(0)
  const awayMs = shallowRef(0)
  const away = shallowRef(false)
  let lastInput = performance.now()
  let lastTick = performance.now()
  /** Active time since the last input: it turns into time away where nothing follows. */
  let idleMs = 0

  function input(): void {
    lastInput = performance.now()
    idleMs = 0
    away.value = false
  }

  function tick(): void {
    const now = performance.now()
    const passed = now - lastTick
    lastTick = now
    const gone = document.hidden || now - lastInput > 1000 * awayAfterS()
    if (!gone) {
      activeMs.value += passed
      idleMs += passed
      return
    }
    if (!away.value) {
      activeMs.value -= idleMs
      awayMs.value += idleMs
      idleMs = 0
      away.value = true
    }
    awayMs.value += passed
  }

  for (const name of INPUTS) window.addEventListener(name, input, { passive: true })
  const timer = setInterval(tick, TICK_MS)
  onScopeDispose(() => {
    clearInterval(timer)
    for (const name of INPUTS) window.removeEventListener(name, input)
  })
  return {
    activeMs,
    awayMs,
    away,
    restart(active, gone) {
      activeMs.value = active
      awayMs.value = gone
      lastTick = performance.now()
      input()
    },
  }
}
