/** `settings:*`, `backup:*`, `audit:*`, `bundle:*`: the registry itself. */
import { z } from 'zod'
import { MAX_PASSWORD_LENGTH } from './constants.ts'

const path = z.string().trim().min(1).max(4096)
const prevalence = z.number().gt(0).lt(1)

export const Settings = z.strictObject({
  siteName: z.string().max(120),
  idleLockMinutes: z.int().min(2).max(30),
  /** How common each disease is among those screened here; null where the site does not know. */
  prevalence: z.strictObject({
    cad: prevalence.nullable(),
    hf: prevalence.nullable(),
    cm: prevalence.nullable(),
    ph: prevalence.nullable(),
  }),
  /** Where the daily backups go; null for the workspace itself. */
  backupFolder: z.string().max(4096).nullable(),
  /** Local hour at which the daily backup is made, or at the next start after it. */
  backupHour: z.int().min(0).max(23),
})
export type Settings = z.infer<typeof Settings>

export const Backup = z.strictObject({
  id: z.string(),
  path: z.string(),
  madeAt: z.string(),
  byteCount: z.number().min(0),
  kind: z.enum(['by-hand', 'scheduled']),
})
export type Backup = z.infer<typeof Backup>

export const AuditEntry = z.strictObject({
  index: z.int(),
  at: z.string(),
  person: z.string(),
  action: z.string(),
  recordKind: z.string(),
  recordId: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  reason: z.string().nullable(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const BundleConflict = z.strictObject({
  id: z.string(),
  patient: z.string(),
  field: z.string(),
  here: z.string(),
  there: z.string(),
})
export type BundleConflict = z.infer<typeof BundleConflict>

const password = z.string().min(1).max(MAX_PASSWORD_LENGTH)

export const registryContract = {
  'settings:read': { input: z.void(), output: Settings },
  'settings:change': { input: Settings, output: Settings },

  'backup:list': {
    input: z.void(),
    output: z.strictObject({ folder: z.string(), backups: z.array(Backup), nextAt: z.string().nullable() }),
  },
  'backup:make': { input: z.void(), output: Backup },
  /** Opens the backup somewhere else, checks every page, row and blob, and throws the copy away. */
  'backup:test-restore': {
    input: z.strictObject({ id: z.string().max(400) }),
    output: z.strictObject({ patients: z.int(), recordings: z.int(), screenings: z.int(), blobs: z.int() }),
  },

  'audit:list': {
    input: z.strictObject({
      text: z.string().max(200),
      recordId: z.string().max(64).nullable(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    output: z.strictObject({ total: z.int().min(0), rows: z.array(AuditEntry) }),
  },
  'audit:verify': {
    input: z.void(),
    output: z.strictObject({
      ok: z.boolean(),
      entries: z.int(),
      head: z.string(),
      firstBad: z.strictObject({ index: z.int(), reason: z.string() }).nullable(),
    }),
  },

  /** One file for a USB drive, encrypted with the given passphrase and signed by this registry. */
  'bundle:export': {
    input: z.strictObject({ path, passphrase: password }),
    output: z.strictObject({ path: z.string(), patients: z.int(), recordings: z.int(), screenings: z.int() }),
  },
  'bundle:import': {
    input: z.strictObject({ path, passphrase: password }),
    output: z.strictObject({
      added: z.strictObject({ patients: z.int(), recordings: z.int(), screenings: z.int() }),
      unchanged: z.int(),
      conflicts: z.array(BundleConflict),
    }),
  },
  'bundle:list-conflicts': { input: z.void(), output: z.array(BundleConflict) },
  'bundle:resolve': {
    input: z.strictObject({ id: z.string().max(200), keep: z.enum(['here', 'there']) }),
    output: z.array(BundleConflict),
  },
} as const
