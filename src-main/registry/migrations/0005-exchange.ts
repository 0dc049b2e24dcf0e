import type { WritableDb } from '../database.ts'

/**
 * Registries of several computers that exchange bundles. People and signatures may come from another workspace: such
 * a person has no access here. What was last received of a record tells whether both sides changed it since.
 */
export default function addExchange(db: WritableDb): void {
  db.exec(`
    ALTER TABLE person ADD COLUMN workspace TEXT;
    ALTER TABLE review ADD COLUMN workspace TEXT;
    CREATE INDEX patient_by_kept ON patient (merged_into) WHERE merged_into IS NOT NULL;

    CREATE TABLE exchange_partner (
      workspace TEXT PRIMARY KEY CHECK (length(workspace) = 32),
      public_key TEXT NOT NULL,
      trusted_ms INTEGER NOT NULL, trusted_by TEXT NOT NULL REFERENCES person (id)) STRICT, WITHOUT ROWID;

    CREATE TABLE exchange_seen (
      workspace TEXT NOT NULL, record_kind TEXT NOT NULL, record_id TEXT NOT NULL, version TEXT NOT NULL,
      PRIMARY KEY (record_kind, record_id, workspace)) STRICT, WITHOUT ROWID;

    CREATE TABLE exchange_conflict (
      id TEXT PRIMARY KEY,
      workspace TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('fields', 'same-id', 'assignment', 'merge', 'reviews')),
      record_id TEXT NOT NULL,
      theirs_json TEXT NOT NULL CHECK (json_valid(theirs_json)),
      found_ms INTEGER NOT NULL,
      decided_ms INTEGER, decided_by TEXT REFERENCES person (id),
      decision_json TEXT CHECK (json_valid(decision_json)),
      UNIQUE (workspace, kind, record_id, theirs_json),
      CHECK ((decided_ms IS NULL) = (decision_json IS NULL))) STRICT;
    CREATE INDEX exchange_conflict_open ON exchange_conflict (found_ms) WHERE decided_ms IS NULL;
  `)
}
