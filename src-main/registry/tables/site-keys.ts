import { AppError } from '../../../src-preload/contract/errors.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'

/** A key of model packs that this site trusts. */
export interface SiteKey {
  readonly keyId: string
  /** Base64 of the 32 raw bytes. */
  readonly publicKeyBase64: string
  /** Whose it is. */
  readonly name: string
  readonly trustedMs: number
  readonly trustedBy: string
}

/** Those that are trusted now. */
export function listSiteKeys(db: ReadableDb): SiteKey[] {
  return statement<SiteKey>(
    db,
    `SELECT key_id AS keyId, public_key AS publicKeyBase64, name, trusted_ms AS trustedMs, display_name AS trustedBy
      FROM site_key JOIN person ON person.id = trusted_by WHERE withdrawn_ms IS NULL ORDER BY trusted_ms`,
  ).all()
}

/** Trusted from here on, also when it was withdrawn before. */
export function trustSiteKey(change: Change, key: { keyId: string; publicKeyBase64: string; name: string }): void {
  statement(
    change.db,
    `INSERT INTO site_key (key_id, public_key, name, trusted_ms, trusted_by) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (key_id) DO UPDATE SET name = excluded.name, trusted_ms = excluded.trusted_ms,
        trusted_by = excluded.trusted_by, withdrawn_ms = NULL`,
  ).run(key.keyId, key.publicKeyBase64, key.name, change.at.utcMs, change.by.id)
  change.audit({ action: 'site-key:trust', kind: 'site-key', id: key.keyId, after: { name: key.name } })
}

/** @throws AppError `pack/key-not-trusted` */
export function withdrawSiteKey(change: Change, keyId: string, reason: string): void {
  const known = listSiteKeys(change.db).find((key) => key.keyId === keyId)
  if (!known) throw new AppError('pack/key-not-trusted', 'This key is not among those that this site trusts.')
  statement(change.db, 'UPDATE site_key SET withdrawn_ms = ? WHERE key_id = ?').run(change.at.utcMs, keyId)
  change.audit({ action: 'site-key:withdraw', kind: 'site-key', id: keyId, before: { name: known.name }, reason })
}
