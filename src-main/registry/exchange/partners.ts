import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'

/** A workspace whose bundles are taken here. */
export interface Partner {
  readonly workspace: string
  readonly publicKey: string
  readonly trustedMs: number
}

export function findPartner(db: ReadableDb, workspace: string): Partner | undefined {
  return statement<Partner>(
    db,
    'SELECT workspace, public_key AS publicKey, trusted_ms AS trustedMs FROM exchange_partner WHERE workspace = ?',
  ).get(workspace)
}

export function listPartners(db: ReadableDb): Partner[] {
  return statement<Partner>(
    db,
    'SELECT workspace, public_key AS publicKey, trusted_ms AS trustedMs FROM exchange_partner ORDER BY trusted_ms',
  ).all()
}

/** Somebody has compared the fingerprint with what the other computer shows. */
export function trustPartner(change: Change, workspace: string, publicKey: string): void {
  if (change.by.id === null) throw new Error('trust is a person’s')
  statement(
    change.db,
    `INSERT INTO exchange_partner (workspace, public_key, trusted_ms, trusted_by) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  ).run(workspace, publicKey, change.at.utcMs, change.by.id)
  change.audit({ action: 'exchange:trust', kind: 'workspace', id: workspace, after: { publicKey } })
}

/** A fingerprint as people compare it: groups of four. */
export const fingerprintText = (workspace: string): string => workspace.match(/.{4}/g)!.join(' ')
