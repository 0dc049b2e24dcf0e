/** `audit:*`: who did what, when, to which record. */
import { z } from 'zod'
import { PersonId } from './ids.ts'

/** Null lets everything through. */
export const AuditFilter = z.strictObject({
  personId: PersonId.nullable(),
  action: z.string().min(1).max(100).nullable(),
  /** What the entry speaks of: `patient`, `recording`, `screening`, `person`, … */
  kind: z.string().min(1).max(100).nullable(),
  recordId: z.string().min(1).max(200).nullable(),
  fromMs: z.int().nullable(),
  /** The first moment that is no longer wanted. */
  untilMs: z.int().nullable(),
})
export type AuditFilter = z.infer<typeof AuditFilter>

/** One entry as a list shows it; what the record was before and after is asked for by itself. */
export const AuditLine = z.strictObject({
  /** For lists that want one; the number as text. */
  id: z.string(),
  number: z.int().positive(),
  at: z.iso.datetime(),
  /** Of the clock on the wall where it was done, from UTC. */
  offsetMinutes: z.int(),
  personName: z.string(),
  action: z.string(),
  kind: z.string(),
  recordId: z.string().nullable(),
  reason: z.string().nullable(),
})
export type AuditLine = z.infer<typeof AuditLine>

export const AuditDetail = AuditLine.extend({
  /** JSON; null where there was nothing. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  hash: z.string(),
})
export type AuditDetail = z.infer<typeof AuditDetail>

export const AuditVerdict = z.strictObject({
  ok: z.boolean(),
  entries: z.int().min(0),
  head: z.string(),
  firstBad: z
    .strictObject({ index: z.int().positive(), reason: z.enum(['altered', 'missing', 'contradicts-head']) })
    .optional(),
})
export type AuditVerdict = z.infer<typeof AuditVerdict>

export const auditContract = {
  'audit:search': {
    input: z.strictObject({ filter: AuditFilter, offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    /** `more`: more match than are listed. */
    output: z.strictObject({ total: z.int().min(0), more: z.boolean(), rows: z.array(AuditLine) }),
  },
  /** What some entry has, to choose from. */
  'audit:list-choices': {
    input: z.void(),
    output: z.strictObject({
      actions: z.array(z.string()),
      kinds: z.array(z.string()),
      people: z.array(z.strictObject({ id: PersonId, name: z.string() })),
    }),
  },
  /** Reading what an entry holds of a patient is an entry itself. */
  'audit:read': { input: z.strictObject({ number: z.int().positive() }), output: AuditDetail },
  /** Walks the whole chain and compares it with the heads beside the registry. */
  'audit:verify': { input: z.void(), output: AuditVerdict },
  /** The signed end of the trail as JSON, to be kept where nobody who can edit the registry can edit it. */
  'audit:sign-head': { input: z.void(), output: z.strictObject({ fileName: z.string(), text: z.string() }) },
  'audit:export-csv': {
    input: z.strictObject({ filter: AuditFilter }),
    output: z.strictObject({ fileName: z.string(), text: z.string() }),
  },
} as const
