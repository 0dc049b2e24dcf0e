import { z } from 'zod'
import { bytes } from './bytes.ts'
import { REPORT_LANGUAGES } from './constants.ts'
import { PatientFields } from './patients.ts'

/** Half of the largest message between window and main; larger bundles go by the command line. */
const MAX_BUNDLE_BYTES = 128 * 2 ** 20
const Passphrase = z.string().min(8).max(1024)

/** One value as both sides have it. */
const Difference = z.strictObject({
  field: PatientFields.keyof(),
  ours: z.union([z.string(), z.number(), z.null()]),
  theirs: z.union([z.string(), z.number(), z.null()]),
})

export const ExchangeConflict = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['fields', 'same-id', 'assignment', 'merge', 'reviews']),
  /** Fingerprint of the workspace that says otherwise. */
  workspace: z.string(),
  foundAt: z.string(),
  /** What it is about: a patient, the file of a recording. */
  subject: z.string(),
  /** The patient here, and the one on the other side; null where it is about something else, or nobody. */
  ours: z.string().nullable(),
  theirs: z.string().nullable(),
  /** Of `fields`, `same-id` and `merge`: every field that differs. */
  differences: z.array(Difference),
  /** Of `reviews`: what either side concluded last. */
  reviews: z.strictObject({ ours: z.string(), theirs: z.string() }).nullable(),
})
export type ExchangeConflict = z.infer<typeof ExchangeConflict>

const ExchangeState = z.strictObject({
  /** Fingerprint of this workspace. */
  workspace: z.string(),
  partners: z.array(z.strictObject({ workspace: z.string(), trustedAt: z.string() })),
  conflicts: z.array(ExchangeConflict),
  conflictCount: z.int(),
})
export type ExchangeState = z.infer<typeof ExchangeState>

const Counts = z.record(z.string(), z.int())
const Tally = z.strictObject({ added: Counts, updated: Counts, conflicts: Counts })

export const exchangeContract = {
  'exchange:describe': { input: z.void(), output: ExchangeState },
  /** Everything of the registry for another workspace, signed, closed with a passphrase that travels another way. */
  'exchange:export-bundle': {
    input: z.strictObject({ passphrase: Passphrase }),
    output: z.strictObject({ name: z.string(), bytes: bytes(MAX_BUNDLE_BYTES), rows: Counts }),
  },
  /** Refused with `bundle/unknown-sender` until somebody confirms the sender's fingerprint. */
  'exchange:import-bundle': {
    input: z.strictObject({
      file: bytes(MAX_BUNDLE_BYTES),
      passphrase: z.string().max(1024),
      trusted: z.string().max(100).nullable(),
    }),
    output: z.strictObject({ workspace: z.string(), madeAt: z.string(), tally: Tally }),
  },
  'exchange:decide': {
    input: z.strictObject({
      id: z.uuid(),
      side: z.enum(['ours', 'theirs']),
      fields: z.array(PatientFields.keyof()),
      reason: z.string().trim().min(1).max(2000),
    }),
    output: ExchangeState,
  },
  /**
   * The whole registry in open formats, not encrypted, into a new or empty folder of this computer. Progress comes as
   * `exchange:open-progress`. Refused with `export/cancelled` on cancel, `export/running` while another is under way.
   */
  'exchange:export-open': {
    input: z.strictObject({ folder: z.string().trim().min(1).max(4096), language: z.enum(REPORT_LANGUAGES) }),
    output: z.strictObject({
      folder: z.string(),
      files: z.int(),
      rows: Counts,
      withoutWfdb: z.array(z.string()),
      withoutReport: z.array(z.string()),
      entries: z.int(),
    }),
  },
  'exchange:cancel-open': { input: z.void(), output: z.void() },
} as const

export const exchangeEvents = {
  /** Rows written, of all tables. */
  'exchange:open-progress': z.strictObject({ done: z.int().min(0), of: z.int().min(0) }),
} as const
