import type { WritableDb } from '../database.ts'

/** People, patients, recordings, screenings, attachments, audit. Times are milliseconds UTC, dates ISO text. */
export default function addRegistry(db: WritableDb): void {
  db.exec(`
    CREATE TABLE setting (
      name TEXT PRIMARY KEY, value_json TEXT NOT NULL CHECK (json_valid(value_json))) STRICT, WITHOUT ROWID;

    CREATE TABLE person (
      id TEXT PRIMARY KEY,
      login_name TEXT NOT NULL UNIQUE,
      display_name TEXT NOT NULL CHECK (length(display_name) BETWEEN 1 AND 200),
      roles_json TEXT NOT NULL CHECK (json_valid(roles_json)),
      created_ms INTEGER NOT NULL,
      revoked_ms INTEGER) STRICT;

    CREATE TABLE blob (
      id TEXT PRIMARY KEY CHECK (length(id) = 64),
      byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
      created_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE patient (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      local_id TEXT NOT NULL UNIQUE CHECK (length(local_id) BETWEEN 1 AND 200),
      name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 400),
      sex TEXT NOT NULL CHECK (sex IN ('female', 'male', 'other', 'unknown')),
      birth_date TEXT CHECK (birth_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      height_cm REAL CHECK (height_cm > 0), weight_kg REAL CHECK (weight_kg > 0),
      ethnicity TEXT, contact TEXT, notes TEXT,
      created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
      revision INTEGER NOT NULL DEFAULT 1,
      merged_into TEXT REFERENCES patient (id)) STRICT;
    CREATE INDEX patient_by_birth_date ON patient (birth_date, number);

    CREATE TABLE recording (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      patient_id TEXT REFERENCES patient (id),
      waveform_sha256 TEXT NOT NULL UNIQUE CHECK (length(waveform_sha256) = 64),
      waveform_blob TEXT NOT NULL REFERENCES blob (id),
      prepared_blob TEXT REFERENCES blob (id),
      summary_json TEXT NOT NULL CHECK (json_valid(summary_json)),
      window_json TEXT CHECK (json_valid(window_json)),
      refusal_code TEXT, refusal_message TEXT,
      recorded_at TEXT, recorded_date TEXT,
      identity_json TEXT CHECK (json_valid(identity_json)),
      imported_ms INTEGER NOT NULL, imported_by TEXT REFERENCES person (id)) STRICT;
    CREATE INDEX recording_by_patient ON recording (patient_id, number);
    CREATE INDEX recording_by_date ON recording (recorded_date, patient_id);
    CREATE INDEX recording_by_import ON recording (imported_ms);

    CREATE TABLE recording_source (
      id TEXT PRIMARY KEY,
      recording_id TEXT NOT NULL REFERENCES recording (id),
      content_sha256 TEXT NOT NULL UNIQUE CHECK (length(content_sha256) = 64),
      file_name TEXT NOT NULL,
      imported_ms INTEGER NOT NULL, imported_by TEXT REFERENCES person (id)) STRICT;
    CREATE INDEX recording_source_by_recording ON recording_source (recording_id);

    CREATE TABLE recording_file (
      source_id TEXT NOT NULL REFERENCES recording_source (id),
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      blob_id TEXT NOT NULL REFERENCES blob (id),
      PRIMARY KEY (source_id, position)) STRICT, WITHOUT ROWID;

    CREATE TABLE screening (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      recording_id TEXT NOT NULL REFERENCES recording (id),
      pack_id TEXT NOT NULL, pack_version TEXT NOT NULL, pack_sha256 TEXT NOT NULL,
      provider TEXT NOT NULL, seed INTEGER, preprocessing_version TEXT NOT NULL, input_sha256 TEXT NOT NULL,
      result_json TEXT NOT NULL CHECK (json_valid(result_json)),
      positive_cad INTEGER NOT NULL, positive_hf INTEGER NOT NULL,
      positive_cm INTEGER NOT NULL, positive_ph INTEGER NOT NULL,
      screened_ms INTEGER NOT NULL, screened_by TEXT REFERENCES person (id)) STRICT;
    CREATE INDEX screening_by_recording ON screening (recording_id, number);
    CREATE INDEX screening_cad ON screening (number) WHERE positive_cad = 1;
    CREATE INDEX screening_hf ON screening (number) WHERE positive_hf = 1;
    CREATE INDEX screening_cm ON screening (number) WHERE positive_cm = 1;
    CREATE INDEX screening_ph ON screening (number) WHERE positive_ph = 1;
    CREATE TRIGGER screening_is_immutable BEFORE UPDATE ON screening
      BEGIN SELECT RAISE(ABORT, 'a screening is never changed'); END;
    CREATE TRIGGER screening_is_kept BEFORE DELETE ON screening
      BEGIN SELECT RAISE(ABORT, 'a screening is never deleted'); END;

    CREATE TABLE review (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      screening_id TEXT NOT NULL REFERENCES screening (id),
      state TEXT NOT NULL CHECK (state IN ('reviewed', 'signed', 'amended')),
      agreement TEXT NOT NULL CHECK (agreement IN ('agree', 'disagree')),
      conclusion TEXT NOT NULL, reason TEXT,
      reviewed_ms INTEGER NOT NULL, offset_minutes INTEGER NOT NULL,
      reviewer_id TEXT NOT NULL REFERENCES person (id), reviewer_name TEXT NOT NULL,
      record_sha256 TEXT NOT NULL, signature TEXT,
      CHECK ((state = 'reviewed') = (signature IS NULL))) STRICT;
    CREATE INDEX review_by_screening ON review (screening_id, number);
    CREATE TRIGGER review_is_immutable BEFORE UPDATE ON review
      BEGIN SELECT RAISE(ABORT, 'a review is never changed'); END;
    CREATE TRIGGER review_is_kept BEFORE DELETE ON review
      BEGIN SELECT RAISE(ABORT, 'a review is never deleted'); END;

    CREATE TABLE attachment (
      id TEXT PRIMARY KEY,
      patient_id TEXT REFERENCES patient (id),
      recording_id TEXT REFERENCES recording (id),
      screening_id TEXT REFERENCES screening (id),
      kind TEXT NOT NULL CHECK (kind IN ('real-cine', 'generated-cine', 'report', 'other')),
      name TEXT NOT NULL, media_type TEXT NOT NULL,
      details_json TEXT NOT NULL CHECK (json_valid(details_json)),
      blob_id TEXT NOT NULL REFERENCES blob (id),
      added_ms INTEGER NOT NULL, added_by TEXT REFERENCES person (id),
      CHECK (patient_id IS NOT NULL OR recording_id IS NOT NULL OR screening_id IS NOT NULL)) STRICT;
    CREATE INDEX attachment_by_patient ON attachment (patient_id);
    CREATE INDEX attachment_by_recording ON attachment (recording_id);
    CREATE INDEX attachment_by_screening ON attachment (screening_id);

    CREATE TABLE patient_merge (
      id TEXT PRIMARY KEY,
      kept_id TEXT NOT NULL REFERENCES patient (id),
      absorbed_id TEXT NOT NULL REFERENCES patient (id),
      moved_json TEXT NOT NULL CHECK (json_valid(moved_json)),
      merged_ms INTEGER NOT NULL, merged_by TEXT NOT NULL REFERENCES person (id), reason TEXT NOT NULL,
      undone_ms INTEGER, undone_by TEXT REFERENCES person (id)) STRICT;
    CREATE INDEX patient_merge_by_kept ON patient_merge (kept_id);

    CREATE TABLE saved_view (
      id TEXT PRIMARY KEY,
      person_id TEXT NOT NULL REFERENCES person (id),
      name TEXT NOT NULL,
      definition_json TEXT NOT NULL CHECK (json_valid(definition_json)),
      position INTEGER NOT NULL,
      UNIQUE (person_id, name)) STRICT;

    CREATE TABLE form_draft (
      person_id TEXT NOT NULL REFERENCES person (id),
      form TEXT NOT NULL,
      value_json TEXT NOT NULL CHECK (json_valid(value_json)),
      saved_ms INTEGER NOT NULL,
      PRIMARY KEY (person_id, form)) STRICT, WITHOUT ROWID;

    CREATE TABLE audit (
      number INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL, offset_minutes INTEGER NOT NULL,
      person_id TEXT, person_name TEXT NOT NULL,
      action TEXT NOT NULL, record_kind TEXT NOT NULL, record_id TEXT,
      before_json TEXT, after_json TEXT, reason TEXT,
      hash BLOB NOT NULL CHECK (length(hash) = 32)) STRICT;
    CREATE INDEX audit_by_record ON audit (record_kind, record_id, number);
    CREATE TRIGGER audit_is_immutable BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
    CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END;
  `)
}
