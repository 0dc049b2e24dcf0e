/** Locks when nobody has done anything for a while. Main keeps the time: a page that hangs cannot stay open. */
export class IdleLock {
  readonly #lock: () => void
  #minutes = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(lock: () => void) {
    this.#lock = lock
  }

  /** Somebody is signed in. */
  start(minutes: number): void {
    this.#minutes = minutes
    this.postpone()
  }

  /** Somebody did something. */
  postpone(): void {
    clearTimeout(this.#timer)
    if (this.#minutes === 0) return
    this.#timer = setTimeout(this.#lock, this.#minutes * 60_000)
    // The lock must not keep a process alive that has nothing else to do.
    this.#timer.unref()
  }

  stop(): void {
    this.#minutes = 0
    clearTimeout(this.#timer)
  }
}
