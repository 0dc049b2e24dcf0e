import { statement, type ReadableDb, type WritableDb } from '../database.ts'
import type { Change } from '../registry.ts'

/** @returns undefined where it was never set */
export function readSetting<T>(db: ReadableDb, name: string): T | undefined {
  const row = statement<{ value: string }>(db, 'SELECT value_json AS value FROM setting WHERE name = ?').get(name)
  return row && (JSON.parse(row.value) as T)
}

/** For values that people do not set themselves; the caller audits in its own words. */
export function writeSetting(db: WritableDb, name: string, value: unknown): void {
  statement(
    db,
    'INSERT INTO setting (name, value_json) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json',
  ).run(name, JSON.stringify(value))
}

/** A setting that a person changes. */
export function changeSetting(change: Change, name: string, value: unknown): void {
  const before = readSetting(change.db, name)
  writeSetting(change.db, name, value)
  change.audit({ action: 'setting:change', kind: 'setting', id: name, before, after: value })
}
