import type { WritableDb } from '../database.ts'

const POSITIVE = (row: string): string =>
  ['cad', 'hf', 'cm', 'ph'].map((finding) => `${row}.positive_${finding}`).join(' + ')

/** Findings of a patient's screenings, as rows (finding, number). */
const findingsOf = (condition: string): string =>
  ['cad', 'hf', 'cm', 'ph']
    .map(
      (finding) => `SELECT '${finding}', patient.number FROM screening
        JOIN recording ON recording.id = screening.recording_id JOIN patient ON patient.id = recording.patient_id
        WHERE screening.positive_${finding} = 1 AND ${condition}`,
    )
    .join(' UNION ')

const VISITS = `SELECT recorded_date, patient.number FROM recording JOIN patient ON patient.id = recording.patient_id
  WHERE recorded_date IS NOT NULL`

const counting = (name: string, by: number): string => `UPDATE tally SET count = count + ${by} WHERE name = ${name};`

/**
 * What lists and searches of a large registry need to be a walk along an index: one narrow row for each recording of the
 * work list, who was there on which day, who has which finding, and how many there are of each kind. Triggers keep all
 * of it with every change, whoever makes it.
 */
export default function addLists(db: WritableDb): void {
  db.exec(`
    CREATE TABLE tally (name TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO tally (name, count) SELECT value, 0 FROM json_each('["patients", "recordings", "unassigned",
      "positive", "unscreened", "refused", "draft", "reviewed", "signed", "amended", "cad", "hf", "cm", "ph"]');

    CREATE INDEX patient_listed ON patient (number) WHERE merged_into IS NULL;
    CREATE INDEX patient_listed_by_id ON patient (local_id, number) WHERE merged_into IS NULL;
    CREATE INDEX patient_listed_by_birth ON patient (coalesce(birth_date, ''), number) WHERE merged_into IS NULL;
    CREATE TRIGGER patient_counted AFTER INSERT ON patient WHEN new.merged_into IS NULL BEGIN
      ${counting(`'patients'`, 1)} END;
    CREATE TRIGGER patient_recounted AFTER UPDATE OF merged_into ON patient BEGIN
      UPDATE tally SET count = count + (new.merged_into IS NULL) - (old.merged_into IS NULL) WHERE name = 'patients';
      END;
    UPDATE tally SET count = (SELECT count(*) FROM patient WHERE merged_into IS NULL) WHERE name = 'patients';

    CREATE TABLE patient_visit (
      date TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (date, number)) STRICT, WITHOUT ROWID;
    CREATE TABLE patient_finding (
      finding TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (finding, number)) STRICT, WITHOUT ROWID;
    CREATE TRIGGER finding_counted AFTER INSERT ON patient_finding BEGIN ${counting('new.finding', 1)} END;
    CREATE TRIGGER finding_uncounted AFTER DELETE ON patient_finding BEGIN ${counting('old.finding', -1)} END;
    INSERT INTO patient_visit ${VISITS} GROUP BY 1, 2;
    INSERT INTO patient_finding ${findingsOf('1')};

    CREATE TABLE work (
      number INTEGER PRIMARY KEY,
      state TEXT NOT NULL,
      positive INTEGER NOT NULL,
      assigned INTEGER NOT NULL,
      recorded_at TEXT NOT NULL,
      patient_name TEXT NOT NULL,
      screening INTEGER) STRICT;
    CREATE TRIGGER work_counted AFTER INSERT ON work BEGIN
      ${counting(`'recordings'`, 1)}
      ${counting('new.state', 1)}
      UPDATE tally SET count = count + 1 WHERE new.assigned = 0 AND name = 'unassigned';
      UPDATE tally SET count = count + 1 WHERE new.positive > 0 AND name = 'positive';
      END;
    CREATE TRIGGER work_recounted AFTER UPDATE ON work BEGIN
      ${counting('old.state', -1)}
      ${counting('new.state', 1)}
      UPDATE tally SET count = count + (new.assigned = 0) - (old.assigned = 0) WHERE name = 'unassigned';
      UPDATE tally SET count = count + (new.positive > 0) - (old.positive > 0) WHERE name = 'positive';
      END;
    INSERT INTO work (number, state, positive, assigned, recorded_at, patient_name, screening)
      SELECT recording.number,
        CASE WHEN screening.id IS NOT NULL THEN coalesce(
            (SELECT state FROM review WHERE screening_id = screening.id ORDER BY number DESC LIMIT 1), 'draft')
          WHEN recording.refusal_code IS NOT NULL THEN 'refused' ELSE 'unscreened' END,
        coalesce(${POSITIVE('screening')}, -1), recording.patient_id IS NOT NULL,
        coalesce(recording.recorded_at, ''), coalesce(patient.name, ''), screening.number
      FROM recording LEFT JOIN patient ON patient.id = recording.patient_id
        LEFT JOIN screening ON screening.number =
          (SELECT max(number) FROM screening AS newest WHERE newest.recording_id = recording.id);
    CREATE INDEX work_by_number ON work (number, state, positive, assigned);
    CREATE INDEX work_by_state ON work (state, number);
    CREATE INDEX work_by_risk ON work (positive, number, state, assigned);
    CREATE INDEX work_by_time ON work (recorded_at, number, state, positive, assigned);
    CREATE INDEX work_by_patient ON work (patient_name, number, state, positive, assigned);
    CREATE INDEX work_of_nobody ON work (number) WHERE assigned = 0;

    CREATE TRIGGER recording_listed AFTER INSERT ON recording BEGIN
      INSERT INTO work (number, state, positive, assigned, recorded_at, patient_name) VALUES (
        new.number, CASE WHEN new.refusal_code IS NULL THEN 'unscreened' ELSE 'refused' END, -1,
        new.patient_id IS NOT NULL, coalesce(new.recorded_at, ''),
        coalesce((SELECT name FROM patient WHERE id = new.patient_id), ''));
      INSERT OR IGNORE INTO patient_visit SELECT new.recorded_date, number FROM patient
        WHERE id = new.patient_id AND new.recorded_date IS NOT NULL;
      END;
    CREATE TRIGGER recording_moved AFTER UPDATE OF patient_id ON recording WHEN new.patient_id IS NOT old.patient_id BEGIN
      UPDATE work SET assigned = new.patient_id IS NOT NULL,
        patient_name = coalesce((SELECT name FROM patient WHERE id = new.patient_id), '') WHERE number = new.number;
      DELETE FROM patient_visit WHERE date = old.recorded_date
        AND number = (SELECT number FROM patient WHERE id = old.patient_id)
        AND NOT EXISTS (SELECT 1 FROM recording WHERE patient_id = old.patient_id AND recorded_date = old.recorded_date);
      INSERT OR IGNORE INTO patient_visit SELECT new.recorded_date, number FROM patient
        WHERE id = new.patient_id AND new.recorded_date IS NOT NULL;
      DELETE FROM patient_finding WHERE number = (SELECT number FROM patient WHERE id = old.patient_id)
        AND (finding, number) NOT IN (${findingsOf('patient.id = old.patient_id')});
      INSERT OR IGNORE INTO patient_finding ${findingsOf('patient.id = new.patient_id')};
      END;
    CREATE TRIGGER screening_listed AFTER INSERT ON screening BEGIN
      UPDATE work SET screening = new.number, state = 'draft', positive = ${POSITIVE('new')}
        WHERE number = (SELECT number FROM recording WHERE id = new.recording_id);
      INSERT OR IGNORE INTO patient_finding ${findingsOf('screening.number = new.number')};
      END;
    CREATE TRIGGER review_listed AFTER INSERT ON review BEGIN
      UPDATE work SET state = new.state WHERE number = (SELECT recording.number FROM recording
          JOIN screening ON screening.recording_id = recording.id WHERE screening.id = new.screening_id)
        AND screening = (SELECT number FROM screening WHERE id = new.screening_id);
      END;
    CREATE TRIGGER patient_renamed AFTER UPDATE OF name ON patient WHEN new.name <> old.name BEGIN
      UPDATE work SET patient_name = new.name
        WHERE number IN (SELECT number FROM recording WHERE patient_id = new.id);
      END;
  `)
}
