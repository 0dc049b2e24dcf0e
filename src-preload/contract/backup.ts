/** `backup:*`: copies of the registry, what they are worth, and where they lie. */
import { z } from 'zod'

export const BackupEntry = z.strictObject({
  /** The name of its folder. */
  name: z.string(),
  madeAt: z.iso.datetime(),
  /** When every byte of it was read back last: when it was made, or later by hand. */
  provedAt: z.iso.datetime(),
  /** Entries of the audit trail that it holds. */
  entries: z.int().min(0),
  files: z.int().min(0),
  /** Of the copy of the registry and of the files that it names, which backups of one folder share. */
  bytes: z.number().min(0),
  /** The newest of its day, week, month; a backup that is none of them goes with the next one. */
  keptFor: z.array(z.enum(['day', 'week', 'month'])),
})
export type BackupEntry = z.infer<typeof BackupEntry>

export const BackupState = z.strictObject({
  folder: z.string(),
  /** Newest first. */
  backups: z.array(BackupEntry),
  /** By the schedule of the site. */
  due: z.boolean(),
  /** What is under way; one thing at a time. */
  running: z.enum(['make', 'prove']).nullable(),
  /** Why the last one that was made by itself failed; null where it did not. */
  lastFailure: z.strictObject({ at: z.iso.datetime(), code: z.string() }).nullable(),
})
export type BackupState = z.infer<typeof BackupState>

export const BackupProgress = z.strictObject({
  step: z.enum(['registry', 'files']),
  done: z.int().min(0),
  of: z.int().min(0),
})
export type BackupProgress = z.infer<typeof BackupProgress>

export const backupContract = {
  'backup:describe': { input: z.void(), output: BackupState },
  /** Answers when the backup is made and proved; progress comes as `backup:progress`. */
  'backup:make': { input: z.void(), output: BackupState },
  /** Reads a whole backup back. Refused with what is wrong with it. */
  'backup:prove': {
    input: z.strictObject({ name: z.string().regex(/^cardionets-backup-[0-9TZ-]+$/) }),
    output: BackupState,
  },
} as const
