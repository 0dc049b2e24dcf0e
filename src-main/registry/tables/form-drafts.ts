import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'

/** What a person had half typed when the window locked; kept encrypted, one for each form. */
export function readDraft(db: ReadableDb, personId: string, form: string): unknown {
  const row = statement<{ json: string }>(
    db,
    'SELECT value_json AS json FROM form_draft WHERE person_id = ? AND form = ?',
  ).get(personId, form)
  return row === undefined ? null : (JSON.parse(row.json) as unknown)
}

/** `null` forgets it. The trail says that there was one, not what it held: nothing was decided yet. */
export function saveDraft(change: Change, personId: string, form: string, value: unknown): void {
  const { db, at } = change
  if (value === null) statement(db, 'DELETE FROM form_draft WHERE person_id = ? AND form = ?').run(personId, form)
  else
    statement(
      db,
      `INSERT INTO form_draft (person_id, form, value_json, saved_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (person_id, form) DO UPDATE SET value_json = excluded.value_json, saved_ms = excluded.saved_ms`,
    ).run(personId, form, JSON.stringify(value), at.utcMs)
  change.audit({ action: value === null ? 'draft:forget' : 'draft:save', kind: 'draft', id: form })
}
