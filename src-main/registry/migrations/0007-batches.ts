import type { WritableDb } from '../database.ts'

/**
 * Batches and what became of each of their files. A file is either queued (no outcome) or done: its outcome is written
 * in the transaction that stores its recording, so a kill loses none and doubles none.
 */
export default function addBatches(db: WritableDb): void {
  db.exec(`
    CREATE TABLE batch (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('folder', 'csv', 'watch')),
      source TEXT NOT NULL,
      assignment TEXT NOT NULL CHECK (assignment IN ('unassigned', 'match', 'create')),
      state TEXT NOT NULL CHECK (state IN ('listing', 'running', 'paused', 'finished', 'cancelled')),
      started_ms INTEGER NOT NULL, started_by TEXT REFERENCES person (id),
      ended_ms INTEGER,
      CHECK ((ended_ms IS NULL) = (state IN ('listing', 'running', 'paused')))) STRICT;

    CREATE TABLE batch_item (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      batch_id TEXT NOT NULL REFERENCES batch (id),
      path TEXT NOT NULL,
      stamp TEXT NOT NULL,
      row_number INTEGER,
      person_json TEXT CHECK (json_valid(person_json)),
      answer_json TEXT CHECK (json_valid(answer_json)),
      outcome TEXT CHECK (outcome IN ('screened', 'limited', 'refused', 'known', 'waiting')),
      waiting_for TEXT CHECK (waiting_for IN ('answer', 'identity')),
      decided_outcome TEXT CHECK (decided_outcome IN ('screened', 'limited', 'refused', 'known')),
      header TEXT,
      code TEXT, message TEXT,
      recording_id TEXT REFERENCES recording (id),
      proposed_id TEXT REFERENCES patient (id),
      done_ms INTEGER,
      UNIQUE (batch_id, path, stamp),
      CHECK ((outcome = 'waiting') IS (waiting_for IS NOT NULL) OR outcome IS NULL),
      CHECK ((waiting_for = 'identity') = (decided_outcome IS NOT NULL) OR waiting_for IS NULL),
      CHECK ((outcome IS NULL) = (done_ms IS NULL))) STRICT;
    CREATE INDEX batch_item_by_batch ON batch_item (batch_id, number);
    CREATE INDEX batch_item_queued ON batch_item (batch_id, number) WHERE outcome IS NULL;
    CREATE INDEX batch_item_by_recording ON batch_item (recording_id);
  `)
}
