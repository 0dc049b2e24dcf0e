import { AppError } from '../../src-preload/contract/index.ts'

/** Jobs that somebody waits for and may cancel, by the id that the window gave them. */
export class RunningJobs<Id extends string> {
  readonly #running = new Map<Id, AbortController>()
  readonly #refusal: { readonly code: string; readonly message: string }

  /** @param refusal  what is said where an id is used twice at a time */
  constructor(refusal: { code: string; message: string }) {
    this.#refusal = refusal
  }

  /** @throws what the work throws; the constructor's refusal where the same job runs already */
  async run<Result>(id: Id, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    if (this.#running.has(id)) throw new AppError(this.#refusal.code, this.#refusal.message)
    const cancel = new AbortController()
    this.#running.set(id, cancel)
    try {
      return await work(cancel.signal)
    } finally {
      this.#running.delete(id)
    }
  }

  /** Nothing happens where the job has ended. */
  cancel(id: Id): void {
    this.#running.get(id)?.abort()
  }
}
