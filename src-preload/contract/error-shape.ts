import { z } from 'zod'

/** `ErrorReply` as a schema, where an answer holds one. */
export const ErrorShape = z.strictObject({ code: z.string(), message: z.string() })
