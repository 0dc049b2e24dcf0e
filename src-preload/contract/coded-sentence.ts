import { z } from 'zod'

/**
 * What was found, by a code with the names and numbers that belong to it: the window words it in the reader's language.
 * `message` is the English sentence, for logs, the command line and English windows.
 */
export const CodedSentence = z.strictObject({
  code: z.string().max(64),
  values: z.record(z.string().max(32), z.union([z.string(), z.number()])),
  message: z.string(),
})
export type CodedSentence = z.infer<typeof CodedSentence>
