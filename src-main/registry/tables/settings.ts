import { statement, type ReadableDb, type WritableDb } from '../database.ts'

/** @returns undefined where it was never set */
export function readSetting<T>(db: ReadableDb, name: string): T | undefined {
  const row = statement<{ value: string }>(db, 'SELECT value_json AS value FROM setting WHERE name = ?').get(name)
  return row && (JSON.parse(row.value) as T)
}

/** For what the application itself remembers; the caller audits in its own words. What people set: site-settings.ts. */
export function writeSetting(db: WritableDb, name: string, value: unknown): void {
  statement(
    db,
    'INSERT INTO setting (name, value_json) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json',
  ).run(name, JSON.stringify(value))
}
