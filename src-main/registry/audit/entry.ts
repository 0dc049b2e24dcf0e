import { createHash, hash } from 'node:crypto'

/** What a change says about itself. `before` and `after` are whatever of the record changed, as JSON. */
export interface AuditNote {
  /** `record:verb`, e.g. `patient:create`, `screening:sign`. */
  readonly action: string
  readonly kind: string
  readonly id: string | null
  readonly before?: unknown
  readonly after?: unknown
  readonly reason?: string
}

/** One line of the audit trail as it is stored. */
export interface AuditEntry {
  /** 1, 2, 3 … without a gap. */
  readonly number: number
  readonly atMs: number
  readonly offsetMinutes: number
  readonly personId: string | null
  readonly personName: string
  readonly action: string
  readonly kind: string
  readonly id: string | null
  readonly beforeJson: string | null
  readonly afterJson: string | null
  readonly reason: string | null
}

/** The hash before the first entry. */
export const CHAIN_START: Buffer = createHash('sha256').update('cardionets/audit/v1').digest()

/** SHA-256 over the hash before and every field of the entry, so that no field and no order can change unseen. */
export function chainHash(previous: Uint8Array, entry: AuditEntry): Buffer {
  const fields = [
    entry.number,
    entry.atMs,
    entry.offsetMinutes,
    entry.personId,
    entry.personName,
    entry.action,
    entry.kind,
    entry.id,
    entry.beforeJson,
    entry.afterJson,
    entry.reason,
  ]
  return hash('sha256', Buffer.concat([previous, Buffer.from(JSON.stringify(fields))]), 'buffer')
}
