import type { ErrorReply } from '../../../src-preload/contract/errors.ts'
import type { AuditVerdict } from '../audit/verify.ts'
import type { BackupOrder, BackupProgress, BackupReport } from '../backup/make-backup.ts'
import type { BackupProof, ProofOrder } from '../backup/prove-backup.ts'

/** Long work on a registry or a backup that nobody shall wait for. Every order carries the data key. */
export type RegistryOrder =
  | ({ readonly task: 'make-backup' } & BackupOrder)
  | ({ readonly task: 'prove-backup' } & ProofOrder)
  | { readonly task: 'verify-audit'; readonly registryDirectory: string; readonly dataKey: Buffer }

export interface RegistryResults {
  'make-backup': BackupReport
  'prove-backup': BackupProof
  'verify-audit': AuditVerdict
}

export type WorkerMessage<Result = RegistryResults[keyof RegistryResults]> =
  | { readonly kind: 'progress'; readonly progress: BackupProgress }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'refused'; readonly error: ErrorReply }
