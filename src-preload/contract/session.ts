/** `session:*`: what the window tells of the person before it. */
import { z } from 'zod'

/** Which form, e.g. `patient-new`. */
const form = z.string().min(1).max(120)

export const sessionContract = {
  /** Somebody does something: puts off the idle lock. */
  'session:report-activity': { input: z.void(), output: z.void() },
  /**
   * A half-typed form, as JSON, in the encrypted registry and for its own author only. Taken also while the window is
   * locked: a lock must not cost what was just typed.
   */
  'session:keep-draft': { input: z.strictObject({ form, draft: z.string().max(100_000) }), output: z.void() },
  'session:read-draft': {
    input: z.strictObject({ form }),
    output: z.strictObject({ draft: z.string().nullable() }),
  },
  'session:drop-draft': { input: z.strictObject({ form }), output: z.void() },
} as const
