/** Wrong passwords that cost nothing; from the fifth on each doubles the wait. */
const FREE_FAILURES = 4
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 15 * 60 * 1000

/** How long after its last failure a name has to wait: 0, then 1 s, 2 s, 4 s … 15 min. */
export function waitAfterFailuresMs(failures: number): number {
  if (failures <= FREE_FAILURES) return 0
  return Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE_FAILURES - 1), LONGEST_WAIT_MS)
}

/**
 * The waits of this run, by a clock that nobody can set: the clock on the wall is not asked at all. After a restart the
 * stored count is known but not when it was made, so the whole wait begins again at the start of the run.
 */
export class WaitClock {
  readonly #monotonicMs: () => number
  readonly #startedMs: number
  readonly #lastFailureMs = new Map<string, number>()

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
    this.#startedMs = monotonicMs()
  }

  failed(name: string): void {
    this.#lastFailureMs.set(name, this.#monotonicMs())
  }

  remainingMs(name: string, failures: number): number {
    const since = this.#lastFailureMs.get(name) ?? this.#startedMs
    return Math.max(0, since + waitAfterFailuresMs(failures) - this.#monotonicMs())
  }
}
