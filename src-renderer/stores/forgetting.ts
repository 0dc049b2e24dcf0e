/** What each store does so that nothing of a patient stays in the page's memory. */
const forgetters = new Set<() => void>()

/** Registers how a store empties itself; called once, where the store is made. */
export function forgetsOnLock(forget: () => void): void {
  forgetters.add(forget)
}

/** Empties every store that holds anything of a patient: at a lock, a sign-out, and where main has closed. */
export function forgetPatients(): void {
  for (const forget of forgetters) forget()
}
