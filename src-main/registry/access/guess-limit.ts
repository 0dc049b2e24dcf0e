import { AppError } from '../../../src-preload/contract/errors.ts'
import type { RegistryEnvironment } from '../environment.ts'
import type { AccessStore } from './access-store.ts'
import { WaitClock } from './throttle.ts'

/**
 * Slows guesses down. Attempts on one workspace are made one after the other, and each is counted before it is judged:
 * ending the process in the middle gives no free guess.
 */
export class GuessLimit {
  readonly #clock: WaitClock
  readonly #environment: RegistryEnvironment
  #queue: Promise<unknown> = Promise.resolve()

  constructor(environment: RegistryEnvironment) {
    this.#environment = environment
    this.#clock = new WaitClock(() => environment.monotonicMs())
  }

  /**
   * @param nameHash  whose guesses are counted
   * @param judge     null for a wrong guess
   * @throws AppError `access/wait`, `access/refused`
   */
  attempt<T>(store: AccessStore, nameHash: string, judge: () => Promise<T | null>): Promise<T> {
    const run = async (): Promise<T> => {
      const failures = store.failures(nameHash)
      const waitMs = this.#clock.remainingMs(nameHash, failures)
      if (waitMs > 0) throw new WaitError(waitMs)
      store.setFailures(nameHash, failures + 1)
      const judged = await judge()
      if (judged !== null) {
        store.setFailures(nameHash, 0)
        return judged
      }
      this.#clock.failed(nameHash)
      store.noteFailure(this.#environment.now().utcMs)
      throw new AppError('access/refused', 'Name and password do not belong together. Check both and try again.')
    }
    const result = this.#queue.then(run)
    this.#queue = result.catch(() => undefined)
    return result
  }
}

export class WaitError extends AppError {
  readonly waitMs: number

  constructor(waitMs: number) {
    const seconds = Math.ceil(waitMs / 1000)
    super('access/wait', `Too many wrong passwords. Try again in ${seconds} s.`)
    this.waitMs = waitMs
  }
}
