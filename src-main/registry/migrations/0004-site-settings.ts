import type { WritableDb } from '../database.ts'

/**
 * Settings of the site get columns and rules of their own. What the table `setting` held of them moves here; it keeps
 * what the application itself remembers.
 */
export default function addSiteSettings(db: WritableDb): void {
  db.exec(`
    CREATE TABLE site (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      name TEXT NOT NULL DEFAULT '' CHECK (length(name) <= 200),
      operating_point TEXT NOT NULL DEFAULT 'balanced' CHECK (operating_point IN ('screen', 'balanced', 'rule-in')),
      idle_lock_minutes INTEGER NOT NULL DEFAULT 10 CHECK (idle_lock_minutes BETWEEN 2 AND 30),
      report_paper TEXT NOT NULL DEFAULT 'A4' CHECK (report_paper IN ('A4', 'Letter')),
      paper_speed_mm_per_s REAL NOT NULL DEFAULT 25 CHECK (paper_speed_mm_per_s IN (12.5, 25, 50)),
      paper_gain_mm_per_mv REAL NOT NULL DEFAULT 10 CHECK (paper_gain_mm_per_mv IN (2.5, 5, 10, 20)),
      backup_folder TEXT CHECK (length(backup_folder) BETWEEN 1 AND 1000),
      backup_schedule TEXT NOT NULL DEFAULT 'daily' CHECK (backup_schedule IN ('daily', 'weekly', 'by-hand'))) STRICT;

    CREATE TABLE site_prevalence (
      disease TEXT PRIMARY KEY CHECK (disease IN ('cad', 'hf', 'cm', 'ph')),
      share REAL NOT NULL CHECK (share > 0 AND share < 1),
      source TEXT NOT NULL CHECK (length(source) <= 500)) STRICT, WITHOUT ROWID;

    INSERT INTO site (one, idle_lock_minutes, backup_folder) VALUES (1,
      coalesce((SELECT CAST(value_json AS INTEGER) FROM setting WHERE name = 'idle-lock-minutes'), 10),
      (SELECT json_extract(value_json, '$') FROM setting WHERE name = 'backup-folder'));
    DELETE FROM setting WHERE name IN ('idle-lock-minutes', 'backup-folder');
  `)
}
