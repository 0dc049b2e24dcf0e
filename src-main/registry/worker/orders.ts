import type { AuditVerdict } from '../audit/verify.ts'
import type { BackupOrder, BackupReport } from '../backup/make-backup.ts'
import type { BackupProof, ProofOrder } from '../backup/prove-backup.ts'
import type { DuplicateIds } from '../search/find-duplicates.ts'

/** Long work on a registry or a backup that nobody shall wait for. Every order carries the data key. */
export type RegistryOrder =
  | ({ readonly task: 'make-backup' } & BackupOrder)
  | ({ readonly task: 'prove-backup' } & ProofOrder)
  | { readonly task: 'verify-audit' | 'find-duplicates'; readonly registryDirectory: string; readonly dataKey: Buffer }

export interface RegistryResults {
  'make-backup': BackupReport
  'prove-backup': BackupProof
  'verify-audit': AuditVerdict
  'find-duplicates': DuplicateIds[]
}
