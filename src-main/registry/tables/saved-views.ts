import { AppError } from '../../../src-preload/contract/errors.ts'
import { statement, type ReadableDb } from '../database.ts'
import type { Change } from '../registry.ts'

/** A person's own filter, columns and order of the worklist; what is in it belongs to the window. */
export interface SavedView {
  readonly id: string
  readonly name: string
  readonly definition: unknown
  readonly position: number
}

export function listSavedViews(db: ReadableDb, personId: string): SavedView[] {
  type Row = Omit<SavedView, 'definition'> & { json: string }
  return statement<Row>(
    db,
    'SELECT id, name, definition_json AS json, position FROM saved_view WHERE person_id = ? ORDER BY position, id',
  )
    .all(personId)
    .map(({ json, ...view }) => ({ ...view, definition: JSON.parse(json) as unknown }))
}

/** Adds a view, or replaces the one of the same name. */
export function saveView(change: Change, personId: string, view: Omit<SavedView, 'id'>): string {
  const id = change.newId()
  const row = statement<{ id: string }>(
    change.db,
    `INSERT INTO saved_view (id, person_id, name, definition_json, position) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (person_id, name) DO UPDATE SET definition_json = excluded.definition_json,
       position = excluded.position RETURNING id`,
  ).get(id, personId, view.name, JSON.stringify(view.definition), view.position)!
  change.audit({ action: 'view:save', kind: 'view', id: row.id, after: view })
  return row.id
}

/** @throws AppError `view/unknown`, also for a view of somebody else */
export function removeView(change: Change, personId: string, id: string): void {
  const { changes } = statement(change.db, 'DELETE FROM saved_view WHERE id = ? AND person_id = ?').run(id, personId)
  if (changes === 0) throw new AppError('view/unknown', 'This view is not one of yours.')
  change.audit({ action: 'view:remove', kind: 'view', id })
}
