import { statement, type ReadableDb, type WritableDb } from '../database.ts'

/** Forms that one person keeps at most; the oldest goes first. */
export const KEPT_FORMS = 50

/** What a person has half typed: kept encrypted, one for each form. It decides nothing, so the trail has no entry of it. */
export function readDraft(db: ReadableDb, personId: string, form: string): string | null {
  const row = statement<{ json: string }>(
    db,
    'SELECT value_json AS json FROM form_draft WHERE person_id = ? AND form = ?',
  ).get(personId, form)
  return row === undefined ? null : (JSON.parse(row.json) as string)
}

export function saveDraft(db: WritableDb, personId: string, form: string, draft: string, atMs: number): void {
  statement(
    db,
    `INSERT INTO form_draft (person_id, form, value_json, saved_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (person_id, form) DO UPDATE SET value_json = excluded.value_json, saved_ms = excluded.saved_ms`,
  ).run(personId, form, JSON.stringify(draft), atMs)
  statement(
    db,
    `DELETE FROM form_draft WHERE person_id = @personId AND form <> @form AND form NOT IN (SELECT form FROM form_draft
       WHERE person_id = @personId AND form <> @form ORDER BY saved_ms DESC, form LIMIT ${KEPT_FORMS - 1})`,
  ).run({ personId, form })
}

export function forgetDraft(db: WritableDb, personId: string, form: string): void {
  statement(db, 'DELETE FROM form_draft WHERE person_id = ? AND form = ?').run(personId, form)
}
