/** What crosses the border instead of an exception: a stable code and a sentence that a reader can act on. */
export interface ErrorReply {
  /** `feature/problem`, e.g. `ecg/lead-missing`. */
  code: string
  /** What was found, and what to do. Never holds patient data beyond the file name that the user chose. */
  message: string
}

export type Reply<T> = { ok: true; value: T } | { ok: false; error: ErrorReply }

/**
 * The one error class. Thrown with a code and a sentence for the user; the original error, if any, is the `cause`.
 * Anything else that is thrown is a defect of ours and is reported as `app/internal`.
 */
export class AppError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
  }

  toReply(): ErrorReply {
    return { code: this.code, message: this.message }
  }
}
