import type { WritableDb } from '../database.ts'

/**
 * Keys of model packs that a site trusts besides the pinned ones, and the indices by which the audit trail is searched.
 * A key that is trusted no more stays as a row: the trail speaks of it.
 */
export default function addSiteKeys(db: WritableDb): void {
  db.exec(`
    CREATE TABLE site_key (
      key_id TEXT PRIMARY KEY CHECK (length(key_id) = 64),
      public_key TEXT NOT NULL CHECK (length(public_key) = 44),
      name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
      trusted_ms INTEGER NOT NULL, trusted_by TEXT NOT NULL REFERENCES person (id),
      withdrawn_ms INTEGER) STRICT, WITHOUT ROWID;

    CREATE INDEX audit_by_person ON audit (person_id, number);
    CREATE INDEX audit_by_action ON audit (action, number);
    CREATE INDEX audit_by_time ON audit (at_ms);
  `)
}
