import type { WritableDb } from '../database.ts'

/**
 * Reader studies. While a study is read, truth and allocation lie in `sealed_json` only, closed with two people's keys;
 * `study_plan` knows order and pictures of each read, not what they are.
 */
export default function addStudies(db: WritableDb): void {
  db.exec(`
    CREATE TABLE study (
      id TEXT PRIMARY KEY,
      state TEXT NOT NULL CHECK (state IN ('draft', 'reading', 'data-locked', 'unblinded')),
      draft_json TEXT CHECK (json_valid(draft_json)),
      commitment_json TEXT CHECK (json_valid(commitment_json)),
      sealed_json TEXT CHECK (json_valid(sealed_json)),
      opened_json TEXT CHECK (json_valid(opened_json)),
      created_ms INTEGER NOT NULL,
      CHECK (state = 'draft' OR draft_json IS NULL),
      CHECK (state = 'draft' OR commitment_json IS NOT NULL),
      CHECK (opened_json IS NULL OR state = 'unblinded')) STRICT;

    CREATE TABLE study_protocol (
      study_id TEXT NOT NULL REFERENCES study (id), version INTEGER NOT NULL, protocol_json TEXT NOT NULL,
      at_ms INTEGER NOT NULL, PRIMARY KEY (study_id, version)) STRICT, WITHOUT ROWID;

    CREATE TABLE study_reader (
      study_id TEXT NOT NULL REFERENCES study (id), reader_id INTEGER NOT NULL,
      person_id TEXT REFERENCES person (id), private_key TEXT, public_key TEXT NOT NULL,
      PRIMARY KEY (study_id, reader_id)) STRICT, WITHOUT ROWID;

    CREATE TABLE study_item (
      study_id TEXT NOT NULL REFERENCES study (id), item_id TEXT NOT NULL,
      blob_id TEXT NOT NULL REFERENCES blob (id), cycle_ms REAL NOT NULL CHECK (cycle_ms > 0),
      PRIMARY KEY (study_id, item_id)) STRICT, WITHOUT ROWID;

    CREATE TABLE study_plan (
      study_id TEXT NOT NULL REFERENCES study (id), read_id TEXT NOT NULL, reader_id INTEGER NOT NULL,
      stage_id TEXT NOT NULL, sitting INTEGER NOT NULL, position INTEGER NOT NULL, training INTEGER NOT NULL,
      case_token TEXT NOT NULL, item_id TEXT NOT NULL, feedback_json TEXT,
      PRIMARY KEY (study_id, read_id), UNIQUE (study_id, reader_id, position),
      CHECK (feedback_json IS NULL OR training = 1)) STRICT, WITHOUT ROWID;

    CREATE TABLE study_log (
      study_id TEXT NOT NULL REFERENCES study (id), reader_id INTEGER NOT NULL, sequence INTEGER NOT NULL,
      wall_ms INTEGER NOT NULL, entry_json TEXT NOT NULL CHECK (json_valid(entry_json)),
      PRIMARY KEY (study_id, reader_id, sequence)) STRICT, WITHOUT ROWID;
    CREATE INDEX study_log_by_time ON study_log (wall_ms);
    CREATE TRIGGER study_log_keeps BEFORE UPDATE ON study_log BEGIN SELECT RAISE (ABORT, 'answers are only added'); END;
    CREATE TRIGGER study_log_stays BEFORE DELETE ON study_log BEGIN SELECT RAISE (ABORT, 'answers are only added'); END;

    CREATE TABLE study_autosave (
      study_id TEXT NOT NULL, read_id TEXT NOT NULL, answers_json TEXT NOT NULL,
      active_ms REAL NOT NULL, away_ms REAL NOT NULL, PRIMARY KEY (study_id, read_id)) STRICT, WITHOUT ROWID;

    CREATE TABLE study_case (
      study_id TEXT NOT NULL REFERENCES study (id), case_id INTEGER NOT NULL, truth_json TEXT NOT NULL,
      ecg_blob TEXT NOT NULL REFERENCES blob (id), real_blob TEXT REFERENCES blob (id),
      generated_blob TEXT REFERENCES blob (id), cycle_ms REAL NOT NULL,
      PRIMARY KEY (study_id, case_id)) STRICT, WITHOUT ROWID;
  `)
}
