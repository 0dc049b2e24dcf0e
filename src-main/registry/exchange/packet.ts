import { z } from 'zod'

/** A row as it travels: column by column, blobs by the SHA-256 of their content. */
export type Row = Record<string, string | number | null>

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const Value = z.union([z.string(), z.number(), z.null()])

/** A person whom rows speak of: a name, no account. */
export const Traveller = z.strictObject({
  id: z.uuid(),
  displayName: z.string().min(1).max(200),
  /** The workspace that the person works in. */
  workspace: z.string().regex(/^[0-9a-f]{32}$/),
})
export type Traveller = z.infer<typeof Traveller>

/** What the sender last received of a record from another workspace. */
export const Seen = z.strictObject({
  workspace: z.string(),
  kind: z.enum(['patient', 'recording']),
  id: z.string(),
  version: z.string(),
})
export type Seen = z.infer<typeof Seen>

/** One patient with everything of the patient, or one recording of nobody: what is taken over whole or not at all. */
export const Packet = z.strictObject({
  people: z.array(Traveller),
  rows: z.record(z.string(), z.array(z.record(z.string(), Value))),
  blobs: z.array(Sha256),
  seen: z.array(Seen),
})
export type Packet = z.infer<typeof Packet>
