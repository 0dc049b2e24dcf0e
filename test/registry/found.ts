import type { ReadableDb } from '../../src-main/registry/database.ts'
import { listPatients } from '../../src-main/registry/search/list-patients.ts'

/** Who a search finds, newest first. */
export const found = (db: ReadableDb, text: string) =>
  listPatients(db, { text, finding: null, order: 'newest', descending: true, offset: 0, limit: 99 }).rows
