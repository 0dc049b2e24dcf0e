import { z } from 'zod'
import { StudyProtocol } from './study-protocol.ts'

/** What of a locked protocol can change; which of it depends on whether somebody has read. */
export const Amendment = StudyProtocol.pick({
  title: true,
  stages: true,
  questions: true,
  sitting: true,
  finalOnSubmit: true,
  primary: true,
}).partial()
export type Amendment = z.infer<typeof Amendment>

/** One version of a locked protocol. */
export const ProtocolVersion = z.strictObject({
  version: z.int(),
  /** Null where the version came with a package from another computer. */
  atMs: z.number().nullable(),
  by: z.string(),
  /** Empty in the first. */
  reason: z.string(),
  /** Of this version and all before it; of the first, the study's commitment. */
  sha256: z.string(),
  /** Against the version before. */
  changes: z.array(z.strictObject({ path: z.string(), before: z.string(), after: z.string() })),
})
export type ProtocolVersion = z.infer<typeof ProtocolVersion>
