/** `support:*`: what helps somebody else to find a fault here, and says nothing of a patient. */
import { z } from 'zod'

export const supportContract = {
  /** One JSON text: versions, this computer, providers, the last lines of the log, settings without free text. */
  'support:make-bundle': { input: z.void(), output: z.strictObject({ fileName: z.string(), text: z.string() }) },
} as const
